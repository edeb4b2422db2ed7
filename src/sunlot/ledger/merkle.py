"""The Merkle tree hash of RFC 6962 section 2.1, and inclusion proofs of RFC 9162 section 2.1.3."""

from collections.abc import Iterable, Sequence
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


def inclusion_proof(entries: Sequence[bytes], index: int) -> list[bytes]:
    """Return the sibling hashes from leaf `index` up to the root."""
    if len(entries) == 1:
        return []
    split = 1 << (len(entries) - 1).bit_length() - 1
    if index < split:
        return [*inclusion_proof(entries[:split], index), root(entries[split:])]
    return [*inclusion_proof(entries[split:], index - split), root(entries[:split])]


def root_from_proof(entry: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """Return the root that `proof` leads to (RFC 9162 section 2.1.3.2). Raises ValueError when its length cannot fit."""
    if not 0 <= index < size:
        raise ValueError("leaf index outside the tree")
    position, last, tip = index, size - 1, leaf_hash(entry)
    for sibling in proof:
        if last == 0:
            raise ValueError("proof too long")
        if position % 2 or position == last:
            tip = node_hash(sibling, tip)
            while position % 2 == 0 and position:
                position, last = position // 2, last // 2
        else:
            tip = node_hash(tip, sibling)
        position, last = position // 2, last // 2
    if last:
        raise ValueError("proof too short")
    return tip
