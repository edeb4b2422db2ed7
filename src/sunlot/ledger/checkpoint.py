"""Checkpoints (C2SP tlog-checkpoint) and their cosignatures (C2SP tlog-cosignature, Ed25519)."""

import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from sunlot.ledger.errors import LedgerError
from sunlot.ledger.keys import COSIGNATURE, Signer, Verifier
from sunlot.ledger.note import Note, Signature, check_note, sign_note, signed_by

SIZE = re.compile(r"0|[1-9][0-9]*")
LARGEST_TIME = 2**63 - 1


@dataclass(frozen=True)
class Checkpoint:
    """What a log says of itself: its origin, how many entries it has, and their root (32 bytes)."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """Return the checkpoint in a note's text. Extension lines are refused: nobody audits them. Raises LedgerError."""
    lines = text.split("\n")
    if len(lines) != 4 or lines[3] or not lines[0] or not SIZE.fullmatch(lines[1]):
        raise LedgerError("checkpoint_malformed", "检查点应为三行：日志名称、条数、根哈希。")
    try:
        root = b64decode(lines[2], validate=True)
    except ValueError:
        root = b""
    if len(root) != 32 or b64encode(root).decode() != lines[2]:
        raise LedgerError("checkpoint_malformed", "检查点的根哈希无法解读。")
    return Checkpoint(lines[0], int(lines[1]), root)


def sign_checkpoint(checkpoint: Checkpoint, *signers: Signer) -> Note:
    """Return the checkpoint signed by its log; the first key's name must be the origin."""
    if signers[0].verifier.name != checkpoint.origin:
        raise LedgerError("origin_differs", "签名密钥的名称必须与日志名称相同。")
    return sign_note(checkpoint.text, *signers)


def open_checkpoint(note: Note, logs: Sequence[Verifier]) -> Checkpoint:
    """Return the checkpoint when one of the known logs signed it and it is that log's. Raises LedgerError otherwise."""
    checkpoint = parse_checkpoint(note.text)
    check_note(note, [key for key in logs if key.name == checkpoint.origin])
    return checkpoint


def cosign(note: Note, witness: Signer, time: int) -> Signature:
    """Return the witness's line over a checkpoint that it has found consistent; `time` in Unix seconds."""
    if not 0 <= time <= LARGEST_TIME or witness.verifier.kind != COSIGNATURE:
        raise LedgerError("key_kind", "共同签署需要见证密钥和时间。")
    value = witness.sign(_message(note.text, time))
    return Signature(witness.verifier.name, witness.verifier.id, time.to_bytes(8, "big") + value)


def cosigners(note: Note, witnesses: Sequence[Verifier]) -> dict[Verifier, int]:
    """Return which known witnesses cosigned, each with its time in Unix seconds; none is no error, a wrong line is (LedgerError)."""
    found = signed_by(note, witnesses, lambda key, value: _cosigned(note.text, key, value))
    return {key: _time(value) for key, value in found.items()}


def _cosigned(text: str, key: Verifier, value: bytes) -> bool:
    time = _time(value)
    return len(value) == 72 and time <= LARGEST_TIME and key.holds(_message(text, time), value[8:])


def _time(value: bytes) -> int:
    return int.from_bytes(value[:8], "big")


def _message(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()
