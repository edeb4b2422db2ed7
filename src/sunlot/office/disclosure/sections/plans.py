"""The published annual plans with their meters, and which of their rounds have been drawn; unannounced rounds only by their number."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from sunlot.office.disclosure.registry import Answer, NotPublic, Pages, Visit, register
from sunlot.office.disclosure.standing import Standing, draw_of, today
from sunlot.office.lottery.models import Round
from sunlot.office.plan.models import Plan, PlannedRound
from sunlot.office.plan.printing import plan_document
from sunlot.office.plan.whole import Whole


def register_pages() -> None:
    """Add the pages of this section."""
    register(
        Pages("plans/index.html", every, translated=True, menu=_("年度计划")),
        Pages("plans/{year}/{edition}/index.html", one, _parts, translated=True),
    )


def _published() -> Any:
    return Plan.objects.filter(published_on__isnull=False).order_by("-year", "-edition")


def _parts() -> Iterator[dict[str, str]]:
    return ({"year": str(plan.year), "edition": str(plan.edition)} for plan in _published())


def every(visit: Visit) -> Answer:
    """The plans that have been published, all editions."""
    return visit.page("plans.html", {"plans": list(_published())})


def one(visit: Visit, year: str, edition: str) -> Answer:
    """One edition of a year's plan, and how far its rounds are."""
    plan = _published().filter(year=int(year), edition=int(edition)).first() if (year + edition).isdecimal() else None
    if plan is None:
        raise NotPublic(year)
    whole = Whole(plan, today())
    return visit.page(
        "plan.html", {"plan": plan, "document": plan_document(whole, public=True), "rounds": _rounds(whole)}
    )


@dataclass(frozen=True)
class Progress:
    """A planned round and its draw, None while it has none. `late`: its last day has passed without one."""

    round: PlannedRound
    draw: Standing | None
    late: bool


def _rounds(whole: Whole) -> list[Progress]:
    """Return the rounds by lot that are no secret."""
    drawn = dict(
        Round.objects.filter(rehearsal=False, draw__isnull=False, year=whole.plan.year)
        .exclude(planned="")
        .order_by("pk")
        .values_list("planned", "draw_id")
    )
    shown = [each for each in whole.rounds if each.by_lot and not each.secret]
    return [
        Progress(
            each,
            draw_of(drawn[each.code]) if each.code in drawn else None,
            each.code not in drawn and each.last_day < today(),
        )
        for each in shown
    ]
