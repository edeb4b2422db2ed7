"""The ways of an order, of a major hazard and of a transfer, as tables: what may be done in which state, and what it becomes."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from sunlot.office.shell.ways import step


class OrderState(models.TextChoices):
    """Where a rectification order (责令限期整改) stands. That a recheck is due is reckoned from its days, not a state."""

    ISSUED = "issued", _("已下达（未送达）")
    SERVED = "served", _("整改中")
    REPORTED = "reported", _("企业报告整改完成")
    RECHECK = "recheck", _("复查已安排")
    CONFIRM = "confirm", _("已改正，待复核办结")
    CLOSED = "closed", _("已办结")
    LEFT = "left", _("未按要求改正")
    CANCELLED = "cancelled", _("已撤销")


class HazardState(models.TextChoices):
    """Where a major hazard stands in the register."""

    OPEN = "open", _("治理中")
    REPORTED = "reported", _("申请销号")
    CLOSED = "closed", _("已销号")


class TransferState(models.TextChoices):
    """Where a transfer stands."""

    ASKED = "asked", _("待批准")
    APPROVED = "approved", _("已批准（未发出）")
    SENT = "sent", _("已发出")
    RECEIVED = "received", _("已收到回执")
    ANSWERED = "answered", _("已反馈结果")
    DROPPED = "dropped", _("已撤销")


Order, Hazard, Transfer = OrderState, HazardState, TransferState
Ways = Mapping[str, Mapping[str, str]]
ORDERS: Ways = {
    "serve": {Order.ISSUED: Order.SERVED},
    "extend": {Order.SERVED: Order.SERVED},
    "report": {Order.SERVED: Order.REPORTED},
    "recheck": {Order.SERVED: Order.RECHECK, Order.REPORTED: Order.RECHECK, Order.LEFT: Order.RECHECK},
    "recheck_fell_away": {
        Order.RECHECK: Order.REPORTED
    },  # the visit was cancelled or could not be held: another is arranged
    "corrected": {Order.REPORTED: Order.CLOSED, Order.RECHECK: Order.CLOSED, Order.CONFIRM: Order.CLOSED},
    "corrected_major": {Order.REPORTED: Order.CONFIRM, Order.RECHECK: Order.CONFIRM},
    "not_corrected": {Order.REPORTED: Order.LEFT, Order.RECHECK: Order.LEFT, Order.CONFIRM: Order.LEFT},
    "cancel": {Order.ISSUED: Order.CANCELLED},
}
HAZARDS: Ways = {
    "change": {Hazard.OPEN: Hazard.OPEN, Hazard.REPORTED: Hazard.OPEN},  # back once its sign-off was turned down
    "report": {Hazard.OPEN: Hazard.REPORTED, Hazard.REPORTED: Hazard.REPORTED},
    "sign_off": {Hazard.REPORTED: Hazard.CLOSED},
}
TRANSFERS: Ways = {
    "approve": {Transfer.ASKED: Transfer.APPROVED},
    "send": {Transfer.APPROVED: Transfer.SENT},
    "urge": {Transfer.SENT: Transfer.SENT},
    "receive": {Transfer.SENT: Transfer.RECEIVED},
    "answer": {Transfer.SENT: Transfer.ANSWERED, Transfer.RECEIVED: Transfer.ANSWERED},
    "drop": {Transfer.ASKED: Transfer.DROPPED, Transfer.APPROVED: Transfer.DROPPED},
}
TITLES = {
    "serve": _("送达"),
    "extend": _("延长期限"),
    "report": _("报告整改完成"),
    "recheck": _("安排复查"),
    "recheck_fell_away": _("另行安排复查"),
    "corrected": _("办结"),
    "corrected_major": _("记录复查结果"),
    "not_corrected": _("记录复查结果"),
    "cancel": _("撤销"),
    "change": _("修改"),
    "sign_off": _("销号"),
    "approve": _("批准"),
    "send": _("发出"),
    "urge": _("登记催问"),
    "receive": _("登记回执"),
    "answer": _("登记处理结果"),
    "drop": _("撤销"),
}
COLOURS: Mapping[str, str] = {
    Order.ISSUED: "warn",
    Order.SERVED: "info",
    Order.REPORTED: "warn",
    Order.RECHECK: "info",
    Order.CONFIRM: "warn",
    Order.CLOSED: "ok",
    Order.LEFT: "bad",
    Order.CANCELLED: "plain",
    Hazard.OPEN: "bad",
    Transfer.ASKED: "warn",
    Transfer.APPROVED: "warn",
    Transfer.SENT: "info",
    Transfer.RECEIVED: "info",
    Transfer.ANSWERED: "ok",
    Transfer.DROPPED: "plain",
}
OPEN_ORDERS = (Order.ISSUED, Order.SERVED, Order.REPORTED, Order.RECHECK, Order.CONFIRM, Order.LEFT)
UNDER_DEADLINE = (Order.ISSUED, Order.SERVED)
OPEN_HAZARDS = (Hazard.OPEN, Hazard.REPORTED)
OPEN_TRANSFERS = (Transfer.ASKED, Transfer.APPROVED, Transfer.SENT, Transfer.RECEIVED)


def may(ways: Ways, state: str, act: str) -> bool:
    """Return whether the table has a way from this state by this act."""
    return state in ways[act]


def after(ways: Ways, state: str, act: str, what: str, now: str) -> str:
    """Return the state that an act leads to. `what`, `now`: the thing and its state in Chinese. Raises Refusal when there is no such way."""
    return step(what, now, ways[act], state, TITLES[act])
