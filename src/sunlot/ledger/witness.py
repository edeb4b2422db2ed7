"""A witness (见证人): remembers of each log only how long it was and its root, and cosigns what grew from there (C2SP tlog-witness)."""

import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from sunlot.ledger.checkpoint import Checkpoint, cosign, open_checkpoint
from sunlot.ledger.errors import LedgerError
from sunlot.ledger.keys import Signer, Verifier
from sunlot.ledger.note import Note, Signature, parse_note
from sunlot.ledger.proofs import ProofError, verify_consistency
from sunlot.ledger.suites import SHA256, Suite

OLD = re.compile(r"old (0|[1-9][0-9]{0,18})")
MOST_STEPS = 63


@dataclass(frozen=True)
class Request:
    """What a log asks of a witness: it was `old` entries long when last seen, here is its checkpoint now and why nothing changed."""

    old: int
    path: tuple[bytes, ...]
    checkpoint: Note

    @property
    def text(self) -> str:
        """The request as it goes over the wire, a memory stick or a QR code."""
        lines = [f"old {self.old}", *(b64encode(step).decode() for step in self.path)]
        return "\n".join(lines) + "\n\n" + self.checkpoint.whole


@dataclass(frozen=True)
class Memory:
    """All that a witness remembers of a log."""

    size: int
    root: bytes


def parse_request(text: str) -> Request:
    """Return the request of a file. Raises LedgerError when it is none."""
    head, _, note = text.partition("\n\n")
    first, *steps = head.split("\n")
    try:
        old = OLD.fullmatch(first)
        path = tuple(b64decode(step, validate=True) for step in steps)
    except ValueError:
        old = None
    if not old or len(path) > MOST_STEPS or any(len(step) != 32 for step in path):
        raise LedgerError("request_malformed", "见证请求文件格式不对；请重新导出。")
    return Request(int(old[1]), path, parse_note(note))


def answer(
    request: Request, memory: Memory | None, logs: Sequence[Verifier], witness: Signer, now: int, suite: Suite = SHA256
) -> tuple[Signature, Memory]:
    """Return the cosignature and what to remember. `now` in Unix seconds.

    Raises LedgerError: `log_unknown` (404), `signature_…` (403), `size_wrong` (400), `size_conflict` (409, says the size that is
    remembered) and `log_rewritten` (409, 422): then the log's history is not what the witness saw, and nobody must go on.
    """
    if request.checkpoint.text.split("\n")[0] not in [key.name for key in logs]:
        raise LedgerError("log_unknown", "这不是本见证人登记的日志；请核对日志名称和公钥。")
    checkpoint = open_checkpoint(request.checkpoint, logs)
    known = memory or Memory(0, suite.digest(b""))
    if request.old > checkpoint.size:
        raise LedgerError("size_wrong", "请求写明的旧条数大于检查点的条数。")
    if request.old != known.size:
        raise LedgerError(
            "size_conflict",
            f"见证人上次见到 {known.size} 条，请求从 {request.old} 条开始；请按 {known.size} 条重新导出。",
        )
    _refuse_rewritten(request, known, checkpoint, suite)
    return cosign(request.checkpoint, witness, now), Memory(checkpoint.size, checkpoint.root)


def compare(memory: Memory, other: Checkpoint) -> bool:
    """Return whether a checkpoint that somebody else was shown is what this witness saw; False when the sizes differ and nothing follows.

    Raises LedgerError when the sizes are equal and the roots are not: the log shows different histories to different people.
    """
    if memory.size != other.size:
        return False
    if memory.root != other.root:
        raise LedgerError(
            "split_view",
            f"日志分叉：同为 {other.size} 条，本见证人见到的根哈希是 {memory.root.hex()}，这份检查点却是 {other.root.hex()}，"
            "而两者都由日志的私钥签署。请保存双方的文件作为证据并报告。",
        )
    return True


def _refuse_rewritten(request: Request, known: Memory, checkpoint: Checkpoint, suite: Suite) -> None:
    try:
        verify_consistency(known.size, checkpoint.size, request.path, known.root, checkpoint.root, suite)
    except ProofError:
        raise LedgerError(
            "log_rewritten",
            f"拒绝签署：日志前 {known.size} 条与见证人上次见到的不一致，历史被改写或证明有误。请保存此请求作为证据并报告。",
        ) from None
