"""Working days in China (法定工作日): weekends, holidays and the weekend days that are worked to make up for them.

The notice for a year comes out in the autumn before it. Until it is known, a year counts by its weekends alone and every answer
that depends on it says so in `note`.

>>> add_workdays(date(2026, 9, 30), 7).day
datetime.date(2026, 10, 15)
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from sunlot.codes.holiday_table import (
    HOLIDAYS,
    SATURDAY,
    HolidayError,
    HolidayTable,
    certainty_of,
    load,
    malformed,
    read_table,
)

STATUTORY = HOLIDAYS / "statutory.toml"


@dataclass(frozen=True)
class WorkCalendar:
    """The tables in use, by year."""

    tables: Mapping[int, HolidayTable]

    def lay_over(self, own: Iterable[HolidayTable]) -> "WorkCalendar":
        """Return the calendar in which an office's own tables stand in place of ours for their years."""
        return WorkCalendar({**self.tables, **{table.year: table for table in own}})


@dataclass(frozen=True)
class Workdays:
    """A number of workdays. `unpublished`: the years counted by weekends alone; `note` tells the reader, or is empty."""

    count: int
    unpublished: tuple[int, ...] = ()

    @property
    def provisional(self) -> bool:
        """Return whether a notice still to come may change the number."""
        return bool(self.unpublished)

    @property
    def note(self) -> str:
        """Return what to print beside the number."""
        return _note(self.unpublished)


@dataclass(frozen=True)
class Deadline:
    """The last day of a period counted in workdays. `unpublished` and `note` as in Workdays."""

    day: date
    unpublished: tuple[int, ...] = ()

    @property
    def provisional(self) -> bool:
        """Return whether a notice still to come may move the day."""
        return bool(self.unpublished)

    @property
    def note(self) -> str:
        """Return what to print beside the day."""
        return _note(self.unpublished)


@cache
def shipped_calendar() -> WorkCalendar:
    """Return the calendar of the tables that ship with us."""
    tables = [read_table(path) for path in sorted(HOLIDAYS.glob("[0-9]*.toml"))]
    return WorkCalendar({table.year: table for table in tables})


def is_workday(day: date, calendar: WorkCalendar | None = None) -> bool:
    """Return whether the day is worked; in a year without a table, whether it is Monday to Friday."""
    tables = (calendar or shipped_calendar()).tables
    for year in (day.year, day.year + 1, day.year - 1):  # a year's notice may reach into its neighbours
        if year in tables and day in tables[year].work:
            return True
        if year in tables and day in tables[year].off:
            return False
    return day.weekday() < SATURDAY


def workdays_between(first: date, last: date, calendar: WorkCalendar | None = None) -> Workdays:
    """Return the workdays from `first` to `last`, both included; none when `last` is before `first`."""
    days = [first + timedelta(step) for step in range((last - first).days + 1)]
    return Workdays(sum(is_workday(day, calendar) for day in days), _unpublished(days, calendar))


def add_workdays(day: date, n: int, calendar: WorkCalendar | None = None) -> Deadline:
    """Return the n-th workday after `day`, which itself does not count.

    `n` at least 1. Source: 行政处罚法第85条 (periods are workdays); the first day never counts. Raises HolidayError.
    """
    if n < 1:
        raise HolidayError("no_such_period", f"期限至少为 1 个工作日，现为 {n}。")
    passed = [day]
    while n:
        passed.append(passed[-1] + timedelta(1))
        n -= is_workday(passed[-1], calendar)
    return Deadline(passed[-1], _unpublished(passed[1:], calendar))


def workdays_of_year(year: int, calendar: WorkCalendar | None = None) -> Workdays:
    """Return the workdays of a calendar year by its holiday table, by weekends alone when there is none yet."""
    return workdays_between(date(year, 1, 1), date(year, 12, 31), calendar)


def statutory_workdays(year: int) -> int:
    """Return the days of the year less its weekends less the statutory holidays (全国年节及纪念日放假办法).

    This is how annual plans reckon (366 − 104 − 11 = 251 for 2024) and needs no notice. Raises HolidayError before 2008.
    """
    entries = [entry for entry in load(STATUTORY)["statutory"] if entry["valid_from"] <= date(year, 1, 1)]
    if not entries:
        raise HolidayError("no_such_year", f"没有 {year} 年法定节假日天数的数据。")
    latest = max(entries, key=lambda entry: entry["valid_from"])
    certainty_of(STATUTORY, latest["certainty"])
    if not isinstance(latest["days"], int):
        raise malformed(STATUTORY, f"days 应为整数，现为 {latest['days']!r}")
    return workdays_between(date(year, 1, 1), date(year, 12, 31), WorkCalendar({})).count - latest["days"]


def _unpublished(days: Iterable[date], calendar: WorkCalendar | None) -> tuple[int, ...]:
    tables = (calendar or shipped_calendar()).tables
    return tuple(sorted({day.year for day in days} - tables.keys()))


def _note(unpublished: tuple[int, ...]) -> str:
    if not unpublished:
        return ""
    years = "、".join(f"{year}年" for year in unpublished)
    return f"{years}的放假安排尚未公布或未录入，暂按周末推算，公布后请重新核对。"
