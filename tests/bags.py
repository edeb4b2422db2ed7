"""A draw that was witnessed at its time, and its bag; made once and copied, for it takes seconds."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from helpers import ANNOUNCED, TEAMS_ANNOUNCED, announced
from sunlot.commands.demo_county import RANDOMNESS
from sunlot.documents.forms import forms
from sunlot.draw import deeds
from sunlot.draw.state import Draw
from sunlot.evidence.page import verifier_page
from sunlot.ledger.keys import COSIGNATURE, Signer, Verifier, signer_of
from sunlot.ledger.witness import Memory, answer
from sunlot.office.journal import checkpoints
from sunlot.office.journal.store import suite_of, the_log
from sunlot.office.lottery.bags import bag_of
from sunlot.office.lottery.services import catch_up
from sunlot.office.start import open_office

ORIGIN = "yj.qinghe.example"
NAMES = ("纪检", "上级", "报社")
WITNESSES = [signer_of(f"w{n}.example", bytes([n]) * 32, COSIGNATURE) for n in (1, 2, 3)]


@dataclass
class Office:
    """An office with its witnesses, as far as a test plays them."""

    home: Path
    memories: dict[str, Memory | None]
    at: str = "2023-08-01T00:00:00Z"

    def anchor(self, at: str, names: tuple[str, ...] = NAMES) -> None:
        """Let the witnesses cosign the log as it is at that time."""
        self.at = at
        row = checkpoints.sign(self.home)
        for name, key in zip(NAMES, WITNESSES, strict=True):
            if name not in names:
                continue
            memory = self.memories.get(name)
            asked = checkpoints.request(row, memory.size if memory else 0)
            line, self.memories[name] = answer(asked, memory, log_keys(), key, seconds(at), suite_of(the_log()))
            checkpoints.take_cosignatures(line.line, "u/1", at)

    def enter(self, register: Path, at: str) -> None:
        catch_up(self.home, register, "u/1", at)


def log_keys() -> list[Verifier]:
    return checkpoints.log_verifiers(the_log())


def seconds(at: str) -> int:
    return int(datetime.strptime(at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp())


def policy(log_keys: list[str], quorum: str = "any2") -> str:
    """Two of three witnesses."""
    lines = [f"witness {name} {key.verifier.text}" for name, key in zip(NAMES, WITNESSES, strict=True)]
    return "\n".join(
        [*(f"log {key}" for key in log_keys), *lines, f"group any2 2 {' '.join(NAMES)}", f"quorum {quorum}", ""]
    )


def new_office(folder: Path, suite: str = "sha256", national: bool = True, quorum: str = "any2") -> Office:
    open_office(folder / "draws" / ".private" / "office", "")
    office = Office(folder / "draws" / ".private" / "office", {})
    log = checkpoints.open_log(office.home, ORIGIN, suite, national, office.at)
    checkpoints.set_policy(policy(log.keys.splitlines(), quorum), "u/1", office.at)
    return office


def later(at: str) -> str:
    """Ten seconds after."""
    return datetime.fromtimestamp(seconds(at) + 10, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def witnessed_draw(folder: Path, office: Office, **changes: object) -> Draw:
    """A complete draw, each step entered and cosigned when it happened."""
    draw = announced(folder, **changes)
    _step(office, draw, ANNOUNCED)
    for stage, when in (("firms", ""), ("teams", TEAMS_ANNOUNCED)):
        if when:
            draw = deeds.announce_teams(draw, when)
            _step(office, draw, when)
        at = str(RANDOMNESS[stage]["recorded_at"])
        draw = deeds.record_seed(draw, RANDOMNESS[stage]["evidence"], at)
        draw = deeds.run(draw, at, forms)
        _step(office, draw, at)
    return draw


def _step(office: Office, draw: Draw, at: str) -> None:
    office.enter(draw.folder.parent, at)
    office.anchor(later(at))


def make(folder: Path, **changes: object) -> Path:
    """Return a witnessed bag, made in `folder`."""
    office = new_office(folder)
    draw = witnessed_draw(folder, office, **changes)
    return bag_of(office.home, draw.folder, verifier_page(), folder / "bags", "u/1", at=later(office.at))


def copied(bag: Path, folder: Path) -> Path:
    """Return a copy that a test may spoil."""
    return Path(shutil.copytree(bag, folder / bag.name))


__all__ = ["NAMES", "WITNESSES", "Signer", "copied", "make", "new_office", "policy", "witnessed_draw"]
