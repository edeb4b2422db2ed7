"""Reading plans: which edition is in force, which rounds are to be held, what the public may see."""

from django.db.models import QuerySet

from sunlot.office.plan.models import Plan, PlannedRound
from sunlot.office.plan.states import IN_FORCE


def plan_in_force(year: int) -> Plan | None:
    """Return the approved edition of the year's plan, None while there is none."""
    return Plan.objects.filter(year=year, state__in=IN_FORCE).first()


def rounds_to_hold(year: int) -> QuerySet[PlannedRound]:
    """Return the rounds of the year's plan in force whose firms are drawn by lot, in the order of their windows; unannounced ones too."""
    rounds = PlannedRound.objects.filter(plan__year=year, plan__state__in=IN_FORCE, by_lot=True)
    return rounds.select_related("plan").order_by("first_day", "number")


def published(year: int) -> QuerySet[Plan]:
    """Return the editions of the year that were made public, the latest first; one that was amended since stays readable."""
    return Plan.objects.filter(year=year, published_on__isnull=False).order_by("-edition")
