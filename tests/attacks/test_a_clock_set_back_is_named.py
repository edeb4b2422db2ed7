"""The machine's clock is set back, so that what was decided after the seed seems to be older than it."""

from pathlib import Path

import pytest

from bags import in_javascript
from helpers import ANNOUNCED, announced
from insider import County, both_name, change_json, detail, mend_steps
from sunlot.commands.demo_county import RANDOMNESS
from sunlot.commands.demo_witness import open_rehearsal
from sunlot.documents.forms import forms
from sunlot.draw import deeds
from sunlot.draw.errors import DrawError
from sunlot.evidence.check_bag import check_bag
from sunlot.evidence.page import verifier_page
from sunlot.office.journal.services import deed
from sunlot.office.lottery.bags import bag_of

KNOWN = str(RANDOMNESS["firms"]["recorded_at"])


def test_a_step_older_than_the_one_before_is_refused(tmp_path: Path) -> None:
    draw = deeds.record_seed(announced(tmp_path), RANDOMNESS["firms"]["evidence"], KNOWN)
    with pytest.raises(DrawError, match="请先校正本机时钟"):
        deeds.run(draw, ANNOUNCED)


def test_a_time_edited_in_a_step_is_named(county: County) -> None:
    change_json(county.draw / "03-outcome/step.json", lambda step: step.update(at="2023-08-22T00:00:00Z"))
    mend_steps(county.draw)
    both_name(county.draw, "步骤 03-outcome 的时间早于前一步骤", "clock_backwards")


def test_a_seed_recorded_before_its_source_existed_is_named(tmp_path: Path) -> None:
    draw = deeds.record_seed(announced(tmp_path), RANDOMNESS["firms"]["evidence"], KNOWN)
    change_json(draw.folder / "02-seed/step.json", lambda step: step.update(at="2023-08-22T02:00:00Z"))
    mend_steps(draw.folder)
    both_name(draw.folder, "登记的时间早于来源产生的时间", "too_early")


def test_a_notice_made_after_the_seed_with_the_clock_set_back_is_not_shown_as_older(tmp_path: Path) -> None:
    """The steps say 22 August; the witnesses, with clocks of their own, cosigned on the 25th: both verifiers say so and the grade falls."""
    office = open_rehearsal(tmp_path / "draws", "2023-08-01T00:00:00Z")
    draw = announced(tmp_path)
    office.step(draw, cosigned_at="2023-08-25T01:00:00Z")
    draw = deeds.run(deeds.record_seed(draw, RANDOMNESS["firms"]["evidence"], KNOWN), KNOWN, forms)
    office.step(draw, cosigned_at="2023-08-25T02:00:00Z")
    bag = bag_of(office.home, draw.folder, verifier_page(), tmp_path / "bags", "u/1", at="2023-08-25T03:00:00Z")
    texts = [line.text for line in check_bag(bag) if line.kind == "outside"]
    assert any("企业公告不能证明早于种子：见证时间 2023-08-25" in text and "信任等级 乙" in text for text in texts)
    told = [line for line in in_javascript(bag) if line["what"] in ("bracket", "no_bracket")]
    assert [(line["what"], detail(line)["grade"]) for line in told] == [("no_bracket", "乙")]


def test_entries_whose_times_run_backwards_are_named(county: County) -> None:
    with deed(by="u/1", at="2023-08-01T00:00:00Z") as doing:
        doing.record("log.audited", "log", {"size": 1, "findings": 0})
    assert "时钟被拨回或条目被改" in county.audit()


def test_an_entry_younger_than_the_cosignature_over_it_is_named(tmp_path: Path, county: County) -> None:
    """A witness's clock bounds every entry below its signature from above."""
    from sunlot.office.journal.audit import audit

    office = open_rehearsal(tmp_path / "draws", "2023-08-01T00:00:00Z")
    office.step(announced(tmp_path), cosigned_at="2023-08-20T01:00:00Z")
    found = [finding.text for finding in audit().findings if finding.kind == "clock"]
    assert any("之前已被见证，其中却有" in text for text in found)
