"""Keys of signed notes (C2SP signed-note): Ed25519 (type 1), timestamped cosignatures (type 4), and SM2 with SM3 (type 255).

A key is a line of text. What verifies: `<name>+<key id>+<base64 of type byte and public key>`. What signs has
`PRIVATE+KEY+` before it and holds the private key instead. The line is the whole configuration: there is no registry.
"""

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sunlot.ledger import sm2
from sunlot.ledger.errors import LedgerError

ED25519, COSIGNATURE, UNASSIGNED = 1, 4, 255
SM2_MARK = b"sm2-sm3"  # after the byte that C2SP reserves for types it has not assigned
NAME = re.compile(r"[^\s+]+")


@dataclass(frozen=True)
class Verifier:
    """A public key with its name; `kind` is the type byte, `key` the public key's bytes (SM2: x ‖ y, 64 bytes)."""

    name: str
    kind: int
    key: bytes

    @property
    def id(self) -> bytes:
        """The four bytes that stand before each signature."""
        return sha256(self.name.encode() + b"\n" + self._typed).digest()[:4]

    @property
    def _typed(self) -> bytes:
        return bytes([self.kind]) + (SM2_MARK if self.kind == UNASSIGNED else b"") + self.key

    @property
    def text(self) -> str:
        """The key's line."""
        return f"{self.name}+{self.id.hex()}+{b64encode(self._typed).decode()}"

    def holds(self, message: bytes, signature: bytes) -> bool:
        """Return whether the bare signature of 64 bytes is this key's over `message`."""
        if len(signature) != 64:
            return False
        if self.kind == UNASSIGNED:
            return sm2.verify(self.key, message, signature)
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class Signer:
    """A private key of 32 bytes with what verifies it."""

    verifier: Verifier
    secret: bytes

    @property
    def text(self) -> str:
        """The private key's line, to be kept where only the office reads it."""
        public = self.verifier
        mark = SM2_MARK if public.kind == UNASSIGNED else b""
        body = b64encode(bytes([public.kind]) + mark + self.secret).decode()
        return f"PRIVATE+KEY+{public.name}+{public.id.hex()}+{body}"

    def sign(self, message: bytes) -> bytes:
        """Return the bare signature, 64 bytes; the same message gets the same signature."""
        if self.verifier.kind == UNASSIGNED:
            return sm2.sign(self.secret, message)
        return Ed25519PrivateKey.from_private_bytes(self.secret).sign(message)


def signer_of(name: str, secret: bytes, kind: int = ED25519) -> Signer:
    """Return the signer of a secret of 32 bytes. Raises LedgerError for a name that no note could carry."""
    _check_name(name)
    if kind == UNASSIGNED:
        return Signer(Verifier(name, kind, sm2.public_key(secret)), secret)
    return Signer(
        Verifier(name, kind, Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()), secret
    )


def read_verifier(line: str) -> Verifier:
    """Return the key of a line. Raises LedgerError when the line is mistyped: the key id catches it."""
    name, key_id, kind, key = _parse(line.strip())
    verifier = Verifier(name, kind, key)
    if verifier.id.hex() != key_id or len(key) != (64 if kind == UNASSIGNED else 32):
        raise LedgerError("key_malformed", f"公钥“{line.strip()[:40]}…”抄写有误；请逐字核对。")
    return verifier


def read_signer(line: str) -> Signer:
    """Return the signer of a private key's line. Raises LedgerError when it is damaged."""
    if not line.startswith("PRIVATE+KEY+"):
        raise LedgerError("key_malformed", "这不是私钥（应以 PRIVATE+KEY+ 开头）。")
    name, key_id, kind, secret = _parse(line.strip().removeprefix("PRIVATE+KEY+"))
    if len(secret) != 32:
        raise LedgerError("key_malformed", "私钥已损坏；请从备份恢复。")
    signer = signer_of(name, secret, kind)
    if signer.verifier.id.hex() != key_id:
        raise LedgerError("key_malformed", "私钥已损坏；请从备份恢复。")
    return signer


def _parse(line: str) -> tuple[str, str, int, bytes]:
    parts = line.split("+", 2)
    try:
        name, key_id, body = parts[0], parts[1], b64decode(parts[2], validate=True)
        kind, key = body[0], body[1:]
    except (IndexError, ValueError):
        raise LedgerError("key_malformed", f"密钥“{line[:40]}”格式不对，应为 名称+编号+内容。") from None
    _check_name(name)
    if kind == UNASSIGNED and key.startswith(SM2_MARK):
        return name, key_id, kind, key.removeprefix(SM2_MARK)
    if kind not in (ED25519, COSIGNATURE):
        raise LedgerError("key_unknown", f"不认识的密钥种类 {kind}（{name}）。")
    return name, key_id, kind, key


def _check_name(name: str) -> None:
    if not NAME.fullmatch(name):
        raise LedgerError("key_malformed", f"密钥名称“{name}”不能为空，也不能含空格和加号。")
