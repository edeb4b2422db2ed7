"""Inclusion and joint probabilities of small designs, exactly, over every t, every order of cells and every order of tickets."""

import json
from collections import Counter
from fractions import Fraction
from itertools import combinations, permutations, product
from math import comb
from pathlib import Path

import pytest

from sunlot.draw.quotas import rounding_frame, spread_out, water_fill

DATA = Path(__file__).resolve().parents[1] / "data" / "sampling"


def design(cells: dict[str, list[int]], quotas: dict[str, Fraction]) -> dict[frozenset[int], Fraction]:
    """Return every sample's probability: one t uniform, cells in a uniformly random order, simple random samples within."""
    fractional, denominator = rounding_frame(quotas)
    orders = list(permutations(fractional))
    samples: Counter[frozenset[int]] = Counter()
    for order in orders:
        for t in range(denominator or 1):
            numbers = {path: int(q) for path, q in quotas.items() if q.denominator == 1} | spread_out(
                quotas, list(order), denominator, t
            )
            within = [list(combinations(ids, numbers[path])) for path, ids in cells.items()]
            weight = Fraction(1, len(orders) * (denominator or 1))
            for path, ids in cells.items():
                weight /= comb(len(ids), numbers[path])
            for choice in product(*within):
                samples[frozenset(unit for part in choice for unit in part)] += weight
    return samples


@pytest.mark.parametrize("name", ["cell_N10_n1_w124", "cell_N8_n3_w125", "cell_N7_n2_w13", "srs_N5_n2", "srs_N8_n3"])
def test_every_sample_has_its_exact_probability(name: str) -> None:
    case = json.loads((DATA / f"{name}.json").read_text())
    cells: dict[str, list[int]] = {}
    for unit, chance in enumerate(case["target_pi"]):
        cells.setdefault(chance, []).append(unit)
    weights = {chance: (len(ids), Fraction(chance)) for chance, ids in cells.items()}
    samples = design(cells, water_fill(case["n"], weights, ""))
    assert {tuple(sorted(sample)): str(p) for sample, p in samples.items() if p} == {
        tuple(s): p for s, p in case["samples"]
    }
    for i, j in product(range(case["N"]), repeat=2):
        assert sum(p for sample, p in samples.items() if {i, j} <= sample) == Fraction(case["joint"][i][j])


def test_two_rounds_without_repetition_are_one_sample() -> None:
    case = json.loads((DATA / "two_rounds_N6_2_2.json").read_text())
    samples: Counter[tuple[int, ...]] = Counter()
    for first in combinations(range(6), 2):
        for second in combinations(sorted(set(range(6)) - set(first)), 2):
            samples[tuple(sorted(first + second))] += Fraction(1, comb(6, 2) * comb(4, 2))
    assert {sample: str(p) for sample, p in samples.items()} == {tuple(s): p for s, p in case["samples"]}


def test_a_fixed_step_would_leave_pairs_that_can_never_meet() -> None:
    case = json.loads((DATA / "systematic_tille6.json").read_text())
    assert any(Fraction(case["joint"][i][j]) == 0 for i, j in combinations(range(6), 2))
