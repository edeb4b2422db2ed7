"""What other departments were sent, as they see it themselves: an account of the receiving department takes it in and reports back.

An account belongs to the receiver whose name its department bears; nothing else of the office is shown to it.
"""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import PARTNER
from sunlot.office.followup.states import TransferState
from sunlot.office.followup.transfer_models import Transfer, Way
from sunlot.office.followup.transfers import move, refuse_before, save
from sunlot.office.journal.services import deed
from sunlot.office.visits import moment
from sunlot.refusal import Refusal

SEEN = (TransferState.SENT, TransferState.RECEIVED, TransferState.ANSWERED)


def sent_to(user: Any) -> QuerySet[Transfer]:
    """Return the transfers that left for the department of this account, none for an account without one."""
    if user.role != PARTNER or not user.department.strip():
        return Transfer.objects.none()
    return Transfer.objects.filter(receiver=user.department.strip(), state__in=SEEN)


def acknowledge(user: User, number: int) -> Transfer:
    """Note that the receiving department confirms the receipt today, and return the transfer. Raises Refusal for another department's."""
    with deed(by=user.actor) as doing:
        row = _ours(user, number)
        move(row, "receive")
        row.receipt_on, row.receipt, row.receipt_way = moment.today(), user.name, Way.LOGIN
        save(doing, row, "transfer.acknowledged", row.receipt_on)
    return row


def reply(user: User, number: int, on: date, text: str) -> Transfer:
    """Note what the receiving department reports itself, and return the transfer. Raises Refusal for another department's, or without a text."""
    if not text.strip():
        raise Refusal("text_missing", "请写明处理结果。")
    with deed(by=user.actor) as doing:
        row = _ours(user, number)
        move(row, "answer")
        refuse_before(row, on)
        if row.receipt_on is None:
            row.receipt_on, row.receipt, row.receipt_way = moment.today(), user.name, Way.LOGIN
        row.answered_on, row.answer = on, text.strip()
        save(doing, row, "transfer.answered", on)
    return row


def _ours(user: User, number: int) -> Transfer:
    row = sent_to(user).select_for_update(of=("self",)).filter(pk=number).first()
    if row is None:
        raise Refusal("not_yours", "这件移送不是发给贵部门的，或者还没有发出。")
    return row
