"""The workdays of a year as a clerk checks them: month by month, with every day off and every weekend day worked, and who says so."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from sunlot.codes.holiday_table import HolidayTable
from sunlot.codes.workdays import Workdays, shipped_calendar, statutory_workdays, workdays_between, workdays_of_year


@dataclass(frozen=True)
class Holiday:
    """One holiday: first and last day off, and the weekend days worked for it."""

    name: str
    first: date
    last: date
    worked: tuple[date, ...]


@dataclass(frozen=True)
class Yearbook:
    """`statutory` is what plans reckon with; `actual` counts by the holiday table, or by weekends alone while there is none."""

    year: int
    length: int
    weekends: int
    statutory: int
    actual: Workdays
    months: tuple[tuple[int, int], ...]
    table: HolidayTable | None
    holidays: tuple[Holiday, ...]

    @property
    def holiday_count(self) -> int:
        """The statutory holidays (法定节假日天数)."""
        return self.length - self.weekends - self.statutory

    @property
    def line(self) -> str:
        """How the workdays of one person follow, as plans print it."""
        return (
            f"每人法定工作日 = 全年 {self.length} 天 − 周末 {self.weekends} 天 − 法定节假日 {self.holiday_count} 天"
            f" = {self.statutory} 天"
        )


def yearbook(year: int) -> Yearbook:
    """Return the workdays of a year. Raises HolidayError for a year before our tables."""
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    days = [first + timedelta(step) for step in range((after - first).days)]
    table = shipped_calendar().tables.get(year)
    return Yearbook(
        year=year,
        length=len(days),
        weekends=sum(day.weekday() >= 5 for day in days),
        statutory=statutory_workdays(year),
        actual=workdays_of_year(year),
        months=tuple((month, _of_month(year, month)) for month in range(1, 13)),
        table=table,
        holidays=_holidays(table) if table else (),
    )


def _of_month(year: int, month: int) -> int:
    after = date(year + month // 12, month % 12 + 1, 1)
    return workdays_between(date(year, month, 1), after - timedelta(1)).count


def _holidays(table: HolidayTable) -> tuple[Holiday, ...]:
    found = []
    for name, days in groupby(sorted(table.off), key=lambda day: table.off[day]):
        off = list(days)
        worked = tuple(sorted(day for day, for_ in table.work.items() if for_ == name))
        found.append(Holiday(name, off[0], off[-1], worked))
    return tuple(found)
