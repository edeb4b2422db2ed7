"""What the published plans intended and what has been reached: round by round, and the key firms. Unannounced rounds are in none of the counts."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from sunlot.draw.substitution import firms_now
from sunlot.office.disclosure.standing import Standing, draw_of, draws, today
from sunlot.office.disclosure.state import remembered
from sunlot.office.lottery.models import Round
from sunlot.office.plan.models import Plan, PlannedRound
from sunlot.office.plan.states import State
from sunlot.office.plan.whole import Whole
from sunlot.office.roster.models import VisitEntry


@dataclass(frozen=True)
class Progress:
    """A planned round by lot: its draw, None while it has none; firms `planned`, `drawn` (None while the list is closed) and `visited` so far."""

    round: PlannedRound
    draw: Standing | None
    planned: int
    drawn: int | None
    visited: int

    @property
    def late(self) -> bool:
        """Whether its last day has passed without a draw."""
        return self.draw is None and self.round.last_day < today()

    @property
    def stage(self) -> str:
        """The state in one word, as the data files say it."""
        return "late" if self.late else self.draw.stage if self.draw else "to_come"


@dataclass(frozen=True)
class Reached:
    """A plan's figures: firms to be drawn in public rounds, drawn, visited of these; key firms, and how many of them had a visit in the year."""

    planned: int
    drawn: int
    visited: int
    key: int
    key_visited: int


def published() -> QuerySet[Plan]:
    """Return every edition that was made public, the newest first."""
    return Plan.objects.filter(published_on__isnull=False).order_by("-year", "-edition")


@remembered
def progress(year: int, edition: int) -> list[Progress]:
    """Return the rounds by lot of an edition that are no secret, in their order."""
    whole = Whole(published().get(year=year, edition=edition), today())
    drawn = dict(
        Round.objects.filter(rehearsal=False, draw__isnull=False, year=year)
        .exclude(planned="")
        .order_by("pk")
        .values_list("planned", "draw_id")
    )
    rounds = [each for each in whole.rounds if each.by_lot and not each.secret]
    return [_progress(each, draw_of(drawn[each.code]) if each.code in drawn else None) for each in rounds]


def _progress(row: PlannedRound, draw: Standing | None) -> Progress:
    if draw is None or draw.folder is None or draw.sealed:
        return Progress(row, draw, row.firms, None, 0)
    visited = VisitEntry.objects.filter(draw=draw.name, held=True).values("firm").distinct().count()
    drawn = len(firms_now(draw.folder)) if draw.open and draw.folder.outcome else None
    return Progress(row, draw, row.firms, drawn, visited)


def reached(year: int, edition: int) -> Reached:
    """Return the figures of an edition as they stand today."""
    rounds = progress(year, edition)
    firms, visited = _key_firms(year, edition)
    return Reached(
        sum(each.planned for each in rounds),
        sum(each.drawn or 0 for each in rounds),
        sum(each.visited for each in rounds),
        firms,
        visited,
    )


@remembered
def _key_firms(year: int, edition: int) -> tuple[int, int]:
    firms = set(published().get(year=year, edition=edition).key_list.values_list("firm", flat=True))
    held = VisitEntry.objects.filter(firm__in=firms, held=True, date__year=year)
    sealed = [each.name for each in draws() if each.sealed]
    return len(firms), held.exclude(draw__in=sealed).values("firm").distinct().count()


@remembered
def late() -> list[tuple[Plan, PlannedRound, date]]:
    """Return the public rounds of plans in force whose last day has passed without a draw, each with that day."""
    plans = published().filter(state=State.PUBLISHED)
    return [
        (plan, each.round, each.round.last_day)
        for plan in plans
        for each in progress(plan.year, plan.edition)
        if each.late
    ]
