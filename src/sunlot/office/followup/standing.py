"""How something stands towards its deadline, in words and with a colour, as lists and pages show it."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_noop as noop

from sunlot.office.catalog.policies import office_policy
from sunlot.office.followup.models import Hazard, Order
from sunlot.office.followup.states import OPEN_HAZARDS, UNDER_DEADLINE, OrderState, TransferState
from sunlot.office.followup.transfer_models import Transfer
from sunlot.office.visits import moment

IN_TIME, NEAR, RECHECK, LATE, OVERDUE = noop("期限内"), noop("即将到期"), noop("应复查"), noop("逾期"), noop("复查超期")
MISSED = noop("逾期未收到回执")
COLOURS = {IN_TIME: "ok", NEAR: "warn", RECHECK: "warn", LATE: "bad", OVERDUE: "bad", MISSED: "bad", "": "plain"}


def of_order(order: Order, today: date | None = None) -> str:
    """Return how an order stands towards its deadline and its recheck, empty once that does not matter any more."""
    today = today or moment.today()
    if order.state in UNDER_DEADLINE and order.deadline >= today:
        return NEAR if order.deadline <= _ahead(today, "rectification.reminder_days") else IN_TIME
    if order.state == OrderState.ISSUED:
        return LATE
    if order.state in (OrderState.SERVED, OrderState.REPORTED, OrderState.RECHECK):
        if order.recheck_by is not None and order.recheck_by < today:
            return OVERDUE
        return IN_TIME if order.state == OrderState.RECHECK else RECHECK
    return ""


def of_hazard(hazard: Hazard, today: date | None = None) -> str:
    """Return how a major hazard stands towards its deadline, empty once it is signed off."""
    today = today or moment.today()
    if hazard.state not in OPEN_HAZARDS:
        return ""
    if hazard.deadline < today:
        return LATE
    return NEAR if hazard.deadline <= _ahead(today, "hazard.reminder_days") else IN_TIME


def of_transfer(transfer: Transfer, today: date | None = None) -> str:
    """Return whether a transfer's receipt is missed, empty where it is not waited for."""
    if transfer.state != TransferState.SENT or transfer.receipt_by is None:
        return ""
    return MISSED if transfer.receipt_by < (today or moment.today()) else IN_TIME


def colour(text: Any) -> str:
    """Return the colour of a standing."""
    return COLOURS[text]


def _ahead(today: date, rule: str) -> date:
    return today + timedelta(days=office_policy(today).count(rule))
