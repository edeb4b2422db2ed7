"""Reading visits: who may see which."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from sunlot.office.accounts.roles import READERS
from sunlot.office.inspectors.queries import inspector_of
from sunlot.office.visits.models import Visit
from sunlot.office.visits.states import OPEN, State

OPENED = Q(round=None) | Q(round__secret=False) | Q(round__executed_at__isnull=False)


def in_the_office() -> QuerySet[Visit]:
    """Return the visits that the office's lists show: those of an unannounced round only once it has been opened."""
    return Visit.objects.filter(OPENED).select_related("firm", "round", "item_list")


def still_hidden() -> int:
    """Return how many visits the lists do not show."""
    return Visit.objects.exclude(OPENED).count()


def own(user: Any, now: datetime) -> QuerySet[Visit]:
    """Return the visits to which this account is sent; of an unannounced round only from its hour on."""
    person = inspector_of(user)
    if person is None:
        return Visit.objects.none()
    told = OPENED | Q(round__tasks_from__lte=now)
    rows = Visit.objects.filter(told, team__inspector=person, team__out=False)
    return rows.select_related("firm", "round", "item_list")


def to_do(user: Any, now: datetime) -> QuerySet[Visit]:
    """Return one's own visits that may be held now or are being held: approved, or urgent."""
    held = Q(state__in=(State.NOTIFIED, State.SECRET, State.UNDERWAY, State.SIGNING))
    return own(user, now).filter(held | Q(state=State.ARRANGED, urgent=True)).order_by("window_to", "pk")


def visible_to(user: Any, now: datetime) -> QuerySet[Visit]:
    """Return the visits whose page this account may open."""
    return in_the_office() if user.role in READERS else own(user, now)


def open_visits() -> QuerySet[Visit]:
    """Return the visits that have not ended."""
    return Visit.objects.filter(state__in=OPEN)
