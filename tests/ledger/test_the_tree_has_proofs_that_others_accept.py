"""Our trees against an independent library, and against our own verification, for every size and index."""

from hashlib import sha256

import pymerkle
import pytest

from sunlot.ledger import merkle, proofs, tree
from sunlot.ledger.suites import SM3, SUITES, Suite

ENTRIES = [f"entry {n}".encode() for n in range(67)]


@pytest.mark.parametrize("suite", SUITES.values(), ids=SUITES)
def test_every_inclusion_and_consistency_proof_holds(suite: Suite) -> None:
    leaves = [suite.leaf(entry) for entry in ENTRIES]
    get = tree.reader_of(leaves, suite)
    roots = [tree.root_of(size, get, suite) for size in range(len(leaves) + 1)]
    for size in range(1, len(leaves) + 1):
        for index in range(size):
            path = tree.inclusion_proof(index, size, get, suite)
            proofs.verify_inclusion(leaves[index], index, size, path, roots[size], suite)
        for old in range(size + 1):
            proof = tree.consistency_proof(old, size, get, suite)
            proofs.verify_consistency(old, size, proof, roots[old], roots[size], suite)


def test_another_library_has_the_same_roots_and_paths() -> None:
    other = pymerkle.InmemoryTree(algorithm="sha256")
    for entry in ENTRIES:
        other.append_entry(entry)
    get = tree.reader_of([merkle.leaf_hash(entry) for entry in ENTRIES])
    for size in range(1, len(ENTRIES) + 1):
        assert tree.root_of(size, get) == other.get_root(size) == merkle.root(ENTRIES[:size])
    theirs = other.prove_inclusion(6, 67)
    assert [step.hex() for step in tree.inclusion_proof(5, 67, get)] == theirs.serialize()["path"][1:]


def test_a_tree_of_one_suite_says_nothing_under_the_other() -> None:
    leaves = [SM3.leaf(entry) for entry in ENTRIES[:4]]
    get = tree.reader_of(leaves, SM3)
    path = tree.inclusion_proof(2, 4, get, SM3)
    with pytest.raises(proofs.ProofError):
        proofs.verify_inclusion(leaves[2], 2, 4, path, tree.root_of(4, get, SM3))


def test_the_empty_tree_is_the_hash_of_nothing() -> None:
    assert tree.root_of(0, tree.reader_of([])) == sha256(b"").digest()
