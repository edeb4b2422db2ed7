"""A month of leave as a table: a row a person, a column a day, the days of one leave joined."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sunlot.office.inspectors.models import Inspector, Leave

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Cell:
    """Days of one leave that stand beside each other, or one day without."""

    days: int
    leave: Leave | None = None


@dataclass(frozen=True)
class Month:
    """A month: its days with their weekdays, and for everybody who is away in it the cells of his row."""

    first: date
    days: tuple[tuple[int, str, bool], ...]
    rows: tuple[tuple[Inspector, tuple[Cell, ...]], ...]

    @property
    def before(self) -> str:
        """The month before, like 2026-10."""
        return (self.first - timedelta(1)).isoformat()[:7]

    @property
    def after(self) -> str:
        """The month after."""
        return (self.first + timedelta(31)).isoformat()[:7]


def ends_of(month: str) -> tuple[date, date]:
    """Return the first and the last day of a month like 2026-11. Raises ValueError for another text."""
    first = date.fromisoformat(f"{month}-01")
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def month_of(month: str, leaves: Iterable[Leave]) -> Month:
    """Return the table of a month from the leaves that touch it."""
    first, last = ends_of(month)
    people: dict[Inspector, list[Leave]] = {}
    for leave in leaves:
        people.setdefault(leave.inspector, []).append(leave)
    days = tuple((day, WEEKDAYS[first.replace(day=day).weekday()]) for day in range(1, last.day + 1))
    rows = tuple((person, tuple(_cells(own, first, last))) for person, own in sorted(people.items(), key=_number))
    return Month(first, tuple((day, name, name in "六日") for day, name in days), rows)


def _number(row: tuple[Inspector, list[Leave]]) -> str:
    return row[0].pk


def _cells(leaves: Iterable[Leave], first: date, last: date) -> Iterable[Cell]:
    day = first
    for leave in sorted(leaves, key=lambda leave: leave.start):
        start, end = max(leave.start, day), min(leave.end, last)
        yield from (Cell(1) for _ in range((start - day).days))
        if end >= start:
            yield Cell((end - start).days + 1, leave)
            day = end + timedelta(1)
    yield from (Cell(1) for _ in range((last - day).days + 1))
