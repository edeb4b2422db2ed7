"""The witnesses of the fictional county: a rehearsal plays them in one process, with the dates of the rehearsal.

In earnest each witness sits at a PC of its own (`sunlot witness`); what passes between is the same.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

from sunlot.draw.moments import seconds_of, utc
from sunlot.draw.state import Draw
from sunlot.files import private_file, replace_file
from sunlot.ledger.keys import COSIGNATURE, Signer, signer_of
from sunlot.ledger.witness import Memory, answer
from sunlot.office.journal import checkpoints
from sunlot.office.journal.store import suite_of, the_log
from sunlot.office.lottery.services import catch_up
from sunlot.office.start import open_office

ORIGIN = "yj.qinghe.example"
NAMES = ("纪检", "上级", "报社")
BY = "u/console"


def witnesses() -> dict[str, Signer]:
    """Return the three witnesses of the county; their keys are no secret, for they vouch for nothing but a rehearsal."""
    return {name: signer_of(f"w{n}.example", bytes([n]) * 32, COSIGNATURE) for n, name in enumerate(NAMES, 1)}


def policy(log_keys: list[str]) -> str:
    """Return the rule: two of three."""
    lines = [f"witness {name} {key.verifier.text}" for name, key in witnesses().items()]
    group = f"group two-of-three 2 {' '.join(NAMES)}"
    return "\n".join([*(f"log {key}" for key in log_keys), *lines, group, "quorum two-of-three", ""])


@dataclass
class Rehearsal:
    """The office of a rehearsal and what its witnesses remember."""

    home: Path
    at: str
    memories: dict[str, Memory] = field(default_factory=dict)

    def step(self, draw: Draw, cosigned_at: str = "") -> None:
        """Enter the last step of a draw and have it cosigned, ten seconds later unless it is said when."""
        at = draw.steps[-1].record["at"]
        catch_up(self.home, draw.folder.parent, BY, at)
        self.at = cosigned_at or later(at)
        witness_all(self.home, self.memories, self.at)


def witness_all(home: Path, memories: dict[str, Memory], at: str) -> None:
    """Have the log as it is now cosigned by every witness, at a moment (UTC text). `memories`: what each remembers, brought up to date."""
    row, log = checkpoints.sign(home), the_log()
    for name, key in witnesses().items():
        known = memories.get(name)
        asked = checkpoints.request(row, known.size if known else 0)
        keys = checkpoints.log_verifiers(log)
        line, memories[name] = answer(asked, known, keys, key, seconds_of(at), suite_of(log))
        checkpoints.take_cosignatures(line.line, BY, at)


def open_rehearsal(register: Path, at: str, suite: str = "sha256", national: bool = True) -> Rehearsal:
    """Return a new office with its log open and its policy in force. `at`: UTC text, before the first announcement."""
    home = register / ".private" / "office"
    open_office(home, "")
    log = checkpoints.open_log(home, ORIGIN, suite, national, at)
    checkpoints.set_policy(policy(log.keys.splitlines()), BY, at)
    return Rehearsal(home, at)


def later(at: str) -> str:
    """Return the moment ten seconds after."""
    return utc(seconds_of(at) + 10)


def write_homes(folder: Path, memories: dict[str, Memory]) -> None:
    """Give every witness a folder as `sunlot witness --home` keeps it, so that whoever looks around can answer the next request himself."""
    log = the_log()
    keys = [key.text for key in checkpoints.log_verifiers(log)]
    for name, key in witnesses().items():
        known = memories[name]
        logs = {ORIGIN: {"keys": keys, "suite": log.suite, "size": known.size, "root": known.root.hex()}}
        private_file(folder / name / "witness.key", key.text + "\n")
        replace_file(folder / name / "memory.json", json.dumps(logs, indent=1, ensure_ascii=False).encode(), mode=0o600)
