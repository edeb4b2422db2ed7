"""The result displeases, so the chief has the draw held again: on the same notice, under the same number, or as a second notice."""

import shutil
from pathlib import Path

import pytest

from helpers import ANNOUNCED, announced, fixed_secret, plan
from insider import County, both_name, change_json, mend_steps, new_bag
from sunlot.commands.demo_county import RANDOMNESS
from sunlot.draw import deeds
from sunlot.draw.canonical import dumps
from sunlot.draw.errors import DrawError
from sunlot.draw.state import open_draw
from sunlot.draw.steps import append_step
from sunlot.evidence.errors import EvidenceError
from sunlot.ledger.errors import LedgerError
from sunlot.office.lottery.services import catch_up
from sunlot.policy.reader import read_pack

PLAN = """
organ = "379921"
organ_name = "青禾县应急管理局"
year = 2023
title = "再来一次"
tables = "tables"
policy = "county-2026"
date = "2023-08-22"
window = ["2030-09-18", "2030-10-31"]
rehearsal = true
[[sources]]
kind = "drand"
chain = "quicknet"
round = 70000000
"""


def held_again(county: County) -> Path:
    """Remove the draw's folder and announce anew under its number, as the functions below the command allow."""
    shutil.rmtree(county.draw)
    again = plan(sources=plan()["team_sources"], title="再来一次")
    return deeds.announce_firms(
        county.register, again, read_pack("county-2026"), county.folder / "tables", ANNOUNCED, fixed_secret
    ).folder


def announce_without(draw: Path) -> None:
    """Try to announce the next draw while an earlier one is out of sight."""
    draw.rename(draw.parent / ".hidden")
    try:
        deeds.draws_before(draw.parent, f"{draw.name[:-4]}0003", "2023-09-13T01:00:00Z")
    finally:
        (draw.parent / ".hidden").rename(draw)


def test_one_notice_has_one_seed_and_one_result(county: County) -> None:
    for what in ("notice", "seed", "outcome", "teams-outcome"):
        draw = open_draw(county.draw)
        files = {
            path.name: path.read_bytes() for path in draw.need(what, "").folder.iterdir() if path.name != "step.json"
        }
        with pytest.raises(DrawError, match="step_order"):
            append_step(draw.folder, draw.steps, what, "2023-09-20T01:00:00Z", files)


def test_a_second_notice_written_into_the_folder_by_hand(tmp_path: Path) -> None:
    """Announced again inside the same draw, with other parameters: the chain of hashes holds, the order of steps does not."""
    draw = announced(tmp_path)
    shutil.copytree(draw.folder / "01-notice", draw.folder / "02-notice")
    record = draw.steps[0].record | {"number": 2, "previous": draw.check_code}
    (draw.folder / "02-notice/step.json").write_bytes(dumps(record))
    change_json(draw.folder / "02-notice/notice.json", lambda notice: notice.update(title="再来一次"))
    mend_steps(draw.folder)
    both_name(draw.folder, "步骤 02-notice 不合次序", "step_order")


def test_a_draw_removed_from_the_register_is_not_announced_again_under_its_number(county: County) -> None:
    shutil.rmtree(county.draw)
    (county.folder / "again.toml").write_text(PLAN)
    said = county.run("draw", "announce", county.folder / "again.toml", "--register", county.register, code=2)
    assert "不能以同一编号再抽一次" in said
    assert not list(county.register.glob("[!.]*"))


def test_one_announced_all_the_same_is_kept_out_of_the_log_and_gets_no_bag(county: County) -> None:
    folder = held_again(county)
    county.sql("DELETE FROM lottery_draw")
    with pytest.raises(LedgerError, match="同一编号不能抽两次"):
        catch_up(county.home, county.register, "u/1")
    assert "核对码" in county.audit()
    with pytest.raises(EvidenceError, match="还没有记入日志"):
        new_bag(county)
    assert folder == county.draw


def test_one_forced_into_the_log_is_named_there_as_held_twice(county: County) -> None:
    """The insider calls the service below the refusal, so that the second notice is a genuine entry."""
    from sunlot.office.journal.services import deed

    again = open_draw(held_again(county))
    with deed(by="u/1") as doing:
        pub = {"draw": again.name, "step": 1, "check_code": again.check_code, "done_at": ANNOUNCED}
        doing.record("draw.notice", f"draw/{again.name}", pub)
    said = county.audit()
    assert "第 1 步在日志里登记了两次（01-notice、01-notice）：同一编号抽了不止一次" in said


def test_one_wiped_from_register_rows_and_log_is_missed_by_every_checkpoint_outside(county: County) -> None:
    """Everything on the machine is made to forget the first draw; a newspaper's checkpoint and the witnesses do not."""
    newspaper = county.folder / "newspaper.txt"
    newspaper.write_text((county.bag / "data/log/checkpoint.txt").read_text())
    code = open_draw(county.draw).check_code
    ((first,),) = county.sql("SELECT MIN(seq) FROM journal_event WHERE act = 'draw.notice'")
    county.sql("DELETE FROM journal_event WHERE seq >= ?", first)
    county.sql("DELETE FROM journal_checkpoint WHERE size > ?", first)
    county.sql("DELETE FROM lottery_draw")
    held_again(county)
    assert catch_up(county.home, county.register, "u/1")
    assert "发现 0 处" in county.journal("audit")
    assert "末尾的记录被删" in county.audit("--against", newspaper)
    both_name(county.draw, "与您提供的不同", "check_code_given", code=code)
    bag = new_bag(county)
    both_name(bag, "见证不足", "quorum_not_met")


def test_the_next_draw_must_name_the_one_before(tmp_path: Path) -> None:
    """Numbers run without a gap and each notice names its predecessor, so that a draw cannot be taken out of the row."""
    first = announced(tmp_path)
    first = deeds.run(
        deeds.record_seed(first, RANDOMNESS["firms"]["evidence"], RANDOMNESS["firms"]["recorded_at"]),
        RANDOMNESS["firms"]["recorded_at"],
    )
    later = plan(sources=plan()["team_sources"])
    second = deeds.announce_firms(
        tmp_path / "draws", later, read_pack("county-2026"), tmp_path / "tables", "2023-09-12T01:00:00Z", fixed_secret
    )
    with pytest.raises(DrawError, match="编号空缺"):
        announce_without(first.folder)
    assert second.firms_notice["before"] == {"draw": first.name, "check_code": first.check_code}
    change_json(second.folder / "01-notice/notice.json", lambda notice: notice["before"].update(draw="", check_code=""))
    mend_steps(second.folder)
    both_name(second.folder, "公告写的上一次抽取是“”", "before_differs")
