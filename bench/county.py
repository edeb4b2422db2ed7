"""A county from clean tables to a verified result: 6,000 firms, 100 inspectors, about 300 visits."""

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from helpers import ANNOUNCED, TEAMS_ANNOUNCED, fixed_secret, plan, tables
from sunlot.commands.demo_county import RANDOMNESS
from sunlot.documents.forms import forms
from sunlot.draw import deeds
from sunlot.draw.verify import exit_code, verify
from sunlot.policy.reader import read_pack


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clean = tables(folder, 6000, 100)
        start = time.perf_counter()
        draw = deeds.announce_firms(
            folder / "draws", plan(budget=300), read_pack("county-2026"), clean, ANNOUNCED, fixed_secret
        )
        draw = deeds.record_seed(draw, RANDOMNESS["firms"]["evidence"], RANDOMNESS["firms"]["recorded_at"])
        draw = deeds.run(draw, RANDOMNESS["firms"]["recorded_at"], forms)
        draw = deeds.announce_teams(draw, TEAMS_ANNOUNCED)
        draw = deeds.record_seed(draw, RANDOMNESS["teams"]["evidence"], RANDOMNESS["teams"]["recorded_at"])
        draw = deeds.run(draw, RANDOMNESS["teams"]["recorded_at"], forms)
        passed = exit_code(verify(draw.folder)) == 0
        seconds = time.perf_counter() - start
        visits = len(draw.steps[-1].read_json("outcome.json")["teams"])
    met = "met" if passed and seconds < 5 else "NOT met"
    print(
        f"county, 6000 firms, 100 inspectors, {visits} visits, printed forms included: {seconds:.2f} s, verified {passed} (under 5 s: {met})"
    )


if __name__ == "__main__":
    main()
