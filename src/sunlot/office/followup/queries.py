"""Reading the follow-up: who may see which, what is open, what is late."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Length, Replace

from sunlot.office.accounts.roles import CHIEF, CLERK, INSPECTOR, READERS
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.models import State as Asked
from sunlot.office.catalog.policies import office_policy
from sunlot.office.followup.findings import SIGNED, majors_of, problems_of, record_in_force
from sunlot.office.followup.models import Hazard, Order, Waived, Waiver
from sunlot.office.followup.states import (
    OPEN_HAZARDS,
    OPEN_ORDERS,
    UNDER_DEADLINE,
    HazardState,
    OrderState,
    TransferState,
)
from sunlot.office.followup.transfer_models import Transfer
from sunlot.office.inspectors.queries import inspector_of
from sunlot.office.visits.models import Officer, Record, Visit
from sunlot.office.visits.sheet import NO_ACTIVITY, NOBODY_THERE, NORMAL
from sunlot.refusal import Refusal

KEEPERS = (CLERK, CHIEF)  # who follow up every visit; an inspector his own
SPELT = '/severity":"major"'  # of a record's canonical JSON
RECHECKED = "recheck"  # the kind of a visit


def of_firm(firm: str) -> Q:
    """Return what finds the rows of a firm, those of firms merged into it included."""
    return Q(firm_id=firm) | Q(firm__merged_into_id=firm)


def orders_of(firm_id: str) -> QuerySet[Order]:
    """Return every order to a firm, the latest first."""
    return Order.objects.filter(of_firm(firm_id)).order_by("-pk")


def hazards_of(firm_id: str) -> QuerySet[Hazard]:
    """Return every major hazard of a firm, the latest first."""
    return Hazard.objects.filter(of_firm(firm_id)).order_by("-pk")


def transfers_of(firm_id: str) -> QuerySet[Transfer]:
    """Return every transfer about a firm, the latest first."""
    return Transfer.objects.filter(of_firm(firm_id)).order_by("-pk")


def transfers_about(obj: str) -> QuerySet[Transfer]:
    """Return the transfers of a thing, such as report/3, the oldest first."""
    return Transfer.objects.filter(about=obj).order_by("pk")


def own_visits(user: Any) -> QuerySet[Any]:
    """Return the keys of the visits to which this account was sent; replaced officers have nothing to do with them any more."""
    person = inspector_of(user)
    rows = Officer.objects.filter(inspector=person, out=False) if person else Officer.objects.none()
    return rows.values("visit")


def visible_orders(user: Any) -> QuerySet[Order]:
    """Return the orders that this person may see: an inspector those of the visits and rechecks to which he was sent."""
    rows = Order.objects.select_related("firm", "visit")
    if user.role in READERS:
        return rows
    mine = own_visits(user)
    again = Order.objects.filter(rechecks__visit__in=mine).values("pk")
    return rows.filter(Q(visit__in=mine) | Q(pk__in=again))


def visible_hazards(user: Any) -> QuerySet[Hazard]:
    """Return the major hazards that this person may see: an inspector those of his own visits."""
    rows = Hazard.objects.select_related("firm", "visit")
    return rows if user.role in READERS else rows.filter(visit__in=own_visits(user))


def visible_transfers(user: Any) -> QuerySet[Transfer]:
    """Return the transfers that this person may see: an inspector those that he asked for."""
    rows = Transfer.objects.select_related("firm", "asked_by")
    return rows if user.role in READERS else rows.filter(asked_by=user)


def refuse_stranger(user: Any, visit: Visit | None) -> None:
    """Raise Refusal unless this person follows up the visit: clerk and chief any, an inspector only where he was sent."""
    if user.role in KEEPERS:
        return
    if user.role == INSPECTOR and visit is not None and own_visits(user).filter(visit=visit).exists():
        return
    raise Refusal("not_yours", "只有这次检查的检查组成员、经办人和科室负责人可以办理。")


def team_of(visit: Visit) -> list[str]:
    """Return the numbers of those who went to a visit, the leader first."""
    rows = visit.team.filter(out=False).order_by("inspector_id").values_list("inspector_id", "part")
    return [person for person, part in sorted(rows, key=lambda row: row[1] != "leader")]


def unordered() -> QuerySet[Visit]:
    """Return the visits that ended with problems and have neither an order nor a note why none is needed; the latest last."""
    ordered = Order.objects.filter(visit=OuterRef("pk")).exclude(state=OrderState.CANCELLED)
    waived = Waiver.objects.filter(visit=OuterRef("pk"), what=Waived.ORDER)
    rows = Visit.objects.filter(state__in=SIGNED).exclude(outcome__in=(NORMAL, NO_ACTIVITY, *NOBODY_THERE))
    rows = rows.exclude(outcome="corrected").exclude(kind=RECHECKED, recheck__isnull=False)
    return rows.filter(~Exists(ordered), ~Exists(waived)).order_by("finished_at", "pk")


def to_order(rows: QuerySet[Visit], most: int) -> list[Visit]:
    """Return the first of the visits whose record in force holds a problem that was not corrected on the spot."""
    found: list[Visit] = []
    for visit in _with_records(rows):
        record = record_in_force(visit)
        if record is not None and problems_of(record):
            found.append(visit)
        if len(found) == most:
            break
    return found


def _with_records(rows: QuerySet[Visit]) -> Iterator[Visit]:
    """Yield visits with their records at hand, a few queries for many visits."""
    return rows.prefetch_related("records", "major_hazards", "waivers").iterator(chunk_size=50)


def unregistered(rows: QuerySet[Visit]) -> Iterator[tuple[Visit, Any]]:
    """Yield the major hazards of the visits' records that are neither in the register nor noted as not belonging there."""
    for visit in _with_records(rows):
        record = record_in_force(visit)
        known = {hazard.finding for hazard in visit.major_hazards.all()}
        known |= {waiver.finding for waiver in visit.waivers.all() if waiver.what == Waived.HAZARD}
        for found in majors_of(record) if record else []:
            if found.id not in known:
                yield visit, found


def with_majors() -> QuerySet[Visit]:
    """Return the visits whose record names more major hazards than were entered or waived, which of them says `unregistered`.

    Those are found by their spelling in the record's canonical text, so that a county's years of records need not be read one by one.
    """
    spelt = Record.objects.filter(visit=OuterRef("pk"), replaced=False, body__contains=SPELT).order_by("-edition")
    named = (Length("body") - Length(Replace("body", Value(SPELT), Value("")))) / len(SPELT)
    settled = Hazard.objects.filter(visit=OuterRef("pk")).order_by().values("visit").annotate(n=Count("pk")).values("n")
    waived = Waiver.objects.filter(visit=OuterRef("pk"), what=Waived.HAZARD)
    waived_count = waived.order_by().values("visit").annotate(n=Count("pk")).values("n")
    rows = Visit.objects.filter(Exists(spelt), state__in=SIGNED)
    rows = rows.annotate(
        named=Subquery(spelt.annotate(n=named).values("n")[:1]),
        settled=Coalesce(Subquery(settled), 0) + Coalesce(Subquery(waived_count), 0),
    )
    return rows.filter(named__gt=F("settled"))


def nearly_due(today: date) -> QuerySet[Order]:
    """Return the orders whose deadline comes within rectification.reminder_days."""
    ahead = today + timedelta(days=office_policy(today).count("rectification.reminder_days"))
    return Order.objects.filter(state__in=UNDER_DEADLINE, deadline__gte=today, deadline__lte=ahead)


def recheck_due(today: date) -> QuerySet[Order]:
    """Return the orders to recheck now: the firm has reported, or the deadline has passed."""
    passed = Q(state=OrderState.SERVED, deadline__lt=today)
    return Order.objects.filter(passed | Q(state=OrderState.REPORTED))


def late(today: date) -> QuerySet[Order]:
    """Return the orders that are late: not served by their deadline, or not rechecked in time."""
    unserved = Q(state=OrderState.ISSUED, deadline__lt=today)
    unchecked = Q(state__in=(OrderState.SERVED, OrderState.REPORTED, OrderState.RECHECK), recheck_by__lt=today)
    return Order.objects.filter(unserved | unchecked)


def without_case() -> QuerySet[Order]:
    """Return the orders that were not obeyed and about which nobody has proposed a case."""
    return Order.objects.filter(state=OrderState.LEFT, case_proposed_on=None)


def case_proposals() -> QuerySet[Order]:
    """Return the orders for which a case was proposed, the latest first; cases that exist already are the caller's to leave out."""
    return Order.objects.filter(case_proposed_on__isnull=False).select_related("firm", "visit").order_by("-pk")


def open_orders() -> QuerySet[Order]:
    """Return the orders that have not come to an end."""
    return Order.objects.filter(state__in=OPEN_ORDERS)


def overdue_hazards(today: date) -> QuerySet[Hazard]:
    """Return the major hazards whose deadline has passed."""
    return Hazard.objects.filter(state__in=OPEN_HAZARDS, deadline__lt=today)


def hazards_nearly_due(today: date) -> QuerySet[Hazard]:
    """Return the major hazards whose deadline comes within hazard.reminder_days."""
    ahead = today + timedelta(days=office_policy(today).count("hazard.reminder_days"))
    return Hazard.objects.filter(state=HazardState.OPEN, deadline__gte=today, deadline__lte=ahead)


def receipts_missed(today: date) -> QuerySet[Transfer]:
    """Return the transfers whose receipt should have come."""
    return Transfer.objects.filter(state=TransferState.SENT, receipt_by__lt=today).order_by("receipt_by", "pk")


def pending(obj: str, kind: str) -> Approval | None:
    """Return the request of that kind about a thing that waits for a decision."""
    return Approval.objects.filter(obj=obj, kind=kind, state=Asked.PENDING).first()


def days_moved() -> QuerySet[Order]:
    """Return the orders whose deadline was extended."""
    return Order.objects.exclude(deadline=F("first_deadline"))
