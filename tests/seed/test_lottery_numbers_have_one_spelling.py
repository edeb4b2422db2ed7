"""Whatever way a person types drawn numbers, the seed has one spelling of them, and another for another draw."""

from itertools import combinations
from math import comb
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sunlot.draw.errors import DrawError
from sunlot.draw.lotteries import GAMES, canonical_numbers

SSQ = "03,07,12,19,25,31+09"


@pytest.mark.parametrize(
    "typed",
    [
        "3 7 12 19 25 31 + 9",
        "31,25,19,12,7,3+9",
        "３，７，１２，１９，２５，３１＋９",
        "03、07、12、19、25、31|09",
        SSQ,
    ],
)
def test_many_spellings_become_one(typed: str) -> None:
    assert canonical_numbers("ssq", typed) == SSQ


def test_real_draws_keep_their_numbers_in_any_order(lotteries: list[dict[str, Any]]) -> None:
    for draw in lotteries:
        typed = " ".join(map(str, draw["main"])) + f"+{draw['special']}"
        expected = ",".join(f"{number:02d}" for number in draw["main"]) + f"+{draw['special']:02d}"
        assert canonical_numbers("ssq", typed) == expected
        if draw["drawn_order"]:
            assert canonical_numbers("ssq", draw["drawn_order"].replace("-", ",") + f"+{draw['special']}") == expected


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("ssq", "3 7 12 19 25 34+9"),
        ("ssq", "0 7 12 19 25 31+9"),
        ("ssq", "3 7 12 19 25 31+17"),
        ("ssq", "3 3 12 19 25 31+9"),
        ("ssq", "3 7 12 19 25 31"),
        ("ssq", ""),
        ("qlc", "1 2 3 4 5 6 7+7"),
        ("kl8", "1 2 3"),
        ("3d", "1 2"),
        ("pl5", "1 2 3 4 5 6"),
        ("3d", "-1 2 3"),
    ],
)
def test_impossible_numbers_are_refused(kind: str, typed: str) -> None:
    with pytest.raises(DrawError, match=GAMES[kind].title):
        canonical_numbers(kind, typed)


def test_digits_keep_their_drawn_order() -> None:
    assert canonical_numbers("3d", "2 0 1") == canonical_numbers("3d", "201") == "2,0,1"


def test_whole_bits_never_exceed_the_outcomes() -> None:
    outcomes = {"ssq": comb(33, 6) * 16, "dlt": comb(35, 5) * comb(12, 2), "qlc": comb(30, 7) * 23}
    outcomes |= {"kl8": comb(80, 20), "3d": 10**3, "pl5": 10**5}
    for kind, game in GAMES.items():
        assert 2**game.bits <= outcomes[kind] < 2 ** (game.bits + 1)


ssq_values = st.tuples(st.sampled_from(list(combinations(range(1, 34), 6))[::997]), st.integers(1, 16))


@given(ssq_values, ssq_values)
def test_the_spelling_is_injective(one: tuple[tuple[int, ...], int], other: tuple[tuple[int, ...], int]) -> None:
    def spell(value: tuple[tuple[int, ...], int]) -> str:
        return canonical_numbers("ssq", f"{' '.join(map(str, value[0]))}+{value[1]}")

    assert (spell(one) == spell(other)) == (one == other)


@given(st.text("0123456789", min_size=5, max_size=5), st.text("0123456789", min_size=5, max_size=5))
def test_the_spelling_of_digits_is_injective(one: str, other: str) -> None:
    assert (canonical_numbers("pl5", one) == canonical_numbers("pl5", other)) == (one == other)
