"""Any two of three shares restore the nonce; one alone says nothing; a mistyped one is named."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sunlot.draw.errors import DrawError
from sunlot.draw.nonce import combine, split_nonce

secrets = st.binary(min_size=32, max_size=32).map(bytes.hex)


@given(st.lists(secrets, min_size=3, max_size=3, unique=True))
def test_any_two_restore_it(three: list[str]) -> None:
    nonce, *fresh = three
    for pair in permutations(split_nonce(nonce, fresh), 2):
        assert combine(pair) == nonce


def test_the_same_share_twice_is_too_few() -> None:
    shares = split_nonce("5a" * 32, ["1b" * 32, "2c" * 32])
    for share in shares:
        with pytest.raises(DrawError, match="不同的两份"):
            combine([share, share])


def test_one_share_leaves_every_value_of_a_byte_possible() -> None:
    """Each share lacks one pad; by xor, every nonce fits one value of it: all 256 of the first byte."""
    nonce = "5a" * 32
    for share in split_nonce(nonce, ["1b" * 32, "2c" * 32]):
        held = dict(word.split(":") for word in share.split()[2:4])
        assert len(held) == 2
        one, other = (int(pad[:2], 16) for pad in held.values())
        assert {one ^ other ^ lacking for lacking in range(256)} == set(range(256))


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_mistyped_share_is_named(number: int) -> None:
    shares = split_nonce("5a" * 32, ["1b" * 32, "2c" * 32])
    share = shares[number - 1]
    for place in range(share.index(":") + 1, len(share), 7):
        wrong = share[:place] + ("0" if share[place] != "0" else "1") + share[place + 1 :]
        with pytest.raises(DrawError, match=f"份额 {number}/3"):
            combine([wrong, shares[number % 3]])
