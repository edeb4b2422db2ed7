"""Continuous scores: whole-number keys as others computed them, and a refusal where the chances would not hold."""

import json
from pathlib import Path

import pytest

from sunlot.draw.errors import DrawError
from sunlot.draw.pareto import CERTAIN, odd_number, pareto_key, pareto_order, pareto_sample, sps_key

KAT = json.loads((Path(__file__).resolve().parents[1] / "data" / "sampling" / "draw_kat.json").read_text())
SEED = "3f" * 32


def test_keys_equal_the_known_answers() -> None:
    for row in KAT["rows"]:
        assert odd_number(row["ticket_hex"]) == row["U"]
        assert pareto_key(row["ticket_hex"], row["pi_1e9"]) == int(row["key_pareto_int"])
        assert sps_key(row["ticket_hex"], row["w"], KAT["L"]) == int(row["key_sps"])


def test_the_six_drawn_are_the_known_six() -> None:
    order = pareto_order(KAT["seed"], {row["id"]: row["pi_1e9"] for row in KAT["rows"]})
    assert order[: KAT["n"]] == KAT["pareto_selected"]
    by_sps = sorted(KAT["rows"], key=lambda row: (sps_key(row["ticket_hex"], row["w"], KAT["L"]), row["ticket_hex"]))
    assert [row["id"] for row in by_sps[: KAT["n"]]] == KAT["sps_selected"]


def test_keys_stay_below_126_bits() -> None:
    assert pareto_key("f" * 64, 1).bit_length() <= 126
    assert pareto_key("0" * 64, CERTAIN - 1) >= 0


def test_too_few_firms_are_refused() -> None:
    with pytest.raises(DrawError, match="too_few_for_scores"):
        pareto_sample(SEED, {str(at): CERTAIN // 2 for at in range(38)}, 19)  # Σ chance·(1−chance) = 9.5
    assert len(pareto_sample(SEED, {str(at): CERTAIN // 2 for at in range(40)}, 20)) == 20  # exactly 10


def test_certain_firms_are_always_drawn_and_impossible_ones_never() -> None:
    chances = {str(at): CERTAIN // 2 for at in range(80)} | {"C1": CERTAIN, "C2": CERTAIN, "N1": 0}
    for seed in ("3f" * 32, "4a" * 32, "00" * 32):
        drawn = pareto_sample(seed, chances, 42)
        assert drawn[:2] == ["C1", "C2"]
        assert "N1" not in drawn
        assert len(set(drawn)) == 42


def test_the_order_of_the_firms_changes_nothing() -> None:
    chances = {str(at): 100_000_000 + at * 1_000_000 for at in range(200)}
    n = round(sum(chances.values()) / CERTAIN)
    chances["0"] += n * CERTAIN - sum(chances.values())
    assert pareto_sample(SEED, chances, n) == pareto_sample(SEED, dict(reversed(chances.items())), n)


@pytest.mark.parametrize(
    ("chance", "kind"), [(-1, "chance_malformed"), (CERTAIN + 1, "chance_malformed"), (5, "add_up")]
)
def test_impossible_chances_are_refused(chance: int, kind: str) -> None:
    with pytest.raises(DrawError, match=kind):
        pareto_sample(SEED, {str(at): chance for at in range(100)}, 50)
