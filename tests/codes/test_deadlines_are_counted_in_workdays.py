"""A period of n workdays starts the day after the event and ends on its n-th workday (行政处罚法第85条)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sunlot.codes.holiday_table import HolidayError
from sunlot.codes.workdays import add_workdays, is_workday, workdays_between


@pytest.mark.parametrize(
    ("event", "n", "last"),
    [
        (date(2026, 9, 30), 7, date(2026, 10, 15)),  # over National Day and its worked Saturday, 10 October
        (date(2026, 2, 13), 3, date(2026, 2, 25)),  # over the Spring Festival, from the worked Saturday, 14 February
        (date(2026, 3, 2), 20, date(2026, 3, 30)),
        (date(2024, 12, 31), 1, date(2025, 1, 2)),
    ],
)
def test_the_last_day_of_a_period(event: date, n: int, last: date) -> None:
    deadline = add_workdays(event, n)
    assert deadline.day == last
    assert deadline.note == ""


@given(st.dates(date(2023, 1, 1), date(2026, 10, 1)), st.integers(1, 60))
def test_a_period_holds_exactly_its_workdays_and_ends_on_one(event: date, n: int) -> None:
    last = add_workdays(event, n).day
    assert is_workday(last)
    assert workdays_between(event, last).count == n + is_workday(event)


def test_a_period_of_no_days_is_refused() -> None:
    with pytest.raises(HolidayError, match="至少为 1 个工作日"):
        add_workdays(date(2026, 3, 2), 0)
