"""One entry's proof as a file that verifies offline for ever (C2SP tlog-proof)."""

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass

from sunlot.ledger.errors import LedgerError
from sunlot.ledger.note import Note, parse_note
from sunlot.ledger.proofs import ProofError, verify_inclusion
from sunlot.ledger.suites import SHA256, Suite
from sunlot.ledger.trust_policy import Anchor, TrustPolicy, check_anchor

HEADER = "c2sp.org/tlog-proof@v1"
INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})")


@dataclass(frozen=True)
class TlogProof:
    """The entry's index, the path to the root and the checkpoint it leads to. `extra` is not authenticated."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: Note
    extra: bytes = b""

    @property
    def text(self) -> str:
        """The file."""
        extra = [f"extra {b64encode(self.extra).decode()}"] if self.extra else []
        lines = [HEADER, *extra, f"index {self.index}", *(b64encode(step).decode() for step in self.path)]
        return "\n".join(lines) + "\n\n" + self.checkpoint.whole


def parse_proof(text: str) -> TlogProof:
    """Return the proof of a file. Raises LedgerError when it is none."""
    head, _, note = text.partition("\n\n")
    lines = head.split("\n")
    try:
        if lines.pop(0) != HEADER:
            raise ValueError
        extra = b64decode(lines.pop(0).removeprefix("extra "), validate=True) if lines[0].startswith("extra ") else b""
        if not (index := INDEX.fullmatch(lines.pop(0))):
            raise ValueError
        path = tuple(b64decode(line, validate=True) for line in lines)
        if any(len(step) != 32 for step in path):
            raise ValueError
    except (ValueError, IndexError):
        raise LedgerError("proof_malformed", "日志证明文件格式不对。") from None
    return TlogProof(int(index[1]), path, parse_note(note), extra)


def check_proof(proof: TlogProof, entry: bytes, policy: TrustPolicy, suite: Suite = SHA256) -> Anchor:
    """Return the anchor when `entry` stands in the log at the proof's index. Raises LedgerError otherwise."""
    anchor = check_anchor(proof.checkpoint, policy)
    try:
        verify_inclusion(
            suite.leaf(entry), proof.index, anchor.checkpoint.size, proof.path, anchor.checkpoint.root, suite
        )
    except ProofError:
        raise LedgerError("proof_differs", f"第 {proof.index} 条日志与检查点的根哈希对不上。") from None
    return anchor
