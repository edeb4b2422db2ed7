"""The result displeases, so the publisher says nothing: he leaves it out, or takes it away again."""

import shutil
from pathlib import Path

import pytest

from helpers import announced, fixed_secret, plan
from insider import County, both_name, kinds_of
from sunlot.commands.demo_county import RANDOMNESS
from sunlot.draw import deeds
from sunlot.draw.errors import DrawError
from sunlot.draw.state import open_draw
from sunlot.draw.verify import exit_code, verify
from sunlot.policy.reader import read_pack

KNOWN = str(RANDOMNESS["firms"]["recorded_at"])


def test_a_seed_without_its_result_is_no_pass_and_stops_the_next_draw(tmp_path: Path) -> None:
    draw = deeds.record_seed(announced(tmp_path), RANDOMNESS["firms"]["evidence"], KNOWN)
    assert exit_code(verify(draw.folder)) == 3
    assert kinds_of(draw.folder) == {"equal", "outside", "withheld"}
    later = plan(sources=plan()["team_sources"])
    with pytest.raises(DrawError, match="draw_open"):
        deeds.announce_firms(
            tmp_path / "draws", later, read_pack("county-2026"), tmp_path / "tables", KNOWN, fixed_secret
        )


def test_under_a_void_it_differs(tmp_path: Path) -> None:
    draw = deeds.record_seed(announced(tmp_path), RANDOMNESS["firms"]["evidence"], KNOWN)
    deeds.void(draw, "名录有误", ["局长", "纪检组长"], KNOWN)
    both_name(draw.folder, "没有按规定计算并公布结果", "outcome_owed")


def test_a_result_taken_away_again_is_missed_by_log_and_check_code(county: County) -> None:
    code = open_draw(county.draw).check_code
    for step in sorted(county.draw.iterdir())[2:]:
        shutil.rmtree(step)
    assert kinds_of(county.draw) == {"equal", "outside", "withheld"}
    both_name(county.draw, "与您提供的不同", "check_code_given", code=code)
    assert "步骤 03-outcome 不见了" in county.audit()
