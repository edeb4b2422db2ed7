"""Results that wait to be released: visits that have ended once and are not released; those of an unannounced round once it has been opened."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from sunlot.office.release.deadlines import due
from sunlot.office.release.models import Kind, Release
from sunlot.office.visits.models import Visit
from sunlot.office.visits.queries import OPENED
from sunlot.office.visits.states import ENDED

ABOUT = Concat(Value("visit/"), Cast("pk", CharField()))


def ended() -> QuerySet[Visit]:
    """Return the visits that have ended and may be spoken of; a signed one stays among them while its record is corrected."""
    rows = Visit.objects.filter(OPENED, entry__isnull=False).exclude(round__rehearsal=True)
    return rows.annotate(about=ABOUT)


def to_release() -> QuerySet[Visit]:
    """Return those of them that have not been released."""
    released = Release.objects.filter(kind=Kind.RESULT, about=OuterRef("about"))
    return ended().filter(~Exists(released)).select_related("firm", "round", "item_list", "entry")


def held_back() -> QuerySet[Visit]:
    """Return the ended visits of unannounced rounds that nobody has opened: their results wait for that."""
    return Visit.objects.filter(state__in=ENDED).exclude(OPENED)


def first_day(day: date, opened: datetime | None) -> date:
    """Return the day from which the period runs: the visit's, or that on which its unannounced round was opened. A correction does not move it."""
    return max(day, timezone.localtime(opened).date()) if opened else day


def due_of(visit: Visit) -> date:
    """Return the last day for releasing a visit's result."""
    assert visit.entry
    return due(Kind.RESULT, first_day(visit.entry.date, visit.round.executed_at if visit.round else None))


@dataclass(frozen=True)
class Waiting:
    """How many wait: `count`; `late`: those whose last day has passed; `next`: the earliest of the last days, None when nothing waits."""

    count: int
    late: int
    next: date | None


def how_many(rows: QuerySet[Visit], today: date) -> Waiting:
    """Return how many of these visits wait and since when, in one query."""
    return waiting_of(rows.order_by().values_list("entry__date", "round__executed_at"), today)


def waiting_of(days: Iterable[tuple[date, datetime | None]], today: date) -> Waiting:
    """Return the same of days of visits and of openings; a day's period is reckoned once."""
    firsts = Counter(first_day(day, opened) for day, opened in days)
    dues = {first: due(Kind.RESULT, first) for first in firsts}
    late = sum(count for first, count in firsts.items() if dues[first] < today)
    return Waiting(firsts.total(), late, min(dues.values(), default=None))
