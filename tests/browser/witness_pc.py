"""The witness's own PC: `./sunlot witness`, in a folder that never visits the office; its clock stands where the test holds the office's."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from sunlot.cli import main
from sunlot.draw.moments import seconds_of
from sunlot.ledger.keys import read_signer
from sunlot.office.journal import checkpoints
from sunlot.office.journal.clock import Held
from sunlot.office.journal.store import the_log


class WitnessPc:
    """A witness that the office's rules name, and that has the office's key."""

    def __init__(self, home: Path, name: str, clock: Held, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home, self.name = home, name
        monkeypatch.setattr("sunlot.commands.witness.time", SimpleNamespace(time=lambda: seconds_of(clock.at)))
        self.run("init", "jijian.example")
        self.run("trust", str(the_log().keys))
        key = read_signer((home / "witness.key").read_text().strip()).verifier.text
        lines = (f"log {the_log().keys}", f"witness {name} {key}", f"group all all {name}", "quorum all", "")
        checkpoints.set_policy("\n".join(lines), "u/console")

    def run(self, *arguments: str) -> None:
        assert main(["witness", "--home", str(self.home), *arguments]) == 0, arguments

    def sign(self, request: Path) -> Path:
        """Return the file of the witness's answer to a request."""
        answer = request.with_suffix(".signed.txt")
        self.run("sign", str(request), "--out", str(answer))
        return answer
