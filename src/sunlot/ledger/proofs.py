"""Verification of Merkle proofs (RFC 9162 sections 2.1.3.2 and 2.1.4.2; subtrees: draft-ietf-plants-merkle-tree-certs section 4).

Every function raises ProofError and returns nothing: there is no truth value to forget. Roots and hashes are 32 bytes.
"""

from collections.abc import Sequence

from sunlot.ledger.suites import SHA256, Suite

HASH_BYTES = 32


class ProofError(ValueError):
    """The proof does not show what it should."""


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes, suite: Suite = SHA256
) -> None:
    """Raise ProofError unless the leaf with hash `leaf` is the one at `index` of the tree (size, root)."""
    verify_subtree_inclusion(leaf, index, 0, size, proof, root, suite)


def verify_subtree_inclusion(
    leaf: bytes, index: int, start: int, end: int, proof: Sequence[bytes], root: bytes, suite: Suite = SHA256
) -> None:
    """Raise ProofError unless the leaf is at `index` of the subtree over leaves start … end − 1."""
    _check_subtree(start, end)
    if not start <= index < end:
        raise ProofError("leaf index outside the tree")
    _check_hashes([leaf, root, *proof])
    position, last, tip = index - start, end - start - 1, leaf
    for sibling in proof:
        if last == 0:
            raise ProofError("proof too long")
        if position & 1 or position == last:
            tip = suite.node(sibling, tip)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            tip = suite.node(tip, sibling)
        position, last = position >> 1, last >> 1
    if last:
        raise ProofError("proof too short")
    if tip != root:
        raise ProofError("root differs")


def verify_consistency(
    old: int, size: int, proof: Sequence[bytes], old_root: bytes, root: bytes, suite: Suite = SHA256
) -> None:
    """Raise ProofError unless the tree (old, old_root) is a prefix of (size, root). The empty tree is a prefix of all."""
    if not 0 <= old <= size:
        raise ProofError("old size outside the tree")
    if old == 0:
        _check_hashes([root])
        if size == 0 and root != old_root:
            raise ProofError("root differs")
    verify_subtree_consistency(0, old, size, proof, old_root, root, suite)


def verify_subtree_consistency(
    start: int, end: int, size: int, proof: Sequence[bytes], subtree: bytes, root: bytes, suite: Suite = SHA256
) -> None:
    """Raise ProofError unless the subtree over leaves start … end − 1 with that root is part of the tree (size, root)."""
    if not 0 <= start <= end <= size:
        raise ProofError("subtree outside the tree")
    if start == end or (start, end) == (0, size):
        _trivial(start, end, proof, subtree, root, suite)
        return
    _check_subtree(start, end)
    _check_hashes([subtree, root, *proof])
    first, second, last = start, end - 1, size - 1
    while first != second and (end == size or second & 1):
        first, second, last = first >> 1, second >> 1, last >> 1
    path = list(proof)
    if first != second and not path:
        raise ProofError("proof too short")
    left = right = subtree if first == second else path.pop(0)
    for step in path:
        if last == 0:
            raise ProofError("proof too long")
        if second & 1 or second == last:
            left = suite.node(step, left) if first < second else left
            right = suite.node(step, right)
            while not second & 1:
                first, second, last = first >> 1, second >> 1, last >> 1
        else:
            right = suite.node(right, step)
        first, second, last = first >> 1, second >> 1, last >> 1
    if last:
        raise ProofError("proof too short")
    if left != subtree or right != root:
        raise ProofError("root differs")


def _trivial(start: int, end: int, proof: Sequence[bytes], subtree: bytes, root: bytes, suite: Suite) -> None:
    """The empty subtree has the hash of nothing, the whole tree its own root; neither needs a proof."""
    if proof:
        raise ProofError("proof too long")
    if subtree != (suite.digest(b"") if start == end else root):
        raise ProofError("root differs")


def _check_subtree(start: int, end: int) -> None:
    if not 0 <= start < end or start % (1 << (end - start - 1).bit_length()):
        raise ProofError("no subtree of a Merkle tree")


def _check_hashes(hashes: Sequence[bytes]) -> None:
    if any(len(value) != HASH_BYTES for value in hashes):
        raise ProofError("a hash has 32 bytes")
