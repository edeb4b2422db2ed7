"""The two hash suites of a log: SHA-256 (RFC 6962) and, for offices under 商用密码 assessment, SM3 (GB/T 32905) in its place."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

Hash = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Suite:
    """A tree's hash function, 32 bytes out, and its name in a log's configuration. A log keeps its suite for life."""

    name: str
    digest: Hash

    def leaf(self, entry: bytes) -> bytes:
        """Return the hash of one leaf (RFC 6962 section 2.1)."""
        return self.digest(b"\x00" + entry)

    def node(self, left: bytes, right: bytes) -> bytes:
        """Return the hash of the node above two subtrees (RFC 6962 section 2.1)."""
        return self.digest(b"\x01" + left + right)


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def sm3(data: bytes) -> bytes:
    """Return the SM3 hash of `data`, 32 bytes (GB/T 32905-2016); by OpenSSL where Python has it, else by `cryptography`."""
    if "sm3" in hashlib.algorithms_available:
        return hashlib.new("sm3", data).digest()
    from cryptography.hazmat.primitives.hashes import SM3
    from cryptography.hazmat.primitives.hashes import Hash as Hasher

    hasher = Hasher(SM3())
    hasher.update(data)
    return hasher.finalize()


SHA256 = Suite("sha256", _sha256)
SM3 = Suite("sm3", sm3)
SUITES = {suite.name: suite for suite in (SHA256, SM3)}
