"""Workdays of a year and between two days follow the holiday notices, make-up days included."""

from datetime import date

import pytest

from sunlot.codes.holiday_table import HolidayError
from sunlot.codes.workdays import is_workday, statutory_workdays, workdays_between, workdays_of_year


def test_a_holiday_is_off_and_the_saturday_that_makes_up_for_it_is_worked() -> None:
    assert not is_workday(date(2026, 2, 16))
    assert is_workday(date(2026, 2, 14))


def test_a_notice_reaches_into_the_year_before_it() -> None:
    assert not is_workday(date(2022, 12, 31))


def test_both_ends_are_counted() -> None:
    assert workdays_between(date(2026, 9, 30), date(2026, 10, 10)).count == 4
    assert workdays_between(date(2026, 9, 30), date(2026, 9, 30)).count == 1
    assert workdays_between(date(2026, 10, 2), date(2026, 10, 1)).count == 0


@pytest.mark.parametrize(("year", "days"), [(2023, 249), (2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_as_many_workdays_as_days_less_weekends_less_statutory_holidays(year: int, days: int) -> None:
    assert statutory_workdays(year) == days


def test_the_holiday_tables_give_a_year_by_its_calendar_days() -> None:
    assert [workdays_of_year(year).count for year in (2024, 2025, 2026)] == [251, 248, 248]


def test_the_year_2027_is_reckoned_by_law_before_its_notice_is_out() -> None:
    assert statutory_workdays(2027) == 365 - 104 - 13


def test_a_year_before_the_regulation_is_refused() -> None:
    with pytest.raises(HolidayError, match="2007 年"):
        statutory_workdays(2007)
