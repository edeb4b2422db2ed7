"""Gathering what the log knows of a draw, and making its bag."""

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from sunlot.draw.canonical import hash_of
from sunlot.draw.deeds import read_private
from sunlot.draw.state import Draw, open_draw
from sunlot.evidence.bag import Evidence, Logged, make_bag
from sunlot.evidence.errors import EvidenceError
from sunlot.ledger import tree
from sunlot.ledger.checkpoint import parse_checkpoint
from sunlot.office.journal import checkpoints, queries
from sunlot.office.journal.keys import read_keys
from sunlot.office.journal.models import Checkpoint, Event
from sunlot.office.journal.services import deed
from sunlot.office.journal.store import Reader, suite_of, the_log


def bag_of(home: Path, folder: Path, verifier: bytes, out: Path, by: str, executed: bool = False, at: str = "") -> Path:
    """Make the bag of the draw in `folder` and return it. `executed` opens the nonces of an unannounced draw: say it only when it is.

    Raises EvidenceError when the log does not know a step yet.
    """
    draw = open_draw(folder)
    nonces = read_private(folder.parent, draw.name)["nonces"] if executed else {}
    bag = make_bag(draw, evidence_of(home, draw, checkpoints.sign(home), nonces), verifier, out)
    with deed(by=by, at=at) as doing:
        digest = hash_of((bag / "tagmanifest-sha256.txt").read_bytes())
        doing.record("bag.made", f"draw/{draw.name}", {"draw": draw.name, "digest": digest})
    return bag


def evidence_of(home: Path, draw: Draw, latest: Checkpoint | None, nonces: Mapping[str, str]) -> Evidence:
    """Return what the log adds to the files of a draw, up to a checkpoint; without one, up to the one that proves the last step.

    Raises EvidenceError when the log does not know a step yet, LedgerError when no checkpoint covers one.
    """
    log = the_log()
    logged = {step.folder.name: _logged(draw, step.digest, step.what) for step in draw.steps}
    proven = {parse_checkpoint(entry.proof.checkpoint.text).size: entry.proof for entry in logged.values()}
    last, note = (latest.size, latest.note) if latest else (max(proven), proven[max(proven)].checkpoint.whole)
    reader = Reader(suite_of(log))
    growth = [
        (old, new, tree.consistency_proof(old, new, reader.get, reader.suite))
        for old, new in pairwise(sorted({*proven, last}))
    ]
    return Evidence(logged, growth, note, log.policy, read_keys(home), log.suite, nonces)


def _logged(draw: Draw, check_code: str, what: str) -> Logged:
    for event in Event.objects.filter(obj=f"draw/{draw.name}", act=f"draw.{what}").order_by("seq"):
        if queries.leaf_of(event)["pub"].get("check_code") == check_code:
            return Logged(event.leaf.encode(), queries.proof_of(event))
    raise EvidenceError(
        "step_not_logged", f"抽取 {draw.name} 的 {what} 还没有记入日志；请先执行任一 sunlot draw 命令补记。"
    )
