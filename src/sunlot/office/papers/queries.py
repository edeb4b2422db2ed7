"""Reading papers: those of things, those a person may see, the register of a year's numbers."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from sunlot.office.accounts.roles import READERS
from sunlot.office.papers.models import Paper, Series, State, title_of
from sunlot.office.shell.printed_code import read_code
from sunlot.office.visits import moment
from sunlot.office.visits import queries as visits


def papers_of(*objs: str) -> QuerySet[Paper]:
    """Return every paper about the named things (visit/12, order/3), void ones too, in the order in which they were issued."""
    return Paper.objects.filter(obj__in=objs).order_by("day", "pk")


def visible_to(user: Any) -> QuerySet[Paper]:
    """Return the papers that this person may see: the office all but those of visits that are still hidden, an inspector those of his visits."""
    rows = Paper.objects.select_related("visit", "firm", "issued_by")
    if user.role in READERS:
        return rows.filter(Q(visit=None) | Q(visit__in=visits.in_the_office(user).values("pk")))
    return rows.filter(visit__in=visits.own(user, moment.now()).values("pk"))


def by_code(user: Any, code: str) -> list[Paper]:
    """Return the papers, void ones too, that this person may see and whose foot carries this code. Raises Refusal for what is no code."""
    number, digest = read_code(code)
    rows = visible_to(user).filter(digest__startswith=digest)
    return [paper for paper in rows.order_by("pk")[:20] if number in ("", paper.number.lower())]


def numbered() -> QuerySet[Paper]:
    """Return every paper that has a number, those of hidden visits too."""
    return Paper.objects.filter(sequence__isnull=False).select_related("visit__round", "issued_by")


def years() -> list[int]:
    """Return the years in which papers were numbered, the latest first."""
    return list(numbered().values_list("year", flat=True).distinct().order_by("-year"))


@dataclass(frozen=True)
class Count:
    """Of one kind in one year: how many numbers were given, how many of them are void, and which are missing."""

    kind: str
    year: int
    given: int
    void: int
    missing: list[int]

    @property
    def title(self) -> str:
        """The title of its form."""
        return title_of(self.kind)


def series() -> list[Count]:
    """Return what became of the numbers of every kind and year; `missing` is empty unless somebody took rows out of the database."""
    found: dict[tuple[int, str], list[tuple[int, str]]] = {}
    for year, code, number, state in numbered().values_list("year", "series", "sequence", "state"):
        found.setdefault((year, code), []).append((number or 0, state))
    lasts = {(row.year, row.code): row.last for row in Series.objects.all()}
    return [
        _count(year, code, found.get((year, code), []), last)
        for (year, code), last in sorted(lasts.items(), key=lambda entry: (-entry[0][0], entry[0][1]))
    ]


def _count(year: int, code: str, rows: list[tuple[int, str]], last: int) -> Count:
    there = {number for number, _ in rows}
    missing = [number for number in range(1, max([last, *there]) + 1) if number not in there]
    return Count(code, year, len(rows), sum(state == State.VOID for _, state in rows), missing)
