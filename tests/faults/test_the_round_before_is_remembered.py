"""Inspectors of the round before do not come again, and repeated pairs are known."""

from pathlib import Path

from helpers import ANNOUNCED, TEAMS_ANNOUNCED, complete, fixed_secret, plan
from sunlot.commands.demo_county import RANDOMNESS
from sunlot.draw import deeds, substitution
from sunlot.draw.verify import exit_code, verify
from sunlot.policy.reader import read_pack


def test_the_second_draw_knows_the_first(tmp_path: Path) -> None:
    first = complete(tmp_path)
    pack = read_pack("county-2026")
    draw = deeds.announce_firms(tmp_path / "draws", plan(budget=60), pack, tmp_path / "tables", ANNOUNCED, fixed_secret)
    draw = deeds.record_seed(draw, RANDOMNESS["firms"]["evidence"], RANDOMNESS["firms"]["recorded_at"])
    draw = deeds.announce_teams(deeds.run(draw, RANDOMNESS["firms"]["recorded_at"]), TEAMS_ANNOUNCED)
    draw = deeds.record_seed(draw, RANDOMNESS["teams"]["evidence"], RANDOMNESS["teams"]["recorded_at"])
    draw = deeds.run(draw, RANDOMNESS["teams"]["recorded_at"])
    before, now = substitution.teams_now(first), substitution.teams_now(draw)
    assert all(not set(before[firm]) & set(now[firm]) for firm in set(before) & set(now))
    previous = draw.need("teams-notice", "").read_json("notice.json")["pairs"]["previous"]
    assert sorted({tuple(sorted(team)) for team in before.values()}) == [tuple(pair) for pair in previous]
    assert exit_code(verify(draw.folder)) == 0
