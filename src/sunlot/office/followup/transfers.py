"""移送: handing a case or a clue to the department that is competent for it, with approval, date, receipt and the result it reports back.

A receipt is the other department's word. It comes from that department's own login (incoming.py), or as a scan that a second person compares.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, TypedDict, Unpack

from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from sunlot.office.accounts.models import User
from sunlot.office.accounts.queries import doer_of
from sunlot.office.accounts.roles import APPROVERS, CHIEF, CLERK, INSPECTOR, LEADING
from sunlot.office.approvals.kinds import Change, Kind
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.services import ask_within
from sunlot.office.followup.deadlines import receipt_by
from sunlot.office.followup.documents import issue_transfer, issue_transfer_approval
from sunlot.office.followup.files import checked, keep
from sunlot.office.followup.models import Hazard, Order
from sunlot.office.followup.queries import pending
from sunlot.office.followup.states import OPEN_TRANSFERS, TRANSFERS, TransferState, after
from sunlot.office.followup.transfer_models import Receiver, Sort, Transfer, Way
from sunlot.office.journal.services import Deed, deed
from sunlot.office.shell.forms import StaleEdit
from sunlot.office.shell.handed import Handed
from sunlot.office.visits import moment
from sunlot.office.visits.models import Visit
from sunlot.refusal import Refusal

TRANSFER, RECEIPT = "followup.transfer", "followup.receipt"
ABOUT = re.compile(r"(visit|report|order|hazard|case)/[0-9]{1,12}")
MAY_ASK = (CLERK, CHIEF, LEADING, INSPECTOR)


class More(TypedDict, total=False):
    """What a transfer may say besides. `subject`: how the letter calls the thing, by default its number; `firm`: the firm concerned, of a visit,
    an order, a hazard its own; `facts`, `basis` and `opened_on`: of a case.
    """

    sort: str
    subject: str
    facts: str
    basis: str
    materials: str
    opened_on: date | None
    firm: str | None


def send(user: User, about: str, receiver: str, reason: str, **more: Unpack[More]) -> Transfer:
    """Return a transfer that waits for the chief's approval. `about`: the thing handed over, as visit/12 or report/3; `receiver`: a name, of the
    list or free.

    Raises Refusal for an unknown sort of thing, without receiver or reason, for a case without basis and day of opening, and when the same is
    on its way to the same department.
    """
    with deed(by=user.actor) as doing:
        return send_within(doing, user, about, receiver, reason, **more)


def send_within(
    doing: Deed,
    user: User,
    about: str,
    receiver: str,
    reason: str,
    *,
    sort: str = Sort.CLUE.value,
    subject: str = "",
    facts: str = "",
    basis: str = "",
    materials: str = "",
    opened_on: date | None = None,
    firm: str | None = None,
) -> Transfer:
    """Return the same as part of a deed."""
    receiver = receiver.strip()
    _refuse_unfounded(user, about, receiver, reason, sort, basis, opened_on)
    if Transfer.objects.filter(about=about, receiver=receiver, state__in=OPEN_TRANSFERS).exists():
        raise Refusal("transferred_already", f"这一事项正在移送{receiver}，不能重复移送；请等它办结，或先撤销。")
    row = Transfer(
        sort=sort,
        about=about,
        firm_id=firm or _firm_of(about),
        subject=subject.strip() or about,
        receiver=receiver,
        facts=facts.strip(),
        reason=reason.strip(),
        basis=basis.strip(),
        materials=materials.strip(),
        opened_on=opened_on,
        asked_by=user,
        asked_at=moment.now(),
    )
    doing.save(row)
    doing.record("transfer.asked", row.obj, {"sort": str(Sort(sort).label), "receiver": receiver})
    title = f"{Sort(sort).label}：{receiver}"
    ask_within(doing, user, TRANSFER, row.obj, title, {"transfer": row.pk}, reason)
    return row


def _refuse_unfounded(
    user: User, about: str, receiver: str, reason: str, sort: str, basis: str, opened_on: date | None
) -> None:
    if user.role not in MAY_ASK:
        raise Refusal("not_yours", "您的岗位不办理移送。")
    if not ABOUT.fullmatch(about):
        raise Refusal("about_wrong", f"不能移送“{about}”；只能移送检查、投诉举报、责令整改、重大隐患和案件。")
    if not receiver or not reason.strip():
        raise Refusal("receiver_missing", "请填写接收单位和移送理由。")
    if sort not in Sort.values:
        raise Refusal("sort_wrong", "移送种类只能从列表中选。")
    if sort == Sort.CASE and (not basis.strip() or opened_on is None):
        raise Refusal("basis_missing", "案件移送请填写立案日期和移送依据，案件移送书上要写明。")


def _firm_of(about: str) -> str | None:
    kind, number = about.split("/")
    if kind not in ("visit", "order", "hazard"):
        return None
    models: dict[str, Any] = {"visit": Visit, "order": Order, "hazard": Hazard}
    firm: str | None = models[kind].objects.filter(pk=int(number)).values_list("firm", flat=True).first()
    return firm


def dispatch(user: User, number: int, on: date, pages: int = 0) -> Transfer:
    """Note the day on which an approved transfer left, and return it; a case's letter (案件移送书) gets its number. `pages`: of its material.

    Raises Refusal for a day in the future or before its approval, and where the letter lacks something.
    """
    with deed(by=user.actor) as doing:
        row = _locked(user, number)
        move(row, "send")
        _refuse_future(on)
        if row.approved_at is not None and on < moment.day_of(row.approved_at.isoformat()):
            raise Refusal("day_wrong", f"发出日期 {on} 早于批准日期，请改正。")
        row.sent_on, row.receipt_by = on, receipt_by(on)
        save(doing, row, "transfer.sent", on)
        if row.sort == Sort.CASE:
            issue_transfer(doing, user, row, pages)
    return row


def receive(user: User, number: int, on: date, receipt: str, scan: Iterable[Handed]) -> Approval:
    """Hand in the scanned receipt (回执) and return the request to a second person, who compares it. `receipt`: its number or who signed.

    Raises Refusal without a scan, and while another receipt waits to be compared.
    """
    pages = checked(scan)
    with deed(by=user.actor) as doing:
        row = _locked(user, number)
        after(TRANSFERS, row.state, "receive", str(row), str(TransferState(row.state).label))
        refuse_before(row, on)
        if not pages:
            raise Refusal("receipt_missing", "请附上回执的扫描件；没有纸质回执的，请接收部门用本部门账号确认收到。")
        if pending(row.obj, RECEIPT):
            raise Refusal("receipt_waiting", f"{row}的回执已报另一人核对，请等它办结。")
        keep(doing, pages, transfer=row)
        save(doing, row, "transfer.receipt-shown", on)
        payload = {"transfer": row.pk, "on": on.isoformat(), "receipt": receipt.strip()[:200]}
        return ask_within(
            doing, user, RECEIPT, row.obj, f"核对移送回执：{row.receiver}", payload, receipt or "见扫描件"
        )


def _compared(doing: Deed, payload: dict[str, Any], approval: Any) -> None:
    row = Transfer.objects.select_for_update(of=("self",)).get(pk=payload["transfer"])
    move(row, "receive")
    row.receipt_on, row.receipt, row.receipt_way = date.fromisoformat(payload["on"]), payload["receipt"], Way.SCAN
    save(doing, row, "transfer.received", row.receipt_on)


def urge(user: User, number: int, how: str) -> Transfer:
    """Note that the receiver was reminded of the receipt today, and return the transfer; it is waited for anew from here. `how`: by which way."""
    if not how.strip():
        raise Refusal("text_missing", "请写明催问的方式和对方的答复。")
    with deed(by=user.actor) as doing:
        row = _locked(user, number)
        move(row, "urge")
        today = moment.today()
        row.urged_on, row.urges, row.receipt_by = today, row.urges + 1, receipt_by(today)
        save(doing, row, "transfer.urged", today, how=how.strip())
    return row


def answer(user: User, number: int, on: date, text: str, scan: Iterable[Handed] = ()) -> Transfer:
    """Note what the other department reports back, and return the transfer."""
    pages = checked(scan)
    if not text.strip():
        raise Refusal("text_missing", "请写明接收单位反馈的处理结果。")
    with deed(by=user.actor) as doing:
        row = _locked(user, number)
        move(row, "answer")
        refuse_before(row, on)
        row.answered_on, row.answer = on, text.strip()
        keep(doing, pages, transfer=row)
        save(doing, row, "transfer.answered", on)
    return row


def drop(user: User, number: int, reason: str) -> Transfer:
    """Take back a transfer that has not left, and return it."""
    if not reason.strip():
        raise Refusal("reason_missing", "撤销移送请写明理由。")
    with deed(by=user.actor) as doing:
        row = _locked(user, number)
        move(row, "drop")
        row.answer = reason.strip()
        save(doing, row, "transfer.dropped")
    return row


def keep_receiver(user: User, number: int | None, version: int, name: str, contact: str, closed: bool) -> Receiver:
    """Return a receiver of the bureau's list, new when `number` is None. Raises Refusal without a name and for one that is there."""
    if not name.strip():
        raise Refusal("name_missing", "请填写接收部门的名称。")
    with deed(by=user.actor) as doing:
        row = Receiver.objects.select_for_update().get(pk=number) if number else Receiver()
        if number and row.version != version:
            raise StaleEdit(str(row))
        if Receiver.objects.filter(name=name.strip()).exclude(pk=row.pk).exists():
            raise Refusal("known", f"接收部门“{name.strip()}”已在列表中。")
        row.name, row.contact, row.closed = name.strip(), contact.strip(), closed
        row.version += 1 if number else 0
        doing.save(row)
        doing.record("receiver.changed" if number else "receiver.added", f"receiver/{row.pk}", {"name": row.name})
    return row


def _locked(user: User, number: int) -> Transfer:
    row = Transfer.objects.select_for_update(of=("self",)).get(pk=number)
    if user.role not in (CLERK, CHIEF) and row.asked_by_id != user.pk:
        raise Refusal("not_yours", "只有提出移送的人、经办人和科室负责人可以办理。")
    return row


def move(row: Transfer, act: str) -> None:
    """Take a transfer one step along its way. Raises Refusal when the table has no such step."""
    row.state = after(TRANSFERS, row.state, act, str(row), str(TransferState(row.state).label))


def _refuse_future(on: date) -> None:
    if on > moment.today():
        raise Refusal("day_wrong", f"日期 {on} 在将来，请改正。")


def refuse_before(row: Transfer, on: date) -> None:
    """Raise Refusal for a day in the future, or before the transfer left."""
    _refuse_future(on)
    if row.sent_on is not None and on < row.sent_on:
        raise Refusal("day_wrong", f"日期 {on} 早于发出日期 {row.sent_on}，请改正。")


def save(doing: Deed, row: Transfer, act: str, on: date | None = None, how: str = "") -> None:
    """Write a transfer with its event. `how`: in words that are not public."""
    row.version += 1
    doing.save(row)
    day = {"on": on.isoformat()} if on else {}
    doing.record(act, row.obj, {"receiver": row.receiver} | day, sealed={"how": how} if how else {})


def _approve(doing: Deed, payload: dict[str, Any], approval: Any) -> None:
    row = Transfer.objects.select_for_update(of=("self",)).get(pk=payload["transfer"])
    move(row, "approve")
    row.approved_at = moment.now()
    save(doing, row, "transfer.approved")
    if row.sort == Sort.CASE:
        issue_transfer_approval(doing, row, doer_of(doing))


def _changes(payload: dict[str, Any]) -> list[Change]:
    row = Transfer.objects.get(pk=payload["transfer"])
    return [
        (noop("接收单位"), "", row.receiver),
        (noop("案件或线索名称"), "", row.subject),
        (noop("移送依据"), "", row.basis or "—"),
        (noop("移送材料"), "", row.materials or "—"),
    ]


def _address(payload: dict[str, Any]) -> str:
    return reverse("followup:transfer", args=[payload["transfer"]])


def _receipt_changes(payload: dict[str, Any]) -> list[Change]:
    row = Transfer.objects.get(pk=payload["transfer"])
    return [
        (noop("接收单位"), "", row.receiver),
        (noop("回执日期"), "", payload["on"]),
        (noop("回执文号或签收人"), "", payload["receipt"] or "见扫描件"),
        (noop("回执扫描件"), "", "；".join(row.files.order_by("pk").values_list("name", flat=True))),
    ]


KIND = Kind(TRANSFER, "移送审批", APPROVERS, _approve, _changes, _address)
COMPARING = Kind(RECEIPT, "核对移送回执", frozenset({CLERK}) | APPROVERS, _compared, _receipt_changes, _address)
