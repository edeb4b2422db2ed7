"""What the plan knows of others: the policy of its year, the item list, the roster, the visits made. Only this file reaches for them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, QuerySet

from sunlot.office.bureau import queries as bureau
from sunlot.office.catalog.policies import office_policy
from sunlot.office.catalog.queries import plannable
from sunlot.office.roster.models import CAP_FACTS, OPEN, Firm, VisitEntry
from sunlot.office.roster.queries import listed
from sunlot.policy.in_force import Policy
from sunlot.policy.vocabulary import VISIT_KINDS

CHUNK = 10_000  # identifiers a query


@dataclass(frozen=True)
class ItemFact:
    """An item of the list (随机抽查事项) as a plan prints it."""

    code: str
    name: str
    basis: str
    content: str
    method: str


class FirmFact(NamedTuple):
    """What decides how often a firm may be visited, as the roster has it; a grade that nobody has said is blank."""

    id: str
    name: str
    industry: str = ""
    risk_class: str = ""
    standardization_level: str = ""

    @property
    def cap_facts(self) -> tuple[str, str, str]:
        """What the table of caps asks for."""
        return self.industry, self.risk_class, self.standardization_level


class VisitCount(NamedTuple):
    """Visits of one kind made to a firm in a year, by any department."""

    firm: FirmFact
    kind: str
    visits: int


def policy_for(year: int, today: date) -> Policy:
    """Return the office's policy for a year's plan: of today within the year, else of the year's nearest day. Raises PolicyError."""
    return office_policy(_within(year, today))


def plannable_items(year: int, today: date) -> Mapping[str, ItemFact]:
    """Return the items that may be planned for a year, by number, in the order of the list in force; none while there is no list."""
    items = plannable(_within(year, today)).prefetch_related("points")
    return {
        item.number: ItemFact(
            item.number,
            item.name,
            item.basis,
            item.content or "；".join(point.text for point in item.points.all()),
            item.method,
        )
        for item in items
    }


def our_name() -> str:
    """Return the bureau's name, empty while nobody has said it."""
    return bureau.name()


def has_roster() -> bool:
    """Return whether there is a roster of firms to ask."""
    return listed().exists()


def firms(ids: Iterable[str]) -> Mapping[str, FirmFact]:
    """Return the firms on the roster by their identifiers; those it does not know are left out."""
    wanted = list(ids)
    found: dict[str, FirmFact] = {}
    for start in range(0, len(wanted), CHUNK):
        found |= {firm.id: firm for firm in _facts(listed().filter(pk__in=wanted[start : start + CHUNK]))}
    return found


def firms_named(names: Iterable[str]) -> Mapping[str, list[FirmFact]]:
    """Return the firms on the roster that bear one of the names, by name; of some names there are several."""
    wanted = list(names)
    found: dict[str, list[FirmFact]] = {}
    for start in range(0, len(wanted), CHUNK):
        for firm in _facts(listed().filter(name__in=wanted[start : start + CHUNK])):
            found.setdefault(firm.name, []).append(firm)
    return found


def key_firms() -> list[FirmFact]:
    """Return the firms still open that the roster marks as key units (重点单位), by name."""
    return list(_facts(listed().filter(key_unit="是", status__in=OPEN).order_by("name", "pk")))


def roster_sizes() -> list[tuple[str, int]]:
    """Return how many open firms the roster holds: all, key units, and each hazard class, for the number of firms a round is for."""
    rows = listed().filter(status__in=OPEN)
    classes = rows.exclude(hazard_class="").values_list("hazard_class").annotate(n=Count("pk")).order_by("hazard_class")
    return [("全部", rows.count()), ("重点单位", rows.filter(key_unit="是").count()), *classes]


def visits_of(year: int) -> Iterator[VisitCount]:
    """Yield the visits of the year in the ledger of all visits, by firm and kind; those of a merged firm belong to the one it went into.

    Of a firm that is no longer on the roster only the identifier is told.
    """
    absorbed: list[tuple[str, str, int]] = []
    with connection.cursor() as cursor:
        cursor.execute(*_visited(year))
        rows = cursor.fetchall()
    for firm, name, industry, risk, standard, kind, visits, into, is_listed in rows:
        if into:
            absorbed.append((into, kind, visits))
        else:
            fact = FirmFact(firm, name, industry, risk, standard) if is_listed else FirmFact(firm, "")
            yield VisitCount(fact, kind, visits)
    survivors = firms({into for into, _, _ in absorbed})
    for into, kind, visits in absorbed:
        yield VisitCount(survivors.get(into) or FirmFact(into, ""), kind, visits)


def _visited(year: int) -> tuple[str, tuple[Any, ...]]:
    """Return the question for a row a firm and kind: what the roster says of the firm, the kind, how many visits, where it went, whether listed.

    Visits are counted before the roster is asked, which Django has no words for; the other way round takes twice as long.
    """
    rows = VisitEntry.objects.filter(date__gte=date(year, 1, 1), date__lte=date(year, 12, 31), held=True)
    counted, days = rows.order_by().values("firm", "kind").annotate(n=Count("pk")).query.sql_with_params()
    columns = (
        f"f.id, f.name, {', '.join(f'f.{fact}' for fact in CAP_FACTS)}, seen.kind, seen.n, f.merged_into_id, f.listed"
    )
    return f"SELECT {columns} FROM ({counted}) AS seen JOIN {Firm._meta.db_table} AS f ON f.id = seen.firm", days


def visit_kinds() -> Mapping[str, str]:
    """Return the kinds of visit with their titles."""
    return VISIT_KINDS


def _facts(rows: QuerySet[Firm]) -> Iterator[FirmFact]:
    for facts in rows.values_list("pk", "name", *CAP_FACTS):
        yield FirmFact(*facts)


def _within(year: int, today: date) -> date:
    return min(max(today, date(year, 1, 1)), date(year, 12, 31))
