"""Signed notes: text with signature lines below it (C2SP signed-note)."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sunlot.ledger.errors import LedgerError
from sunlot.ledger.keys import COSIGNATURE, Signer, Verifier

DASH = "— "
MOST_SIGNATURES, MOST_BYTES = 100, 1_000_000


@dataclass(frozen=True)
class Signature:
    """One signature line: who, the four bytes of the key's id, and the signature's bytes."""

    name: str
    key_id: bytes
    value: bytes

    @property
    def line(self) -> str:
        return f"{DASH}{self.name} {b64encode(self.key_id + self.value).decode()}\n"


@dataclass(frozen=True)
class Note:
    """A note as it was read: its text, ending in a newline, and its signature lines in order. Nothing is verified yet."""

    text: str
    signatures: tuple[Signature, ...]

    @property
    def whole(self) -> str:
        """The note as it is stored."""
        return self.text + "\n" + "".join(signature.line for signature in self.signatures)

    def with_signatures(self, more: Iterable[Signature]) -> "Note":
        """Return the note with further lines; a line that is there already is not doubled."""
        return Note(self.text, tuple(dict.fromkeys((*self.signatures, *more))))


def parse_note(whole: str) -> Note:
    """Return the note. Raises LedgerError when it is no note."""
    text, separator, below = whole.rpartition("\n\n")
    if not separator or not below.endswith("\n") or len(whole) > MOST_BYTES or _has_controls(whole):
        raise _malformed("缺少正文、空行或签名行")
    lines = below[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise _malformed("签名行过多")
    return Note(text + "\n", tuple(_parse_line(line) for line in lines))


def parse_signatures(lines: str) -> tuple[Signature, ...]:
    """Return bare signature lines, as a witness hands them back. Raises LedgerError when one of them is none."""
    return tuple(_parse_line(line) for line in lines.split("\n") if line.strip())


def _parse_line(line: str) -> Signature:
    name, _, body = line.removeprefix(DASH).partition(" ")
    try:
        value = b64decode(body, validate=True)
    except ValueError:
        value = b""
    if not line.startswith(DASH) or not name or "+" in name or len(value) < 5 or any(map(str.isspace, name)):
        raise _malformed(f"签名行“{line[:40]}”无法解读")
    return Signature(name, value[:4], value[4:])


def _has_controls(text: str) -> bool:
    return any(letter < " " and letter != "\n" for letter in text)


def sign_note(text: str, *signers: Signer) -> Note:
    """Return the note signed by each. Raises LedgerError for a text that no note can carry."""
    if not text.endswith("\n") or _has_controls(text):
        raise _malformed("正文必须以换行结束，不能含控制字符")
    return Note(text, tuple(_sign(text, signer) for signer in signers))


def _sign(text: str, signer: Signer) -> Signature:
    if signer.verifier.kind == COSIGNATURE:
        raise LedgerError("key_kind", "共同签署密钥只能签署检查点，并须带时间。")
    return Signature(signer.verifier.name, signer.verifier.id, signer.sign(text.encode()))


def check_note(note: Note, verifiers: Sequence[Verifier]) -> list[Verifier]:
    """Return the known keys that signed the note, in order of its lines; unknown lines are passed over.

    Raises LedgerError when a known key's signature is wrong, or when no known key signed.
    """
    found = signed_by(note, verifiers, lambda key, value: key.holds(note.text.encode(), value))
    if not found:
        raise LedgerError("signature_missing", "没有已知密钥的签名；未经签名的内容不可信。")
    return list(found)


def signed_by(
    note: Note, verifiers: Sequence[Verifier], holds: Callable[[Verifier, bytes], bool]
) -> dict[Verifier, bytes]:
    """Return the known keys whose lines hold, in order of the lines, each with its signature; `holds(key, value)` decides about one line.

    Raises LedgerError when a known key's signature is wrong.
    """
    known = {(key.name, key.id): key for key in verifiers}
    found: dict[Verifier, bytes] = {}
    for signature in note.signatures:
        key = known.get((signature.name, signature.key_id))
        if key is None or key in found:
            continue
        if not holds(key, signature.value):
            raise LedgerError("signature_wrong", f"{key.name} 的签名与内容不符：内容被改动，或签名不是它的。")
        found[key] = signature.value
    return found


def _malformed(why: str) -> LedgerError:
    return LedgerError("note_malformed", f"签名文件格式不对：{why}。")
