"""The Merkle tree hash of RFC 6962 section 2.1 over entries that are all at hand, in one pass."""

from collections.abc import Iterable
from hashlib import sha256


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of one leaf, 32 bytes."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of the node above two subtrees, 32 bytes."""
    return sha256(b"\x01" + left + right).digest()


def root(entries: Iterable[bytes]) -> bytes:
    """Return the tree's root, 32 bytes; one pass, memory for one hash a level."""
    peaks: list[tuple[int, bytes]] = []  # (leaves below, hash), strictly falling sizes: the binary digits of the count
    for entry in entries:
        size, tip = 1, leaf_hash(entry)
        while peaks and peaks[-1][0] == size:
            tip = node_hash(peaks.pop()[1], tip)
            size *= 2
        peaks.append((size, tip))
    if not peaks:
        return sha256(b"").digest()
    tip = peaks.pop()[1]
    while peaks:
        tip = node_hash(peaks.pop()[1], tip)
    return tip
