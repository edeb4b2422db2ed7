"""Reading plans: which edition is in force, which rounds are to be held, what the public may see."""

import re
from datetime import date

from django.db.models import QuerySet

from sunlot.office.plan.items import codes_of
from sunlot.office.plan.models import Plan, PlannedRound
from sunlot.office.plan.states import IN_FORCE, UNDECIDED, State

SEPARATORS = re.compile(r"[、，,;；\s]+")


def plan_in_force(year: int) -> Plan | None:
    """Return the approved edition of the year's plan, None while there is none."""
    return Plan.objects.filter(year=year, state__in=IN_FORCE).first()


def edition_before(plan: Plan) -> Plan | None:
    """Return the edition that a plan amends, None for a year's first; one that was given up does not count."""
    earlier = Plan.objects.filter(year=plan.year, edition__lt=plan.edition).exclude(state=State.DROPPED)
    return earlier.order_by("-edition").first()


def rounds_to_hold(year: int) -> QuerySet[PlannedRound]:
    """Return the rounds of the year's plan in force whose firms are drawn by lot, in the order of their windows; unannounced ones too."""
    rounds = PlannedRound.objects.filter(plan__year=year, plan__state__in=IN_FORCE, by_lot=True)
    return rounds.select_related("plan").order_by("first_day", "number")


def joined_by(department: str) -> QuerySet[PlannedRound]:
    """Return the rounds of plans in force that a partner department takes part in; an unannounced one is not told before it is held."""
    rows = PlannedRound.objects.filter(plan__state__in=IN_FORCE, secret=False, departments__contains=department)
    named = [pk for pk, names in rows.values_list("pk", "departments") if department in SEPARATORS.split(names)]
    return rows.filter(pk__in=named if department else [])


def items_planned(day: date) -> dict[str, date]:
    """Return the last day, up to a day, on which a round of an approved plan used each item, by the item's number."""
    rounds = PlannedRound.objects.exclude(plan__state__in=(*UNDECIDED, State.DROPPED)).filter(first_day__lte=day)
    found: dict[str, date] = {}
    for items, last in rounds.values_list("items", "last_day"):
        for code in codes_of(items):
            found[code] = max(min(last, day), found.get(code, date.min))
    return found


def published(year: int) -> QuerySet[Plan]:
    """Return the editions of the year that were made public, the latest first; one that was amended since stays readable."""
    return Plan.objects.filter(year=year, published_on__isnull=False).order_by("-edition")
