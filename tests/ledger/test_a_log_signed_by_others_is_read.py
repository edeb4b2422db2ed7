"""The whole signed log of Tessera (C2SP formats): every checkpoint's signature, every root, every pair of sizes."""

import json
from base64 import b64decode
from pathlib import Path

import pytest

from sunlot.ledger import merkle, proofs, tree
from sunlot.ledger.checkpoint import open_checkpoint
from sunlot.ledger.errors import LedgerError
from sunlot.ledger.keys import read_verifier
from sunlot.ledger.note import parse_note

LOG = json.loads((Path(__file__).parents[1] / "data" / "signed_log.json").read_text())
KEY = read_verifier(LOG["key"])


def entries(size: int) -> list[bytes]:
    """The entries of a tile: each preceded by its length in two bytes (C2SP tlog-tiles)."""
    data, found = b64decode(LOG["entries"][str(size)]), []
    while data:
        length = int.from_bytes(data[:2], "big")
        found.append(data[2 : 2 + length])
        data = data[2 + length :]
    return found


def test_every_checkpoint_is_genuine_and_fits_its_entries() -> None:
    for size in range(16):
        checkpoint = open_checkpoint(parse_note(LOG["checkpoints"][str(size)]), [KEY])
        have = entries(size) if size else []
        assert (checkpoint.size, checkpoint.root) == (size, merkle.root(have))
        if size:
            assert b64decode(LOG["hashes"][str(size)]) == b"".join(map(merkle.leaf_hash, have))


def test_each_size_grows_out_of_every_smaller_one() -> None:
    get = tree.reader_of([merkle.leaf_hash(entry) for entry in entries(15)])
    roots = [open_checkpoint(parse_note(LOG["checkpoints"][str(size)]), [KEY]).root for size in range(16)]
    for size in range(16):
        for old in range(size + 1):
            proofs.verify_consistency(old, size, tree.consistency_proof(old, size, get), roots[old], roots[size])


@pytest.mark.parametrize(
    "old, new", [("\n15\n", "\n14\n"), ("rKbD", "rKbE"), ("example.com/log/testdata\n1", "example.com/log/other\n1")]
)
def test_an_altered_checkpoint_is_refused(old: str, new: str) -> None:
    whole = LOG["checkpoints"]["15"]
    assert old in whole
    with pytest.raises(LedgerError):
        open_checkpoint(parse_note(whole.replace(old, new, 1)), [KEY])
