"""The two hash suites of a log: SHA-256 (RFC 6962) and, for offices under 商用密码 assessment, SM3 (GB/T 32905) in its place."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol


class Taken(Protocol):
    """A hash that has taken its message, as hashlib returns it."""

    def digest(self) -> bytes:
        """Return the 32 bytes."""


@dataclass(frozen=True)
class Suite:
    """A tree's hash function, 32 bytes out, and its name in a log's configuration. A log keeps its suite for life."""

    name: str
    new: Callable[[bytes], Taken]

    def digest(self, data: bytes) -> bytes:
        """Return the hash of `data`."""
        return self.new(data).digest()

    def leaf(self, entry: bytes) -> bytes:
        """Return the hash of one leaf (RFC 6962 section 2.1)."""
        return self.new(b"\x00" + entry).digest()

    def node(self, left: bytes, right: bytes) -> bytes:
        """Return the hash of the node above two subtrees (RFC 6962 section 2.1)."""
        return self.new(b"\x01" + left + right).digest()

    def leaves(self, entries: Iterable[str]) -> list[bytes]:
        """Return the hash of each leaf, of its text in UTF-8; a call a leaf would cost a sixth of an audit."""
        new = self.new
        return [new(b"\x00" + entry.encode()).digest() for entry in entries]

    def above(self, row: Sequence[bytes]) -> list[bytes]:
        """Return the nodes above a row of subtrees; a last one without a neighbour has none yet."""
        new, one = self.new, iter(row)
        return [new(b"\x01" + left + right).digest() for left, right in zip(one, one, strict=False)]


def sm3(data: bytes) -> bytes:
    """Return the SM3 hash of `data`, 32 bytes (GB/T 32905-2016)."""
    return _new_sm3(data).digest()


def _new_sm3(data: bytes) -> Taken:
    """SM3 by OpenSSL where Python has it, else by `cryptography`."""
    return hashlib.new("sm3", data) if "sm3" in hashlib.algorithms_available else _Sm3(data)


@dataclass(frozen=True)
class _Sm3:
    data: bytes

    def digest(self) -> bytes:
        from cryptography.hazmat.primitives.hashes import SM3, Hash

        hasher = Hash(SM3())
        hasher.update(self.data)
        return hasher.finalize()


SHA256 = Suite("sha256", hashlib.sha256)
SM3 = Suite("sm3", _new_sm3)
SUITES = {suite.name: suite for suite in (SHA256, SM3)}
