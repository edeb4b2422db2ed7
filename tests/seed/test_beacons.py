"""Real drand beacons verify; anything else is refused."""

import json
from pathlib import Path

import pytest

from sunlot.draw import beacon
from sunlot.draw.errors import DrawError

BEACONS = json.loads((Path(__file__).resolve().parents[1] / "data" / "beacons.json").read_text())
PINNED = [entry for entry in BEACONS if entry["chain_hash"] in beacon.CHAINS]


@pytest.mark.parametrize("entry", PINNED, ids=lambda entry: f"{entry['chain']}-{entry['round']}")
def test_real_beacons_verify(entry: dict) -> None:  # type: ignore[type-arg]
    assert (
        beacon.verify(entry["chain_hash"], entry["round"], entry["sig"], entry.get("prev") or "")
        == entry["randomness_sha256_of_sig"]
    )


@pytest.mark.parametrize("entry", PINNED, ids=lambda entry: f"{entry['chain']}-{entry['round']}")
def test_forgeries_are_refused(entry: dict) -> None:  # type: ignore[type-arg]
    other = next(chain for chain in beacon.CHAINS if chain != entry["chain_hash"])
    previous = entry.get("prev") or ""
    size = len(entry["sig"])
    flipped = [f"{int(entry['sig'], 16) ^ (1 << bit):0{size}x}" for bit in (0, 7, 100, 250, 377)]
    wrong = [
        (entry["chain_hash"], entry["round"], signature, previous)
        for signature in [*flipped, "", "zz", "c0" + "00" * (size // 2 - 1), entry["sig"][:-2]]
    ]
    wrong += [
        (entry["chain_hash"], entry["round"] + 1, entry["sig"], previous),
        (other, entry["round"], entry["sig"], previous),
    ]
    for chain, number, signature, before in wrong:
        with pytest.raises(DrawError, match="beacon_forged"):
            beacon.verify(chain, number, signature, before)


def test_both_pinned_chains_have_the_hash_of_their_parameters() -> None:
    assert sorted(chain.name for chain in beacon.CHAINS.values()) == ["default", "quicknet"]


def test_other_chains_are_refused() -> None:
    with pytest.raises(DrawError, match="unknown_chain"):
        beacon.verify("7672797f548f3f4748ac4bf3352fc6c6b6468c9ad40ad456a397545c6e2df5bf", 1, "00")
