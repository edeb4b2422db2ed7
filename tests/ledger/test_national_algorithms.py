"""SM3 and SM2: the standard's own vectors, and an independent implementation in both directions."""

import json
from pathlib import Path

import gmalg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sunlot.ledger import sm2
from sunlot.ledger.suites import sm3

GM = json.loads((Path(__file__).parents[1] / "data" / "gm.json").read_text())
SIGN = GM["sm2_sign"]
SECRET = bytes.fromhex(SIGN["d"])
KEY = bytes.fromhex(SIGN["x"] + SIGN["y"])
SIGNATURE = bytes.fromhex(SIGN["r"] + SIGN["s"])


def test_sm3_known_answers() -> None:
    for message, digest in GM["sm3"]["vectors"]:
        assert sm3(bytes.fromhex(message)).hex() == digest


def test_sm2_known_answer_both_ways() -> None:
    message, identity = SIGN["msg"].encode(), SIGN["id"].encode()
    assert sm2.public_key(SECRET) == KEY
    assert sm2.sign(SECRET, message, identity, nonce=int(SIGN["k"], 16)) == SIGNATURE
    assert sm2.verify(KEY, message, SIGNATURE, identity)
    assert not sm2.verify(KEY, message + b".", SIGNATURE, identity)
    assert not sm2.verify(KEY, message, SIGNATURE, b"another identity")


@settings(max_examples=12, deadline=None)
@given(st.integers(1, sm2.N - 2), st.binary(max_size=200))
def test_another_implementation_agrees(secret: int, message: bytes) -> None:
    own = secret.to_bytes(32, "big")
    key = sm2.public_key(own)
    theirs = gmalg.SM2(own, sm2.IDENTITY, b"\4" + key)
    signature = sm2.sign(own, message)
    assert theirs.verify(message, signature[:32], signature[32:])
    assert sm2.verify(key, message, b"".join(half.rjust(32, b"\0") for half in theirs.sign(message)))
    hasher = gmalg.SM3()
    hasher.update(message)
    assert hasher.value() == sm3(message)


@pytest.mark.parametrize(
    "r, s",
    [(0, 1), (1, 0), (sm2.N, 1), (1, sm2.N), (1, sm2.N - 1)],
    ids=["r zero", "s zero", "r too large", "s too large", "sum zero"],
)
def test_degenerate_signatures_are_refused(r: int, s: int) -> None:
    assert not sm2.verify(KEY, b"message", r.to_bytes(32, "big") + s.to_bytes(32, "big"))


def test_a_key_off_the_curve_is_refused() -> None:
    assert not sm2.verify(KEY[:63] + bytes([KEY[63] ^ 1]), SIGN["msg"].encode(), SIGNATURE)
