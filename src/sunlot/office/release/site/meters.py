"""How many results there are, how many are still to be released, and how many of them are late: over all, and draw by draw."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sunlot.office.disclosure.standing import today
from sunlot.office.disclosure.state import remembered
from sunlot.office.release import penalties, waiting
from sunlot.office.release.deadlines import due
from sunlot.office.release.models import Kind
from sunlot.office.release.site.shown import Shown, every
from sunlot.office.visits.models import Visit
from sunlot.office.visits.queries import OPENED
from sunlot.office.visits.states import State


@dataclass(frozen=True)
class Meter:
    """Counts. `released`: public now; `behind`: of these, after their last day; `waiting`: ended and not released; `late`: of these, past the last day."""

    released: int
    behind: int
    withdrawn: int
    waiting: int
    late: int


@dataclass(frozen=True)
class Drawn:
    """A drawn firm's visit: when it was, until when its result is to be public. `day` is None before it has ended."""

    about: str
    firm: str
    name: str
    day: date | None
    due: date | None

    @property
    def late(self) -> bool:
        return self.due is not None and self.due < today()


@remembered
def of_results() -> Meter:
    """Return the counts of all results that may be spoken of."""
    left = waiting.how_many(waiting.to_release(), today())
    return _meter(every(Kind.RESULT).values(), left.count, left.late)


@remembered
def of_penalties() -> Meter:
    """Return the counts of all penalties: decided and served, or public."""
    dues = [penalties.due_of(case) for case in penalties.to_release()]
    return _meter(every(Kind.PENALTY).values(), len(dues), sum(day < today() for day in dues))


def _meter(rows: Iterable[Shown], count: int, late: int) -> Meter:
    shown = list(rows)
    public = [row for row in shown if not row.withdrawn]
    behind = sum(row.late for row in public)
    return Meter(len(public), behind, len(shown) - len(public), count, late)


@remembered
def by_draw() -> dict[str, list[Drawn]]:
    """Return the visits of every draw that may be spoken of, cancelled ones left out, by firm."""
    rows = Visit.objects.filter(OPENED).exclude(draw="").exclude(state=State.CANCELLED).order_by("firm_id")
    found: dict[str, list[Drawn]] = defaultdict(list)
    days: dict[date, date] = {}
    fields = ("pk", "draw", "firm_id", "firm_name", "entry__date", "round__executed_at")
    for pk, draw, firm, name, day, opened in rows.values_list(*fields):
        last = _due(days, day, opened) if day else None
        found[draw].append(Drawn(f"visit/{pk}", firm, name, day, last))
    return dict(found)


def _due(known: dict[date, date], day: date, opened: datetime | None) -> date:
    first = waiting.first_day(day, opened)
    if first not in known:
        known[first] = due(Kind.RESULT, first)
    return known[first]


@remembered
def results_by_about() -> dict[str, Shown]:
    """Return every released result by its visit."""
    return {row.about: row for row in every(Kind.RESULT).values()}


def of_draw(name: str) -> Meter:
    """Return the counts of one draw."""
    released = results_by_about()
    visits = by_draw().get(name, [])
    left = [visit for visit in visits if visit.day and visit.about not in released]
    shown = [released[visit.about] for visit in visits if visit.about in released]
    return _meter(shown, len(left), sum(visit.late for visit in left))
