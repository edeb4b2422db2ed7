"""The published annual plans: what they intended, what has been reached, which of their rounds have been drawn; unannounced rounds only by their number."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from sunlot.draw.canonical import dumps
from sunlot.office.disclosure.planned import Progress, progress, published, reached
from sunlot.office.disclosure.registry import Answer, NotPublic, Pages, Visit, register
from sunlot.office.disclosure.sections.draws import JSON, as_csv
from sunlot.office.disclosure.standing import today
from sunlot.office.plan.models import Plan
from sunlot.office.plan.printing import plan_document
from sunlot.office.plan.whole import Whole

HEADS = ("code", "title", "first_day", "last_day", "planned", "drawn", "visited", "draw", "stage")


def register_pages() -> None:
    """Add the pages of this section."""
    register(
        Pages("plans/index.html", every, translated=True, menu=_("年度计划")),
        Pages("plans/{year}/{edition}/index.html", one, _parts, translated=True),
        Pages("plans/{year}/{edition}/plan.json", one_json, _parts),
        Pages("plans/{year}/{edition}/rounds.csv", rounds_csv, _parts),
    )


def _parts() -> Iterator[dict[str, str]]:
    return ({"year": str(plan.year), "edition": str(plan.edition)} for plan in published())


def _asked(year: str, edition: str) -> Plan:
    plan = published().filter(year=int(year), edition=int(edition)).first() if (year + edition).isdecimal() else None
    if plan is None or (str(plan.year), str(plan.edition)) != (year, edition):
        raise NotPublic(year)
    return plan


def every(visit: Visit) -> Answer:
    """The plans that have been published, all editions."""
    return visit.page("plans.html", {"plans": list(published())})


def one(visit: Visit, year: str, edition: str) -> Answer:
    """One edition of a year's plan, and how far it has come."""
    plan = _asked(year, edition)
    context = {
        "plan": plan,
        "document": plan_document(Whole(plan, today()), public=True),
        "rounds": progress(plan.year, plan.edition),
        "reached": reached(plan.year, plan.edition),
    }
    return visit.page("plan.html", context)


def one_json(visit: Visit, year: str, edition: str) -> Answer:
    """The same as data."""
    plan = _asked(year, edition)
    facts = {
        "year": plan.year,
        "edition": plan.edition,
        "title": str(plan),
        "organ": plan.organ,
        "state": plan.state,
        "approved_on": str(plan.approved_on or ""),
        "published_on": str(plan.published_on),
        "reached": reached(plan.year, plan.edition).__dict__,
        "rounds": [_told(each) for each in progress(plan.year, plan.edition)],
    }
    return Answer(dumps({"format": "sunlot-public/1 plan", **facts}), JSON)


def rounds_csv(visit: Visit, year: str, edition: str) -> Answer:
    """Its rounds for a spreadsheet."""
    plan = _asked(year, edition)
    rows = [{name: str(value) for name, value in _told(each).items()} for each in progress(plan.year, plan.edition)]
    return as_csv(rows, dict.fromkeys(HEADS, ""))


def _told(each: Progress) -> dict[str, Any]:
    """Return what the data files say of a round; `drawn` is empty while the list is closed."""
    return {
        "code": each.round.code,
        "title": each.round.title,
        "first_day": each.round.first_day.isoformat(),
        "last_day": each.round.last_day.isoformat(),
        "planned": each.planned,
        "drawn": "" if each.drawn is None else each.drawn,
        "visited": each.visited,
        "draw": each.draw.name if each.draw else "",
        "stage": each.stage,
    }
