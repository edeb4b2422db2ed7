"""The last day, the last visit, the last firm: each rule on both sides of its edge."""

from fractions import Fraction
from typing import Any

import pytest

from helpers import firm, notice, policy, rule
from sunlot.draw.errors import DrawError
from sunlot.draw.quotas import spread_out
from sunlot.draw.selection import draw_firms

SEED = "3f" * 32


def firms(n: int, **changes: str) -> list[dict[str, str]]:
    return [firm(f"REG15-{at:015d}", **changes) for at in range(n)]


def quota(rows: list[dict[str, str]], rules: dict[str, Any]) -> list[int]:
    found: list[int] = notice(rows, rules)[0]["cells"][0]["quota"]
    return found


def test_the_gap_ends_on_its_thirtieth_day() -> None:
    rows = [
        firm("REG15-000000000000001", last_visit="2026-01-31"),
        firm("REG15-000000000000002", last_visit="2026-02-01"),
    ]
    assert notice(rows, policy(rule(gap=30)))[0]["excluded"] == [{"count": 1, "reason": "gap"}]


def test_the_cap_is_reached_by_its_last_visit_and_zero_is_no_cap() -> None:
    rows = [firm("REG15-000000000000001", visits="1"), firm("REG15-000000000000002", visits="2")]
    assert notice(rows, policy(rule(cap=2)))[0]["excluded"] == [{"count": 1, "reason": "cap"}]
    assert notice(rows, policy(rule(cap=0)))[0]["excluded"] == []


@pytest.mark.parametrize(
    ("direction", "expected"), [("random", [5, 2]), ("ceil", [3, 1]), ("floor", [2, 1]), ("all", [25, 1])]
)
def test_a_duty_rounds_up_and_a_limit_rounds_down(direction: str, expected: list[int]) -> None:
    assert quota(firms(25), policy(rule(direction=direction))) == expected


def test_intensity_multiplies_the_chance_up_to_certainty() -> None:
    rows = firms(4, intensity="2", intensity_until="2027-01-01")
    assert quota(rows, policy(rule(rate=[1, 8]))) == [3, 2]
    assert quota(rows, policy(rule(rate=[1, 2]))) == [4, 1]


def test_the_second_round_catches_up_with_the_yearly_rate_and_never_below_nothing() -> None:
    second = {"rounds": 2, "round": 2}
    raised = firms(4, intensity="1", intensity_until="2027-01-01")
    drawn = [firm("REG15-900000000000001", intensity="1", intensity_until="2027-01-01", drawn="x")]
    assert quota(raised + drawn, policy(rule(rate=[1, 1]), **second)) == [4, 1]
    assert quota([*firms(9), firm("REG15-900000000000001", drawn="x")], policy(rule(rate=[1, 5]), **second)) == [1, 1]
    assert quota([*firms(1), firm("REG15-900000000000001", drawn="x")], policy(rule(rate=[1, 5]), **second)) == [0, 1]


@pytest.mark.parametrize(("rate", "reserves"), [([1, 1], 0), ([13, 20], 5), ([1, 2], 3), ([1, 10], 3)])
def test_reserves_are_a_part_rounded_up_at_least_three_and_never_more_than_are_left(
    rate: list[int], reserves: int
) -> None:
    rules = policy(rule(rate=rate), reserves={"least": 3, "part": [1, 3]})
    made, rows = notice(firms(10) if rate[1] < 20 else firms(20), rules)
    assert draw_firms(made, "n", rows, SEED)["cells"][0]["reserves"] == reserves


def test_where_nobody_is_selected_there_are_no_reserves() -> None:
    made, rows = notice(firms(5), policy(rule(direction="floor")))
    assert draw_firms(made, "n", rows, SEED)["cells"] == [
        {"cell": "一般/0", "count": 5, "cutoff": "", "reserves": 0, "selected": 0}
    ]


def test_t_is_added_before_dividing_and_neither_more_nor_less() -> None:
    quotas = {"a": Fraction(1, 4), "b": Fraction(1, 2)}
    drawn = [spread_out(quotas, ["a", "b"], 4, t) for t in range(4)]
    assert drawn == [{"a": 0, "b": 0}, {"a": 0, "b": 1}, {"a": 0, "b": 1}, {"a": 1, "b": 0}]


def test_cells_that_do_not_follow_from_the_roster_are_refused() -> None:
    made, rows = notice(firms(10), policy())
    with pytest.raises(DrawError, match="cells_differ"):
        draw_firms(made, "n", rows[1:], SEED)


def test_nobody_eligible_counts_every_reason() -> None:
    with pytest.raises(DrawError, match=r"drawn 2 户、status 3 户.*nobody_eligible"):
        rows = firms(2, drawn="x") + [firm(f"REG15-90000000000000{at}", status="注销") for at in range(3)]
        notice(rows, policy())
