"""What a notice may name as its seed sources."""

import pytest

from sunlot.draw.errors import DrawError
from sunlot.draw.lotteries import GAMES, canonical_numbers
from sunlot.draw.nonce import combine, split_nonce
from sunlot.draw.sources import check_sources, commit_reveal, grade

NOW = "2026-03-01T00:00:00Z"
SSQ = {"kind": "ssq", "issue": "2026023", "known_at": "2026-03-03T13:15:00Z"}
DLT = {"kind": "dlt", "issue": "26022", "known_at": "2026-03-04T13:30:00Z"}
DICE = {"kind": "hand", "label": "dice", "bits": 66, "known_at": "2026-03-02T02:00:00Z"}
ENVELOPE = {"kind": "reveal", "participant": "p1", "commit": "0" * 64, "known_at": "2026-03-02T01:00:00Z"}


@pytest.mark.parametrize(("sources", "kind"), [
    ([], "source_missing"),
    ([{**SSQ, "known_at": NOW}], "source_too_early"),
    ([{"kind": "typed", "known_at": "2026-03-03T13:15:00Z"}], "source_unknown"),
    ([{"kind": "3d", "issue": "2026050", "known_at": "2026-03-03T13:15:00Z"}], "too_little_chance"),
    ([{**ENVELOPE, "known_at": "2026-03-09T01:00:00Z"}, SSQ], "last_source_controlled"),
    ([{**DICE, "known_at": "2026-03-09T01:00:00Z"}, SSQ], "last_source_controlled"),
    ([ENVELOPE], "too_little_chance"),
    ([SSQ, SSQ], "source_twice"),
    ([{**SSQ, "issue": ""}], "source_malformed"),
    ([{**ENVELOPE, "commit": "x"}, SSQ], "source_malformed"),
])  # fmt: skip
def test_bad_sources_are_refused(sources: list, kind: str) -> None:  # type: ignore[type-arg]
    with pytest.raises(DrawError) as refusal:
        check_sources(sources, NOW)
    assert refusal.value.kind == kind


def test_good_sources_and_their_grades() -> None:
    for sources, cosigned, expected in (
        ([SSQ, DLT], True, "甲"),
        ([SSQ, DLT], False, "乙"),
        ([ENVELOPE, DICE, SSQ], True, "乙"),
        ([ENVELOPE, DICE], True, "丙"),
    ):
        check_sources(sources, NOW)
        assert grade(sources, cosigned) == expected


def test_bits_nobody_controls() -> None:
    assert {name: game.bits for name, game in GAMES.items()} == {
        "ssq": 24,
        "dlt": 24,
        "qlc": 25,
        "kl8": 61,
        "3d": 9,
        "pl5": 16,
    }


@pytest.mark.parametrize(
    "typed", ["3 7 12 19 25 31 + 9", "31，25、19,12,07,03+09", "０３ 07 12 19 25 31 | 9", "3 7 12 19 25 31 9"]
)
def test_numbers_are_spelt_in_one_way(typed: str) -> None:
    assert canonical_numbers("ssq", typed) == "03,07,12,19,25,31+09"


@pytest.mark.parametrize(
    "typed", ["3 7 12 19 25 + 9", "3 3 12 19 25 31 + 9", "3 7 12 19 25 34 + 9", "3 7 12 19 25 31 + 17", "abc", ""]
)
def test_wrong_numbers_are_refused(typed: str) -> None:
    with pytest.raises(DrawError, match="lottery_numbers"):
        canonical_numbers("ssq", typed)


def test_any_two_shares_restore_the_nonce_and_a_typing_error_is_named() -> None:
    nonce, shares = "7f" * 32, split_nonce("7f" * 32, ["12" * 32, "9a" * 32])
    assert {combine([shares[i], shares[j]]) for i, j in ((0, 1), (1, 2), (2, 0))} == {nonce}
    assert not any(nonce in share for share in shares)
    with pytest.raises(DrawError, match="shares_too_few"):
        combine([shares[0], shares[0]])
    with pytest.raises(DrawError, match="share_mistyped"):
        combine([shares[0], shares[1].replace("9a", "9b", 1)])


def test_an_envelope_cannot_be_copied() -> None:
    assert len({commit_reveal(draw, stage, who, "42") for draw in "ab" for stage in "ft" for who in ("p1", "p2")}) == 8
