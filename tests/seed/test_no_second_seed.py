"""Ways to a second seed, a source known already, or two spellings of one beacon: each is refused."""

from typing import Any

import pytest

from sunlot.draw.beacon import first_round_after, time_of, verify
from sunlot.draw.errors import DrawError
from sunlot.draw.nonce import combine, commit_nonce, split_nonce
from sunlot.draw.seed import check_seed_record, public_part, record_sources, seed_record
from sunlot.draw.sources import check_sources

from .conftest import QUICKNET

Thing = dict[str, Any]
NONCE = "5a" * 32
NOTICE_HASH = "a" * 64


@pytest.fixture
def secret(notice: Thing) -> Thing:
    return {**notice, "secret": True, "nonce_commit": commit_nonce(notice["draw"], "firms", NONCE)}


@pytest.mark.parametrize("nonce", ["", NONCE.upper(), NONCE + "|"])
def test_an_unannounced_draw_cannot_leave_its_nonce_out(secret: Thing, evidence: Thing, nonce: str) -> None:
    record = seed_record(secret, NOTICE_HASH, nonce, record_sources(secret, [evidence]))
    with pytest.raises(DrawError) as caught:
        check_seed_record(secret, NOTICE_HASH, record)
    assert caught.value.kind == "nonce_differs"


def test_a_damaged_record_is_refused_with_a_sentence(secret: Thing, evidence: Thing) -> None:
    record = public_part(seed_record(secret, NOTICE_HASH, NONCE, record_sources(secret, [evidence])))
    without = {key: value for key, value in record.items() if key != "nonce"}
    for damaged in (without, {**record, "sources": []}, {**record, "sources": [{}]}, {**record, "sources": "x"}):
        with pytest.raises(DrawError) as caught:
            check_seed_record(secret, NOTICE_HASH, damaged)
        assert caught.value.kind == "seed_differs"


@pytest.mark.parametrize(
    "moment", ["２０２０-03-03T13:15:00Z", "2026-13-45T99:99:99Z", "2026-02-30T00:00:00Z", "", None]
)
def test_a_time_that_is_none_cannot_pass_as_later(moment: Any) -> None:
    with pytest.raises(DrawError) as caught:
        check_sources([{"kind": "ssq", "issue": "2020018", "known_at": moment}], "2026-03-01T00:00:00Z")
    assert caught.value.kind == "source_malformed"


def test_an_issue_is_text() -> None:
    with pytest.raises(DrawError) as caught:
        check_sources([{"kind": "ssq", "issue": 2026023, "known_at": "2026-03-03T13:15:00Z"}], "2026-03-01T00:00:00Z")
    assert caught.value.kind == "source_malformed"


def test_a_reveal_is_absent_or_has_a_value_but_not_both(notice: Thing, evidence: Thing) -> None:
    source = {"kind": "reveal", "participant": "p1", "commit": "a" * 64}
    both = {**notice, "sources": [source, *notice["sources"]]}
    for given, kind in (({"absent": True, "value": "7"}, "reveal_malformed"), ({}, "source_missing")):
        with pytest.raises(DrawError) as caught:
            record_sources(both, [{"kind": "reveal", **given}, evidence])
        assert caught.value.kind == kind


def test_a_beacon_has_one_spelling(ours: list[Thing]) -> None:
    for beacon in ours:
        mark, previous = beacon["signature"], beacon["previous"]
        spellings = [(mark.upper(), previous), (f"{mark[:8]} {mark[8:]}", previous), (mark + "\n", previous)]
        spellings.append((mark, previous.upper()) if previous else (mark, "aa"))
        for one, before in spellings:
            with pytest.raises(DrawError) as caught:
                verify(beacon["chain"], beacon["round"], one, before)
            assert caught.value.kind == "beacon_forged"


@pytest.mark.parametrize("number", [0, -1, True, "5", 1.0, 10**18])
def test_a_round_is_a_positive_whole_number(number: Any) -> None:
    with pytest.raises(DrawError) as caught:
        time_of(QUICKNET, number)
    assert caught.value.kind == "beacon_malformed"


def test_the_first_round_after_a_time_is_strictly_later() -> None:
    for time in ("2020-01-01T00:00:00Z", "2023-08-23T15:09:26Z"):
        assert first_round_after(QUICKNET, time) == 1
    for time in ("2023-08-23T15:09:27Z", "2023-08-23T15:09:29Z", "2026-03-01T00:00:00Z"):
        number = first_round_after(QUICKNET, time)
        assert time_of(QUICKNET, number) > time >= time_of(QUICKNET, number - 1)


def test_shares_of_two_draws_do_not_combine() -> None:
    one, other = (split_nonce(NONCE, [pad * 32, "2c" * 32]) for pad in ("1b", "3d"))
    for first in range(3):
        for second in range(3):
            with pytest.raises(DrawError):
                combine([one[first], split_nonce("77" * 32, ["4e" * 32, "5f" * 32])[second]])
    assert combine([one[0], one[1]]) == combine([other[0], other[1]]) == NONCE


def test_a_malformed_secret_is_not_split() -> None:
    for fresh in (["1b", "2c"], ["1b" * 32], ["zz" * 32, "2c" * 32]):
        with pytest.raises(DrawError):
            split_nonce(NONCE, fresh)


def test_a_share_with_another_number_is_mistyped() -> None:
    shares = split_nonce(NONCE, ["1b" * 32, "2c" * 32])
    with pytest.raises(DrawError, match="份额 2/3"):
        combine([shares[0].replace("1/3", "2/3"), shares[1]])
