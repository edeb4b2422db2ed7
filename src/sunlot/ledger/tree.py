"""A growing Merkle tree as pure functions over stored hashes (RFC 6962 section 2.1; the shape is that of Go's `tlog`).

A tree is known by its size and a reader: `get(level, n)` returns the hash of the complete subtree over the leaves
n·2^level … (n+1)·2^level − 1. What a reader stores and what it computes again is its own affair.
"""

from collections.abc import Callable, Iterator, Sequence

from sunlot.ledger.suites import SHA256, Suite

Reader = Callable[[int, int], bytes]


def reader_of(leaves: Sequence[bytes], suite: Suite = SHA256) -> Reader:
    """Return a reader over leaf hashes that are all at hand; every complete subtree is hashed once."""
    levels = [list(leaves)]
    while len(levels[-1]) > 1:
        levels.append(suite.above(levels[-1]))
    return lambda level, n: levels[level][n]


def root_of(size: int, get: Reader, suite: Suite = SHA256) -> bytes:
    """Return the root of the tree of the first `size` leaves, 32 bytes; of the empty tree, the hash of nothing."""
    return range_root(0, size, get, suite) if size else suite.digest(b"")


def range_root(start: int, end: int, get: Reader, suite: Suite = SHA256) -> bytes:
    """Return the root over leaves start … end − 1, where `start` is a multiple of the largest power of two below the count."""
    subtrees = list(_complete_subtrees(start, end))
    tip = get(*subtrees.pop())
    while subtrees:
        tip = suite.node(get(*subtrees.pop()), tip)
    return tip


def _complete_subtrees(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield (level, n) of the largest complete subtrees from left to right."""
    while start < end:
        level = (end - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level


def inclusion_proof(index: int, size: int, get: Reader, suite: Suite = SHA256) -> list[bytes]:
    """Return the path of leaf `index` in the tree of `size` leaves, sibling first (RFC 6962 section 2.1.1)."""
    if not 0 <= index < size:
        raise ValueError("leaf index outside the tree")
    start, end, path = 0, size, []
    while end - start > 1:
        split = start + _split(end - start)
        if index < split:
            path.append(range_root(split, end, get, suite))
            end = split
        else:
            path.append(range_root(start, split, get, suite))
            start = split
    return path[::-1]


def consistency_proof(old: int, size: int, get: Reader, suite: Suite = SHA256) -> list[bytes]:
    """Return the proof that the tree of `old` leaves is a prefix of that of `size` leaves (RFC 6962 section 2.1.2)."""
    if not 0 <= old <= size:
        raise ValueError("old size outside the tree")
    if old in (0, size):
        return []
    return _subproof(old, 0, size, True, get, suite)


def _subproof(old: int, start: int, end: int, whole: bool, get: Reader, suite: Suite) -> list[bytes]:
    if old == end:
        return [] if whole else [range_root(start, end, get, suite)]
    split = start + _split(end - start)
    if old <= split:
        return [*_subproof(old, start, split, whole, get, suite), range_root(split, end, get, suite)]
    return [*_subproof(old, split, end, False, get, suite), range_root(start, split, get, suite)]


def _split(count: int) -> int:
    """Return the largest power of two below `count`."""
    return 1 << (count - 1).bit_length() - 1
