"""More time: the firm asks with a reason before its deadline, whoever follows the order up passes it on, a second person decides."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import APPROVERS
from sunlot.office.approvals.kinds import Change, Kind
from sunlot.office.approvals.models import State as Asked
from sunlot.office.approvals.services import ask_within
from sunlot.office.followup.deadlines import recheck_by, refuse_rest
from sunlot.office.followup.models import Extension, Order
from sunlot.office.followup.orders import locked, move, save
from sunlot.office.followup.states import ORDERS, OrderState, may
from sunlot.office.journal.services import Deed, deed
from sunlot.office.visits import moment
from sunlot.refusal import Refusal

EXTEND = "followup.extend"


def request(order_pk: int, by: str, wanted: date, reason: str) -> Extension:
    """Return what a firm asks for on its own page, to be passed on by the office. `by`: a pseudonym of the journal, u/firm for the firm.

    Raises Refusal without a reason, for a day that is not after the deadline or is one of rest, after the deadline, and while another request is open.
    """
    with deed(by=by) as doing:
        return _request(doing, Order.objects.select_for_update().get(pk=order_pk), by, wanted, reason)


def _request(doing: Deed, order: Order, by: str, wanted: date, reason: str) -> Extension:
    if not may(ORDERS, order.state, "extend"):
        raise Refusal("not_the_order", f"{order}现为“{OrderState(order.state).label}”，不能申请延期。")
    if not reason.strip():
        raise Refusal("reason_missing", "申请延期请写明理由。")
    if moment.today() > order.deadline:
        raise Refusal("too_late", f"整改期限 {order.deadline} 已过；延期应在期限届满前申请。")
    if wanted <= order.deadline:
        raise Refusal("not_later", f"申请延至 {wanted}，应晚于现在的期限 {order.deadline}。")
    refuse_rest(wanted, "申请延至")
    if is_open(order):
        raise Refusal("asked_already", "已有一份延期申请在办理，请等它办结。")
    extension = Extension(
        order=order, before=order.deadline, wanted=wanted, reason=reason.strip(), by=by, asked_at=moment.now()
    )
    doing.save(extension)
    days = {"before": order.deadline.isoformat(), "wanted": wanted.isoformat()}
    doing.record("order.extension-asked", order.obj, days)
    return extension


def is_open(order: Order) -> bool:
    """Return whether a request for more time waits: to be passed on, or to be decided."""
    rows = order.extensions.filter(granted=False)
    return rows.filter(approval=None).exists() or rows.filter(approval__state=Asked.PENDING).exists()


def ask(user: User, order_pk: int, wanted: date, reason: str) -> Extension:
    """Return a request that somebody of the office writes down for the firm and passes on in one step. Raises Refusal as `request` does."""
    with deed(by=user.actor) as doing:
        order = locked(user, order_pk)
        extension = _request(doing, order, user.actor, wanted, reason)
        _submit(doing, user, extension, reason)
    return extension


def submit(user: User, number: int, opinion: str) -> Extension:
    """Pass a firm's request on to the one who decides, with one's own opinion, and return it."""
    with deed(by=user.actor) as doing:
        extension = Extension.objects.select_for_update().get(pk=number)
        extension.order = locked(user, extension.order_id)
        if extension.approval_id:
            raise Refusal("asked_already", "这份延期申请已经报批。")
        _submit(doing, user, extension, opinion)
    return extension


def _submit(doing: Deed, user: User, extension: Extension, opinion: str) -> None:
    order = extension.order
    title = f"延长整改期限：{order}"
    extension.approval = ask_within(doing, user, EXTEND, order.obj, title, {"extension": extension.pk}, opinion)
    doing.save(extension)
    doing.record("order.extension-submitted", order.obj, {})


def _grant(doing: Deed, payload: dict[str, Any], approval: Any) -> None:
    extension = Extension.objects.select_for_update().get(pk=payload["extension"])
    order = Order.objects.select_for_update().get(pk=extension.order_id)
    move(order, "extend")
    if order.deadline != extension.before:
        raise Refusal("deadline_moved", f"整改期限已改为 {order.deadline}，请退回后重新申请。")
    extension.granted = True
    doing.save(extension)
    order.deadline = extension.wanted
    order.recheck_by = recheck_by(order.deadline, None)
    days: dict[str, str | int] = {"before": extension.before.isoformat(), "deadline": order.deadline.isoformat()}
    save(doing, order, "order.extended", days)


def _changes(payload: dict[str, Any]) -> list[Change]:
    extension = Extension.objects.select_related("order").get(pk=payload["extension"])
    return [
        (noop("单位"), "", extension.order.firm_name),
        (noop("整改期限"), extension.before.isoformat(), extension.wanted.isoformat()),
        (noop("延期理由"), "", extension.reason),
    ]


def _address(payload: dict[str, Any]) -> str:
    return reverse(
        "followup:order", args=[Extension.objects.values_list("order", flat=True).get(pk=payload["extension"])]
    )


KIND = Kind(EXTEND, "延长整改期限", APPROVERS, _grant, _changes, _address)
