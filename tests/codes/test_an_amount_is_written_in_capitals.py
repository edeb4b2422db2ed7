"""Every amount in capitals reads back as the same amount, and has the forms that banks accept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sunlot.codes.money import DIGITS, capital_yuan

UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def read(text: str) -> int:
    """Return the amount that a reader takes the words for."""
    total = section = digit = 0
    for letter in text.removesuffix("元整").replace("万亿", "兆"):
        if letter in DIGITS:
            digit = DIGITS.index(letter)
        elif letter in UNITS:
            section, digit = section + digit * UNITS[letter], 0
        else:
            total, section, digit = total + (section + digit) * {"万": 10**4, "亿": 10**8, "兆": 10**12}[letter], 0, 0
    return total + section + digit


@given(st.integers(0, 10**16 - 1))
def test_it_reads_back(yuan: int) -> None:
    text = capital_yuan(yuan)
    assert read(text) == yuan
    assert "零零" not in text and (yuan == 0 or "零元" not in text)


@pytest.mark.parametrize(
    ("yuan", "text"),
    [
        (0, "零元整"),
        (10, "壹拾元整"),
        (20000, "贰万元整"),
        (50500, "伍万零伍佰元整"),
        (105000, "壹拾万伍仟元整"),
        (100005000, "壹亿零伍仟元整"),
        (20001, "贰万零壹元整"),
    ],
)
def test_it_is_written_as_usual(yuan: int, text: str) -> None:
    assert capital_yuan(yuan) == text


def test_what_is_no_amount_is_refused() -> None:
    with pytest.raises(ValueError, match="not an amount"):
        capital_yuan(-1)
