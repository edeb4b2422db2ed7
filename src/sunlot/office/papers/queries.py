"""Reading papers: those of things, those a person may see, the register of a year's numbers."""

from typing import Any

from django.db.models import Q, QuerySet

from sunlot.office.accounts.roles import READERS
from sunlot.office.papers.models import Paper
from sunlot.office.visits import moment
from sunlot.office.visits import queries as visits


def papers_of(*objs: str) -> QuerySet[Paper]:
    """Return every paper about the named things (visit/12, order/3), void ones too, in the order in which they were issued."""
    return Paper.objects.filter(obj__in=objs).order_by("day", "pk")


def visible_to(user: Any) -> QuerySet[Paper]:
    """Return the papers that this person may see: the office all but those of visits that are still hidden, an inspector those of his visits."""
    rows = Paper.objects.select_related("visit", "firm", "issued_by")
    if user.role in READERS:
        return rows.filter(Q(visit=None) | Q(visit__in=visits.in_the_office().values("pk")))
    return rows.filter(visit__in=visits.own(user, moment.now()).values("pk"))
