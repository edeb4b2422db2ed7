"""Rounding keeps every expectation exactly, and every level of the hierarchy within one."""

from fractions import Fraction
from math import ceil, floor

from hypothesis import given, settings
from hypothesis import strategies as some

from sunlot.draw.quotas import order_of_cells, rounding_frame, spread_out, water_fill

fractions = some.fractions(min_value=0, max_value=30, max_denominator=12)
paths = some.tuples(some.sampled_from("甲乙丙"), some.sampled_from("01"), some.sampled_from("东西南")).map("/".join)


@settings(max_examples=60, deadline=None)
@given(some.dictionaries(paths, fractions, min_size=1, max_size=8), some.integers(0, 2**64))
def test_the_mean_over_every_t_is_the_quota_and_nodes_stay_within_one(quotas: dict[str, Fraction], number: int) -> None:
    fractional, denominator = rounding_frame(quotas)
    order = order_of_cells(fractional, f"{number:064x}")
    totals = dict.fromkeys(fractional, 0)
    for t in range(denominator):
        numbers = spread_out(quotas, order, denominator, t)
        for depth in (0, 1, 2, 3):
            nodes: dict[tuple[str, ...], list[str]] = {}
            for path in fractional:
                nodes.setdefault(tuple(path.split("/")[:depth]), []).append(path)
            for members in nodes.values():
                expected = sum((quotas[path] for path in members), Fraction(0))
                assert floor(expected) <= sum(numbers[path] for path in members) <= ceil(expected)
        for path in fractional:
            totals[path] += numbers[path]
    assert all(Fraction(totals[path], denominator) == quotas[path] for path in fractional)


@settings(max_examples=100, deadline=None)
@given(some.lists(some.tuples(some.integers(0, 50), some.integers(1, 10)), min_size=1, max_size=8), some.data())
def test_water_filling_spends_the_budget_and_overfills_nobody(
    sizes: list[tuple[int, int]], data: some.DataObject
) -> None:
    cells = {str(at): (size, Fraction(weight)) for at, (size, weight) in enumerate(sizes)}
    budget = data.draw(some.integers(0, sum(size for size, _ in sizes)))
    quotas = water_fill(budget, cells, "")
    assert sum(quotas.values()) == budget
    assert all(0 <= quotas[path] <= cells[path][0] for path in cells)
    open_rates = {quotas[p] / (cells[p][0] * cells[p][1]) for p in cells if cells[p][0] and quotas[p] < cells[p][0]}
    assert len(open_rates) <= 1
