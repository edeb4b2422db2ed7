"""What of the follow-up waits for whom, and what is late."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from sunlot.office.accounts.roles import CHIEF, CLERK, INSPECTOR, LEADING, PARTNER
from sunlot.office.followup import incoming, queries
from sunlot.office.followup.cut_models import PowerCut
from sunlot.office.followup.findings import SIGNED
from sunlot.office.followup.models import Extension, Order
from sunlot.office.followup.states import HazardState, OrderState, TransferState
from sunlot.office.followup.transfer_models import Transfer
from sunlot.office.shell.todo import Todo
from sunlot.office.visits.models import Visit

MOST = 20  # lines of one sort


def todos(user: Any, today: date) -> Iterator[Todo]:
    """Yield what this person has to do: orders to make, serve, recheck and judge, hazards to enter, receipts to ask for; what is late for the chief."""
    if user.role in (CLERK, CHIEF, INSPECTOR):
        mine = None if user.role != INSPECTOR else queries.own_visits(user)
        yield from _to_order(_of(queries.unordered(), mine))
        yield from _to_register(_of(queries.with_majors(), mine))
    if user.role in (CLERK, INSPECTOR):
        yield from _steps(queries.visible_orders(user), today)
        yield from _transfers(queries.visible_transfers(user), today)
    if user.role == CHIEF:
        yield from _late_orders(today)
    if user.role in (CHIEF, LEADING):
        yield from _late_hazards(today)
    if user.role in (CLERK, CHIEF):
        yield from _cuts_to_lift()
    if user.role == CHIEF:
        yield from _transfers(queries.visible_transfers(user), today)
    if user.role == PARTNER:
        yield from _arrived(user, today)


def _of(rows: QuerySet[Visit], mine: QuerySet[Any] | None) -> QuerySet[Visit]:
    return rows if mine is None else rows.filter(pk__in=mine)


def _to_order(rows: QuerySet[Visit]) -> Iterator[Todo]:
    for visit in queries.to_order(rows, MOST):
        url = reverse("followup:issue", args=[visit.pk])
        yield Todo(
            f"{visit.firm_name}：{_('检查已签字，有问题未处理')}", url, _("请下达责令限期整改，或说明为何不需要")
        )


def _to_register(rows: QuerySet[Visit]) -> Iterator[Todo]:
    count = sum(1 for _found in queries.unregistered(rows.order_by("pk")[:200]))
    if count:
        hint = _("检查发现的重大隐患，请列入台账或说明理由")
        yield Todo(_("待列入台账的重大隐患"), reverse("followup:proposed"), hint, count=count)


def _steps(rows: QuerySet[Order], today: date) -> Iterator[Todo]:
    lately = rows.order_by("deadline", "pk")
    asked = Extension.objects.filter(approval=None, order__in=rows.values("pk")).values("order")
    sorts: list[tuple[QuerySet[Order], str, str]] = [
        (lately.filter(state=OrderState.ISSUED), _("责令限期整改待送达"), "due"),
        (lately.filter(pk__in=asked), _("企业申请延期，请报批或答复"), "due"),
        (lately.filter(pk__in=queries.nearly_due(today).values("pk")), _("整改期限将满"), "due"),
        (lately.filter(pk__in=queries.recheck_due(today).values("pk")), _("请安排整改复查"), "due"),
        (
            lately.filter(state=OrderState.RECHECK, rechecks__visit__state__in=SIGNED),
            _("复查已签字，请填写复查结果"),
            "due",
        ),
        (lately.filter(state=OrderState.LEFT, case_proposed_on=None), _("未按要求改正，请建议立案或再次复查"), "due"),
    ]
    by_one = lately.filter(rechecks__visit=None, rechecks__concluded_on=None, rechecks__concluded_by__isnull=False)
    waits = by_one.filter(state__in=(OrderState.REPORTED, OrderState.CONFIRM))
    sorts.append((waits, _("凭材料复查待检查组另一名成员确认"), "due"))
    late = set(queries.late(today).values_list("pk", flat=True))
    for found, hint, state in sorts:
        for order in found.distinct()[:MOST]:
            yield _line(order, hint, "late" if order.pk in late else state)


def _line(order: Order, hint: str, state: str) -> Todo:
    due = order.recheck_by if order.state in (OrderState.REPORTED, OrderState.RECHECK) else order.deadline
    return Todo(f"{order.firm_name}：{order}", reverse("followup:order", args=[order.pk]), hint, due, state)


def _late_orders(today: date) -> Iterator[Todo]:
    url = reverse("followup:orders")
    if count := queries.late(today).count():
        yield Todo(_("逾期未送达或未复查的责令整改"), f"{url}?late=late", "", state="late", count=count)
    if count := queries.without_case().count():
        hint = _("未按要求改正，还没有建议立案")
        yield Todo(_("未按要求改正的责令整改"), f"{url}?state=left", hint, state="late", count=count)


def _late_hazards(today: date) -> Iterator[Todo]:
    url = reverse("followup:hazards")
    if count := queries.overdue_hazards(today).count():
        yield Todo(_("逾期未销号的重大隐患"), f"{url}?late=late", "", state="late", count=count)
    if count := queries.hazards_nearly_due(today).count():
        yield Todo(_("治理期限将满的重大隐患"), f"{url}?late=near", "", count=count)


def _transfers(rows: QuerySet[Transfer], today: date) -> Iterator[Todo]:
    for row in rows.filter(state=TransferState.APPROVED).order_by("pk")[:MOST]:
        yield Todo(f"{row.receiver}：{row}", reverse("followup:transfer", args=[row.pk]), _("已批准，请发出并登记"))
    for row in rows.filter(pk__in=queries.receipts_missed(today).values("pk"))[:MOST]:
        hint = _("逾期未收到回执，请催问")
        url = reverse("followup:transfer", args=[row.pk])
        yield Todo(f"{row.receiver}：{row}", url, hint, row.receipt_by, "late")


def _arrived(user: Any, today: date) -> Iterator[Todo]:
    for row in incoming.sent_to(user).filter(state=TransferState.SENT).order_by("receipt_by", "pk")[:MOST]:
        state = "late" if row.receipt_by and row.receipt_by < today else "due"
        url = reverse("followup:arrived", args=[row.pk])
        yield Todo(row.subject, url, _("移送到贵部门，请确认收到"), row.receipt_by, state)


def _cuts_to_lift() -> Iterator[Todo]:
    """Yield the firms that are still cut off though their hazard is gone (安全生产法第70条第2款: lifted without delay)."""
    rows = PowerCut.objects.filter(lifted_on=None, hazard__state=HazardState.CLOSED).select_related("hazard")
    for row in rows.order_by("pk")[:MOST]:
        url = reverse("followup:hazard", args=[row.hazard_id])
        yield Todo(row.hazard.firm_name, url, _("重大隐患已销号，请及时解除停止供应措施"), row.hazard.closed_on, "late")
