"""Every day of every year that ships with us is a workday here exactly when the chinesecalendar package says so."""

from datetime import date, timedelta

import chinese_calendar  # type: ignore[import-untyped, unused-ignore]
import pytest

from sunlot.codes.workdays import is_workday, shipped_calendar


@pytest.mark.parametrize("year", sorted(shipped_calendar().tables))
def test_every_day_of_the_year_agrees(year: int) -> None:
    first = date(year, 1, 1)
    days = [first + timedelta(step) for step in range((date(year, 12, 31) - first).days + 1)]
    assert [day for day in days if is_workday(day) != chinese_calendar.is_workday(day)] == []


def test_each_table_names_the_notice_it_comes_from() -> None:
    for year, table in shipped_calendar().tables.items():
        assert f"国务院办公厅关于{year}年部分节假日安排的通知（国办发明电〔{year - 1}〕" in table.source
