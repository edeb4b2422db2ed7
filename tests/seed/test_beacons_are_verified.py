"""A real drand beacon is accepted, and nothing that differs from it in one bit."""

from typing import Any

import pytest

from sunlot.draw.beacon import CHAINS, chain_of, time_of, verify
from sunlot.draw.errors import DrawError

from .conftest import DEFAULT, QUICKNET

Beacon = dict[str, Any]


def refused(chain: str, number: int, signature: str, previous: str = "") -> str:
    with pytest.raises(DrawError) as caught:
        verify(chain, number, signature, previous)
    return caught.value.kind


def test_every_real_beacon_of_a_pinned_chain_verifies(ours: list[Beacon]) -> None:
    assert len(ours) == 5
    for beacon in ours:
        found = verify(beacon["chain"], beacon["round"], beacon["signature"], beacon["previous"])
        assert found == beacon["randomness"]


def test_a_real_beacon_of_another_network_is_refused(beacons: list[Beacon]) -> None:
    others = [beacon for beacon in beacons if beacon["chain"] not in CHAINS]
    assert [beacon["name"] for beacon in others] == ["testnet-unchained"]
    for beacon in others:
        assert refused(beacon["chain"], beacon["round"], beacon["signature"]) == "unknown_chain"


def test_both_chain_hashes_follow_from_the_pinned_parameters() -> None:
    assert {chain_of(digest).hash for digest in (QUICKNET, DEFAULT)} == {QUICKNET, DEFAULT}


def test_a_flipped_bit_is_refused(ours: list[Beacon]) -> None:
    for beacon in ours:
        bits = len(beacon["signature"]) * 4
        for bit in [*range(8), *range(8, bits, 61), bits - 1]:
            forged = int(beacon["signature"], 16) ^ (1 << (bits - 1 - bit))
            kind = refused(beacon["chain"], beacon["round"], f"{forged:0{bits // 4}x}", beacon["previous"])
            assert kind == "beacon_forged"


def test_another_round_is_refused(ours: list[Beacon]) -> None:
    for beacon in ours:
        kind = refused(beacon["chain"], beacon["round"] + 1, beacon["signature"], beacon["previous"])
        assert kind == "beacon_forged"


def test_another_chain_is_refused(ours: list[Beacon]) -> None:
    for beacon in ours:
        other = DEFAULT if beacon["chain"] == QUICKNET else QUICKNET
        assert refused(other, beacon["round"], beacon["signature"]) == "beacon_forged"


def test_a_swapped_previous_signature_is_refused(ours: list[Beacon]) -> None:
    chained = [beacon for beacon in ours if beacon["chain"] == DEFAULT]
    for beacon, other in zip(chained, [*chained[1:], chained[0]], strict=True):
        for previous in (other["previous"], other["signature"], ""):
            assert refused(DEFAULT, beacon["round"], beacon["signature"], previous) == "beacon_forged"


@pytest.mark.parametrize("first", ["c0", "e0", "40", "00"])
def test_the_point_at_infinity_is_refused(first: str) -> None:
    assert refused(QUICKNET, 5, first + "00" * 47) == "beacon_forged"
    assert refused(DEFAULT, 5, first + "00" * 95, "00" * 96) == "beacon_forged"


def test_a_wrong_length_is_refused(ours: list[Beacon]) -> None:
    for beacon in ours:
        mark = beacon["signature"]
        for wrong in (mark[:-2], mark + "00", mark[:-1], ""):
            assert refused(beacon["chain"], beacon["round"], wrong, beacon["previous"]) == "beacon_forged"


def test_a_round_has_its_time() -> None:
    assert time_of(QUICKNET, 1) == "2023-08-23T15:09:27Z"
    assert time_of(QUICKNET, 2) == "2023-08-23T15:09:30Z"
    assert time_of(DEFAULT, 2) == "2020-07-22T15:18:00Z"
