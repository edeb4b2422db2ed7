"""The sources are known, the result can be computed at home, and it displeases: every way to try once more."""

from pathlib import Path

import pytest

from bags import in_javascript
from helpers import ANNOUNCED, announced, fixed_secret, plan
from insider import County, both_name, change_json, detail, kinds_of, mend_steps
from sunlot.commands.demo_county import RANDOMNESS
from sunlot.commands.demo_witness import open_rehearsal
from sunlot.draw import deeds
from sunlot.draw.errors import DrawError
from sunlot.draw.nonce import commit_nonce
from sunlot.draw.state import Draw
from sunlot.draw.verify import verify
from sunlot.evidence.page import verifier_page
from sunlot.office.lottery.bags import bag_of
from sunlot.policy.reader import read_pack

KNOWN = str(RANDOMNESS["firms"]["recorded_at"])  # both sources of the firms' stage are known by then
EARLY = "2023-08-22T02:00:00Z"
WHO = ["局长", "纪检组长"]


def announce_next(folder: Path, at: str) -> Draw:
    later = plan(sources=plan()["team_sources"])
    return deeds.announce_firms(folder / "draws", later, read_pack("county-2026"), folder / "tables", at, fixed_secret)


@pytest.mark.parametrize("secret", [False, True])
def test_a_void_of_a_result_that_can_be_known_needs_the_seed_first(tmp_path: Path, secret: bool) -> None:
    draw = announced(tmp_path, secret=secret)
    with pytest.raises(DrawError, match="先登记种子"):
        deeds.void(draw, "名录有误", WHO, KNOWN)
    draw = deeds.void(deeds.record_seed(draw, RANDOMNESS["firms"]["evidence"], KNOWN), "名录有误", WHO, KNOWN)
    with pytest.raises(DrawError, match="outcome_owed"):
        announce_next(tmp_path, KNOWN)
    deeds.run(draw, KNOWN)
    assert announce_next(tmp_path, KNOWN).firms_notice["voided"] == [draw.name]


def test_a_void_record_written_by_hand_is_named(tmp_path: Path) -> None:
    draw = deeds.void(announced(tmp_path), "名录有误", WHO, EARLY)
    change_json(draw.folder / "02-void/void.json", lambda record: record.update(at=KNOWN))
    change_json(draw.folder / "02-void/step.json", lambda record: record.update(at=KNOWN))
    mend_steps(draw.folder)
    both_name(draw.folder, "已经产生：请先登记种子，再作废", "seed_owed")


def test_a_void_with_the_clock_set_back_is_betrayed_by_its_witnesses(tmp_path: Path) -> None:
    """The office's clock says that no source was known; the witnesses cosign with clocks of their own."""
    office = open_rehearsal(tmp_path / "draws", "2023-08-01T00:00:00Z")
    draw = announced(tmp_path)
    office.step(draw)
    draw = deeds.void(draw, "名录有误", WHO, EARLY)
    office.step(draw, cosigned_at="2023-08-25T01:00:00Z")
    bag = bag_of(office.home, draw.folder, verifier_page(), tmp_path / "bags", "u/1")
    both_name(bag, "作废时结果已能算出，种子和结果必须补登", "void_late")


def test_an_honest_void_is_witnessed_before_any_source_and_still_owes_its_result(tmp_path: Path) -> None:
    office = open_rehearsal(tmp_path / "draws", "2023-08-01T00:00:00Z")
    draw = announced(tmp_path)
    office.step(draw)
    draw = deeds.void(draw, "名录有误", WHO, EARLY)
    office.step(draw)
    bag = bag_of(office.home, draw.folder, verifier_page(), tmp_path / "bags", "u/1")
    assert kinds_of(bag) == {"equal", "outside", "withheld"}
    assert any(line["what"] == "void_bracket" and line["kind"] == "equal" for line in in_javascript(bag))
    second = announce_next(tmp_path, EARLY)
    assert second.firms_notice["voided"] == [draw.name]
    deeds.void(second, "再来", WHO, EARLY)
    with pytest.raises(DrawError, match="outcome_owed"):
        announce_next(tmp_path, KNOWN)


def test_a_voided_draw_can_be_computed_afterwards_and_then_passes(tmp_path: Path) -> None:
    draw = deeds.void(announced(tmp_path), "名录有误", WHO, EARLY)
    draw = deeds.run(deeds.record_seed(draw, RANDOMNESS["firms"]["evidence"], KNOWN), KNOWN)
    assert [step.what for step in draw.steps] == ["notice", "void", "seed", "outcome"]
    assert kinds_of(draw.folder) == {"equal", "outside", "withheld"}  # the teams' stage will never be
    with pytest.raises(DrawError, match="step_order"):
        deeds.announce_teams(draw, "2023-09-12T01:00:00Z")


def test_a_source_said_never_to_have_come_is_put_before_the_public(tmp_path: Path) -> None:
    draw = deeds.void(announced(tmp_path), "彩票停售", WHO, KNOWN, missing=[1])
    told = [line for line in in_javascript(draw.folder) if line["what"] == "void_missing"]
    assert [(line["kind"], detail(line)["sources"]) for line in told] == [("outside", "ssq 2023097")]
    texts = [line.text for line in verify(draw.folder) if line.kind == "outside"]
    assert any("称福彩双色球第 2023097 期没有产生：请与该来源的公开记录核对" in text for text in texts)
    assert "withheld" in kinds_of(draw.folder)
    with pytest.raises(DrawError, match="missing_malformed"):
        deeds.void(announced(tmp_path / "other"), "还没到时候", WHO, EARLY, missing=[1])


def test_parameters_changed_once_the_seed_is_known(county: County) -> None:
    def keep_out(notice: object) -> None:
        assert isinstance(notice, dict)
        notice["policy"]["rules"][0]["rate"] = [1, 2]

    inside = county.bag / "data" / county.draw.name
    change_json(inside / "01-notice/notice.json", keep_out)
    mend_steps(inside)
    both_name(inside, "抽签单元或排除统计与名录、规则重算的不同", "cells_differ")


def test_a_notice_younger_than_its_sources_is_refused(tmp_path: Path) -> None:
    announced(tmp_path / "first")
    with pytest.raises(DrawError, match="source_too_early"):
        deeds.announce_firms(
            tmp_path / "draws", plan(), read_pack("county-2026"), tmp_path / "first/tables", KNOWN, fixed_secret
        )


def test_another_nonce_than_the_committed_one(tmp_path: Path) -> None:
    """An unannounced draw is seeded with a secret too: whoever could exchange it could try thousands."""
    draw = announced(tmp_path, secret=True)
    other = "5a" * 32
    draw = deeds.run(deeds.record_seed(draw, RANDOMNESS["firms"]["evidence"], KNOWN), KNOWN)

    def exchange(notice: object) -> None:
        assert isinstance(notice, dict)
        notice["nonce_commit"] = commit_nonce(draw.name, "firms", other)

    change_json(draw.folder / "01-notice/notice.json", exchange)
    mend_steps(draw.folder)
    both_name(draw.folder, "seed.json 与来源证据重算的种子不同", "seed_of_another_notice")


def test_a_draw_left_to_rot_stops_the_next_one(tmp_path: Path) -> None:
    announced(tmp_path)
    with pytest.raises(DrawError, match="draw_open"):
        announce_next(tmp_path, KNOWN)


def test_many_notices_under_one_number_prepared_for_choice(county: County) -> None:
    """Before the beacon a hundred notices are entered under one number, to publish afterwards the one that suits."""
    from sunlot.office.journal.services import deed

    with deed(by="u/1") as doing:
        for number in range(100):
            pub = {"draw": "379921-2023-0002", "step": 1, "check_code": f"{number:064x}", "done_at": ANNOUNCED}
            doing.record("draw.notice", "draw/379921-2023-0002", pub)
    said = county.audit()
    assert said.count("同一编号抽了不止一次") == 99


def test_an_honest_draw_is_none_of_this(county: County) -> None:
    assert kinds_of(county.draw) == {"equal", "outside"}
