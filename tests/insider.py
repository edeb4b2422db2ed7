"""What the attacks have in common: an insider with the machine, the database and the signing key, and those who check him."""

import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import bags
from bags import in_javascript
from sunlot.cli import main
from sunlot.commands.demo_witness import ORIGIN
from sunlot.draw.canonical import dumps, hash_of, loads
from sunlot.draw.verify import DIFFERS, verify
from sunlot.evidence.bag import manifest, signed_text
from sunlot.evidence.check_bag import check_bag
from sunlot.evidence.page import verifier_page
from sunlot.ledger.checkpoint import Checkpoint, cosign, sign_checkpoint
from sunlot.ledger.keys import Signer, read_signer
from sunlot.ledger.note import sign_note
from sunlot.ledger.suites import SHA256
from sunlot.ledger.tlog_proof import TlogProof
from sunlot.office.start import open_office


@dataclass
class County:
    """A county with one complete draw, witnessed step by step, and its bag. What it prints is read with `capsys`."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    @property
    def register(self) -> Path:
        return self.folder / "draws"

    @property
    def draw(self) -> Path:
        return next(path for path in sorted(self.register.glob("[!.]*")))

    @property
    def bag(self) -> Path:
        return self.folder / "bags" / self.draw.name

    @property
    def home(self) -> Path:
        return self.register / ".private" / "office"

    @property
    def key(self) -> Signer:
        """The log's own signing key, which whoever holds the machine can read."""
        return read_signer((self.home / "keys" / "log.key").read_text().strip())

    def run(self, *words: str | Path, code: int = 0) -> str:
        """Type a command and return what it says."""
        found = main([str(word) for word in words])
        said = self.capsys.readouterr()
        assert found == code, said.out + said.err
        return said.out + said.err

    def journal(self, *words: str | Path, code: int = 0) -> str:
        return self.run("journal", "--register", self.register, *words, code=code)

    def audit(self, *words: str | Path) -> str:
        """Return what the audit names; it must name something."""
        return self.journal("audit", *words, code=1)

    def sql(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Write into the database as whoever has its file does: no application, no event."""
        with sqlite3.connect(self.home / "office.sqlite3") as database:
            rows = database.execute(statement, values).fetchall()
        database.close()
        open_office(self.home, "")
        return rows


def county_of(whole_bag: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> County:
    """Return a copy of the county in which the bag was made, to be spoiled."""
    from django.db import connection

    connection.close()
    county = County(Path(shutil.copytree(whole_bag.parents[1], folder / "county")), capsys)
    open_office(county.home, "")
    return county


def change_json(path: Path, change: Callable[[Any], object]) -> None:
    """Edit a canonical JSON file in place."""
    before = path.read_bytes()
    value = loads(before)
    change(value)
    path.write_bytes(dumps(value))
    assert path.read_bytes() != before


def mend_steps(draw: Path) -> None:
    """Make every step.json fit the files again, as a forger would."""
    previous = ""
    for step in sorted(draw.glob("[!.]*")):
        record = loads((step / "step.json").read_bytes())
        record["previous"] = previous
        for entry in record["files"]:
            data = (step / entry["name"]).read_bytes()
            entry |= {"bytes": len(data), "sha256": hash_of(data)}
        (step / "step.json").write_bytes(dumps(record))
        previous = hash_of(dumps(record))


def mend_bag(bag: Path, signer: Signer) -> None:
    """Write index and manifests anew and sign them with a key in hand."""
    payload = {path.relative_to(bag).as_posix(): path.read_bytes() for path in bag.glob("data/**/*") if path.is_file()}
    index = loads(payload["data/index.json"])
    titles = {entry["path"]: entry["title"] for entry in index["files"]}
    names = sorted(payload.keys() - {"data/index.json"})
    index["files"] = [{"path": name, "title": titles.get(name, "")} for name in names]
    index["verifier"] = hash_of((bag / "00-OPEN-ME.html").read_bytes())
    payload["data/index.json"] = dumps(index)
    (bag / "data/index.json").write_bytes(payload["data/index.json"])
    (bag / "manifest-sha256.txt").write_bytes(manifest(payload))
    tags = ("00-OPEN-ME.html", "bag-info.txt", "bagit.txt", "manifest-sha256.txt")
    tagmanifest = manifest({name: (bag / name).read_bytes() for name in tags})
    (bag / "tagmanifest-sha256.txt").write_bytes(tagmanifest)
    (bag / "signature.note").write_text(sign_note(signed_text(index["draw"], tagmanifest), signer).whole)


def forge_bag(county: County, witness: Signer | None = None) -> str:
    """Make the bag into one of a forged draw with a log of the thief's own, cosigned by a witness that he invented; return its policy."""
    bag, inside = county.bag, county.bag / "data" / county.draw.name
    for step in sorted(inside.iterdir())[1:]:
        shutil.rmtree(step)
    change_json(inside / "01-notice/notice.json", lambda notice: notice.update(title="假的抽取"))
    mend_steps(inside)
    entry = bag / "data/log/01-notice.json"
    code = hash_of((inside / "01-notice/step.json").read_bytes())
    change_json(entry, lambda said: said["pub"].update(check_code=code))
    for path in (bag / "data/log").glob("0[2-6]-*"):
        path.unlink()
    leaf = entry.read_bytes()
    note = sign_checkpoint(Checkpoint(ORIGIN, 1, SHA256.leaf(leaf)), county.key)
    if witness:
        note = note.with_signatures([cosign(note, witness, 1_692_666_000)])
    (bag / "data/log/01-notice.tlog-proof").write_text(TlogProof(0, (), note).text)
    (bag / "data/log/checkpoint.txt").write_text(note.whole)
    (bag / "data/log/consistency.txt").write_text("")
    published = (bag / "data/log/policy.txt").read_text()
    own = [f"log {county.key.verifier.text}"]
    own += [f"witness 纪检 {witness.verifier.text}", "quorum 纪检"] if witness else ["quorum none"]
    (bag / "data/log/policy.txt").write_text("\n".join([*own, ""]))
    change_json(bag / "data/index.json", lambda index: index.update(title="假的抽取"))
    mend_bag(bag, county.key)
    return published


def new_bag(county: County, out: str = "second") -> Path:
    """Return a bag made by the application itself of whatever the register and the database say now."""
    from sunlot.office.lottery.bags import bag_of

    return bag_of(county.home, county.draw, verifier_page(), county.folder / out, "u/1")


def both_name(folder: Path, text: str, reason: str, *, policy: str = "", checkpoint: str = "", code: str = "") -> None:
    """Both verifiers refuse a bag or a draw's folder: the Python one with this text, the JavaScript one for this reason.

    `policy`, `checkpoint`, `code`: what a reader has from elsewhere, who has it.
    """
    is_bag = (folder / "bagit.txt").is_file()
    lines = check_bag(folder, policy, [checkpoint] if checkpoint else [], code) if is_bag else verify(folder, {}, code)
    found = [line.text for line in lines if line.kind == DIFFERS]
    assert any(text in line for line in found), [f"{line.kind} {line.text}" for line in lines]
    options = ["--check-code", code] if code else []
    for name, outside in (("--policy", policy), ("--checkpoint", checkpoint)):
        if outside:
            given = folder.parent / f"outside{name}.txt"
            given.write_text(outside)
            options += [name, str(given)]
    told = in_javascript(folder, *options)
    reasons = {detail(line).get("reason", line["what"]) for line in told if line["kind"] == "differs"}
    assert reason in reasons, told


def detail(line: dict[str, object]) -> dict[str, Any]:
    """Return what a line of the JavaScript verifier says in particular."""
    assert isinstance(line["detail"], dict)
    return line["detail"]


def kinds_of(folder: Path) -> set[str]:
    """Return the kinds of line that both verifiers print; they must agree on them."""
    python = {line.kind for line in (check_bag(folder) if (folder / "bagit.txt").is_file() else verify(folder))}
    assert {str(line["kind"]) for line in in_javascript(folder)} == python
    return python


def copied(path: Path, beside: str) -> Path:
    """Return a copy of a folder in another place, with its own name."""
    target = path.parent.parent / beside / path.name
    target.parent.mkdir(exist_ok=True)
    return bags.copied(path, target.parent)
