"""What a firm may see of itself: its visits once they may be known, the orders and documents that reached it. Nothing here takes the number of another firm's row."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from sunlot.office.followup.models import Order
from sunlot.office.followup.queries import orders_of
from sunlot.office.followup.states import OrderState
from sunlot.office.papers.models import Paper
from sunlot.office.roster.facts import title_of
from sunlot.office.roster.models import CONTACTS, DRAWABLE, OTHER, Correction, Firm, Step
from sunlot.office.visits.models import Origin, Visit
from sunlot.office.visits.states import ENDED, State
from sunlot.refusal import Refusal

KNOWN = (  # an unannounced visit is known once it has begun, one that a complaint led to once the firm was told
    Q(secret=False) & (~Q(origin=Origin.COMPLAINT) | Q(noticed_at__isnull=False)) | Q(started_at__isnull=False)
)
HIDDEN = {"note"}  # the office's own remark
ADDRESSED = (  # kinds of documents that are addressed to the firm; the office's inner ones are not
    "inspection_notice",
    "onsite_record",
    "onsite_measure",
    "rectification_order",
    "recheck",
    "penalty_notice",
    "hearing_notice",
    "penalty_decision",
    "power_cut_notice",
    "power_cut_decision",
    "sampling",
)
WAITING = 5  # requests for correction that may wait at once


def visits(firm: str) -> QuerySet[Visit]:
    """Return the firm's visits that it may know of: approved or begun, an unannounced one once it has begun, newest first."""
    shown = Visit.objects.filter(KNOWN, firm_id=firm).exclude(state=State.ARRANGED, started_at__isnull=True)
    return shown.select_related("round", "item_list").order_by("-pk")


def papers(firm: str) -> QuerySet[Paper]:
    """Return the documents addressed to the firm that were served on it, or were made at a visit that has ended, newest first."""
    reached = Q(served_on__isnull=False) | Q(visit__state__in=ENDED)
    rows = Paper.objects.filter(reached, firm_id=firm, kind__in=ADDRESSED)
    return rows.filter(Q(visit=None) | Q(visit__in=visits(firm).order_by().values("pk"))).order_by("-day", "-pk")


def orders(firm: str) -> QuerySet[Order]:
    """Return the orders that were served on the firm, the latest first."""
    return orders_of(firm).exclude(state__in=(OrderState.ISSUED, OrderState.CANCELLED))


def entry(firm: Firm) -> list[tuple[str, str]]:
    """Return the firm's entry as title and value. Persons and phones are masked: a check code may have been seen by others."""
    rows: Sequence[str] = (*DRAWABLE, *OTHER, *CONTACTS)
    return [
        (title_of(name), masked(getattr(firm, name)) if name in CONTACTS else str(getattr(firm, name)))
        for name in rows
        if name not in HIDDEN
    ]


def masked(text: str) -> str:
    """Return a name or phone with all but its first and last sign hidden; of a phone the last two stay.

    >>> masked("13812345678"), masked("王垚"), masked("")
    ('1********78', '王*', '')
    """
    if len(text) <= 2:
        return text[:1] + "*" * (len(text) - 1)
    tail = 2 if len(text) > 4 else 1
    return text[0] + "*" * (len(text) - 1 - tail) + text[-tail:]


def refuse_too_many(firm: str) -> None:
    """Raise Refusal while as many requests for correction wait as the office takes from one firm at once."""
    if Correction.objects.filter(firm=firm, state__in=(Step.ASKED, Step.WAITING)).count() >= WAITING:
        raise Refusal("too_many_corrections", f"已有 {WAITING} 份更正申请在办理，请等办结后再提。")
