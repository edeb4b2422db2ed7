"""Reading visits: who may see which.

Of an unannounced round nobody but the officers sees a visit before the round is opened. A visit without a round that the firm is not told of, or that a
complaint led to, is closed until it has ended: only who arranged it (of a complaint also who handles that), the approvers and, once it is approved
and its first day has come, its own officers see it.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from sunlot.office.accounts.roles import APPROVERS, READERS
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.models import State as Asked
from sunlot.office.inspectors.queries import inspector_of
from sunlot.office.journal.models import Event
from sunlot.office.lottery.models import Round
from sunlot.office.lottery.progress import folder, hidden
from sunlot.office.visits.models import Origin, Visit
from sunlot.office.visits.sheet import UNCOOPERATIVE
from sunlot.office.visits.states import OPEN, State

_OVER = Q(finished_at__isnull=False) | Q(state=State.CANCELLED)
_CLOSED = Q(round=None) & (Q(secret=True) | Q(origin=Origin.COMPLAINT)) & ~_OVER
OPENED = (
    Q(round__secret=False)
    | Q(round__executed_at__isnull=False)
    | Q(round=None) & (Q(secret=False) & ~Q(origin=Origin.COMPLAINT) | _OVER)
)
HANDLED: list[Callable[[Any], QuerySet[Any]]] = []  # numbers of visits that a later app knows somebody to handle
NOT_HELD = Q(entry=None) | Q(entry__held=False)  # not begun or not ended, or ended in vain so far


def is_closed(visit: Visit) -> bool:
    """Return whether a visit is still kept from those who have no part in it."""
    if visit.round_id:
        return hidden(visit.round)
    secret = visit.secret or visit.origin == Origin.COMPLAINT
    return secret and visit.finished_at is None and visit.state != State.CANCELLED


def closed_things() -> list[str]:
    """Return the names under which requests speak of visits that are closed, for those who may watch only what is open."""
    return [name for visit in Visit.objects.filter(_CLOSED) for name in (visit.obj, visit.batch) if name]


def in_the_office(user: Any = None) -> QuerySet[Visit]:
    """Return the visits that the office's lists show to somebody; to nobody in particular, those that everybody there may see."""
    return Visit.objects.filter(_seen_by(user)).select_related("firm", "round", "item_list")


def _seen_by(user: Any) -> Q:
    if user is None:
        return OPENED
    if user.role in APPROVERS:
        return OPENED | _CLOSED
    part = Q(arranged_by=user)
    for numbers in HANDLED:
        part |= Q(pk__in=numbers(user))
    return OPENED | _CLOSED & part


def still_hidden() -> int:
    """Return how many visits of unannounced rounds the lists do not show; of those that are closed by themselves not even this is said."""
    return Visit.objects.exclude(round=None).exclude(OPENED).count()


def own(user: Any, now: datetime) -> QuerySet[Visit]:
    """Return the visits to which this account is sent; of an unannounced round only from its hour on, a closed one once it is approved and due."""
    person = inspector_of(user)
    if person is None:
        return Visit.objects.none()
    approved = Q(urgent=True) | ~Q(state=State.ARRANGED)
    due = Q(secret=False) | Q(window_from__lte=timezone.localtime(now).date())
    told = OPENED | Q(round__tasks_from__lte=now) | _CLOSED & approved & due
    rows = Visit.objects.filter(told, team__inspector=person, team__out=False)
    return rows.select_related("firm", "round", "item_list")


MAY_BE_HELD = Q(state__in=(State.NOTIFIED, State.SECRET, State.UNDERWAY, State.SIGNING)) | Q(
    state=State.ARRANGED, urgent=True
)


def to_do(user: Any, now: datetime) -> QuerySet[Visit]:
    """Return one's own visits that may be held now or are being held: approved, or urgent."""
    return own(user, now).filter(MAY_BE_HELD).order_by("window_to", "pk")


def visible_to(user: Any, now: datetime) -> QuerySet[Visit]:
    """Return the visits whose page this account may open."""
    return in_the_office(user) if user.role in READERS else own(user, now)


def to_report() -> QuerySet[Visit]:
    """Return the visits that somebody in charge has yet to read of: the firm would not sign (安全生产法第68条), or would not be inspected."""
    kept = Q(state=State.REFUSED) | Q(state=State.DONE, outcome=UNCOOPERATIVE)
    return Visit.objects.filter(kept, reported_at=None).order_by("pk")


def open_visits() -> QuerySet[Visit]:
    """Return the visits that have not ended."""
    return Visit.objects.filter(state__in=OPEN)


def last_visits(day: date) -> dict[str, date]:
    """Return by item the last day up to the given one on which a visit that has ended checked it."""
    found: dict[str, date] = {}
    rows = Visit.objects.filter(entry__date__lte=day, entry__held=True).order_by("entry__date")
    for items, used in rows.values_list("items", "entry__date"):
        found |= dict.fromkeys(filter(None, items.split("、")), used)
    return found


def teams_are_drawn(row: Round) -> bool:
    """Return whether a round's draw has come to its teams, so that visits can be made."""
    draw = folder(row)
    return bool(draw and not draw.void and draw.step("teams-outcome"))


def counts_of(row: Round) -> dict[str, int]:
    """Return of a round how many visits there are, and how many wait for approval."""
    rows = Visit.objects.filter(draw=row.draw_id)
    return {"made": rows.count(), "waiting": rows.filter(state=State.ARRANGED).count()}


def is_behind(row: Round) -> bool:
    """Return whether somebody was substituted in a round's draw since its visits were last brought to it."""
    events = Event.objects.filter(obj=f"draw/{row.draw_id}")
    last = (
        events.filter(act__in=("visit.made", "visit.followed")).order_by("-seq").values_list("seq", flat=True).first()
    )
    return last is not None and events.filter(act="draw.substitution", seq__gt=last).exists()


def wants_approval(row: Round) -> bool:
    """Return whether visits of a round wait for nobody: not approved, and not asked for."""
    waiting = Visit.objects.filter(draw=row.draw_id, state=State.ARRANGED).exists()
    return waiting and not Approval.objects.filter(obj=f"draw/{row.draw_id}/visits", state=Asked.PENDING).exists()
