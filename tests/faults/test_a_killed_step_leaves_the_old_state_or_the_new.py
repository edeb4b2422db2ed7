"""kill -9 at any moment of announcing, seeding, drawing and importing."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from helpers import announced, tables
from sunlot.commands.demo_county import write_office_files
from sunlot.draw.state import open_draw

SCRIPT = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from helpers import *
from sunlot.draw.state import open_draw
draw = open_draw(Path({draw!r}))
print("ready", flush=True)
draw = deeds.record_seed(draw, RANDOMNESS["firms"]["evidence"], RANDOMNESS["firms"]["recorded_at"])
draw = deeds.run(draw, RANDOMNESS["firms"]["recorded_at"])
draw = deeds.announce_teams(draw, TEAMS_ANNOUNCED)
"""


def killed_after(command: list[str], seconds: float) -> None:
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(seconds)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


@pytest.mark.parametrize("milliseconds", [0, 2, 5, 9, 14, 20, 30, 45, 70, 120])
def test_the_draw_is_whole_and_can_go_on(tmp_path: Path, milliseconds: int) -> None:
    folder = announced(tmp_path).folder
    tests = str(Path(__file__).resolve().parents[1])
    script = SCRIPT.format(tests=tests, draw=str(folder))
    killed_after([sys.executable, "-c", script], milliseconds / 1000)
    assert open_draw(folder).steps[0].what == "notice"
    done = [step.what for step in open_draw(folder).steps]
    assert done == ["notice", "seed", "outcome", "teams-notice"][: len(done)]
    for _ in range(1):  # the same work again: only what is missing is done, nothing is done twice
        subprocess.run([sys.executable, "-c", script.replace("draw = deeds.record_seed", "draw = draw if draw.step('seed') else deeds.record_seed")
                        .replace("draw = deeds.run", "draw = draw if draw.outcome else deeds.run")
                        .replace("draw = deeds.announce", "draw = draw if draw.step('teams-notice') else deeds.announce")], check=True)  # fmt: skip
    assert [step.what for step in open_draw(folder).steps] == ["notice", "seed", "outcome", "teams-notice"]


@pytest.mark.parametrize("milliseconds", [1, 20, 60, 120, 200])
def test_an_import_leaves_the_earlier_table(tmp_path: Path, milliseconds: int) -> None:
    clean = tables(tmp_path, firms=300) / "firms.csv"
    before = clean.read_bytes()
    more = write_office_files(tmp_path / "more", 600, 10)[0]
    script = (
        "from pathlib import Path\nfrom sunlot.intake import *\nprint('ready',flush=True)\n"
        f"write_intake(read_roster([Path({str(more)!r})],'firms'), Path({str(clean.parent)!r}))"
    )
    killed_after([sys.executable, "-c", script], milliseconds / 1000)
    now = clean.read_bytes()
    assert now == before or now.count(b"\n") == 599
