"""An order from its issue to the day the firm has it, what needs none, and the proposal of a case where it was not obeyed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sunlot.office.accounts.models import User
from sunlot.office.followup import waivers
from sunlot.office.followup.deadlines import Term, deadline, recheck_by
from sunlot.office.followup.documents import issue_order, order_paper
from sunlot.office.followup.findings import Found, majors_of, problems_of, record_in_force
from sunlot.office.followup.models import Order, Problem, Service, Waived, Waiver
from sunlot.office.followup.queries import refuse_stranger
from sunlot.office.followup.states import ORDERS, OrderState, after
from sunlot.office.journal.services import Deed, deed
from sunlot.office.papers.approval_kinds import ask_void
from sunlot.office.papers.serving import serve as serve_paper
from sunlot.office.shell.forms import StaleEdit
from sunlot.office.visits import moment
from sunlot.office.visits.models import Record, Visit
from sunlot.refusal import Refusal


@dataclass(frozen=True)
class Wanted:
    """An order as it is wanted. `findings`: the ids of the problems; `government`, `court`: where the firm may turn against it."""

    findings: Collection[str]
    term: Term
    government: str
    court: str
    measures: str = ""


def issue(user: User, visit: int, wanted: Wanted) -> Order:
    """Return a new order about problems of a signed record, with its paper and number.

    Raises Refusal for a visit without a signed record, for problems that are not in it, corrected already, or in another order.
    """
    with deed(by=user.actor) as doing:
        row = Visit.objects.select_for_update().get(pk=visit)
        refuse_stranger(user, row)
        record, chosen = _chosen(row, wanted.findings)
        if not wanted.government.strip() or not wanted.court.strip():
            raise Refusal("remedies_missing", "请填写行政复议机关和行政诉讼法院，文书须告知救济途径。")
        today = moment.today()
        ends = deadline(today, wanted.term)
        order = Order(
            visit=row,
            record=record,
            firm_id=row.firm_id,
            firm_name=row.firm_name,
            issued_on=today,
            issued_by=user,
            measures=wanted.measures.strip(),
            government=wanted.government.strip(),
            court=wanted.court.strip(),
            workdays=wanted.term.workdays,
            first_deadline=ends.day,
            deadline=ends.day,
            remark=ends.note,
        )
        doing.save(order)
        for position, found in enumerate(chosen, 1):
            doing.save(_problem(order, position, found))
        doing.record("order.issued", order.obj, {"count": len(chosen), "deadline": ends.day.isoformat()})
        issue_order(doing, user, order)
    return order


def _chosen(visit: Visit, findings: Collection[str]) -> tuple[Record, list[Found]]:
    record = record_in_force(visit)
    if record is None:
        raise Refusal("not_signed", f"{visit}还没有签字的检查记录，或正在更正，不能下达责令限期整改。")
    known = {found.id: found for found in problems_of(record)}
    if not findings:
        raise Refusal("no_problem", "请勾选要责令整改的问题。")
    if [one for one in findings if one not in known]:
        raise Refusal("not_in_the_record", "所选问题不在已签字的检查记录中，或已当场改正；请刷新页面重新选择。")
    taken = Problem.objects.filter(order__visit=visit, finding__in=findings).exclude(order__state=OrderState.CANCELLED)
    if (other := taken.select_related("order").first()) is not None:
        raise Refusal("ordered_already", f"问题“{other.text[:30]}”已由{other.order}责令整改，不能重复下达。")
    return record, [found for one, found in known.items() if one in findings]


def _problem(order: Order, position: int, found: Found) -> Problem:
    return Problem(
        order=order,
        position=position,
        finding=found.id,
        text=found.text,
        article=found.article,
        severity=found.severity,
        listed=found.listed,
    )


def waive(user: User, visit: int, reason: str) -> Waiver | None:
    """Note why the problems of a visit need no order, and return the note; None where one is a major hazard and a second person is asked.

    Raises Refusal without a reason, or when there is an order.
    """
    if not reason.strip():
        raise Refusal("reason_missing", "不另行责令限期整改的，请写明理由。")
    with deed(by=user.actor) as doing:
        row = Visit.objects.select_for_update().get(pk=visit)
        refuse_stranger(user, row)
        if row.orders.exclude(state=OrderState.CANCELLED).exists():
            raise Refusal("ordered_already", f"{row}已经下达责令限期整改。")
        if row.waivers.filter(what=Waived.ORDER).exists():
            raise Refusal("waived_already", f"{row}已经说明不另行责令整改。")
        if (record := record_in_force(row)) is not None and majors_of(record):
            waivers.ask_for_major(doing, user, row, Waived.ORDER, "", reason)
            return None
        return waivers.note(doing, user, row, Waived.ORDER, "", reason)


def serve(user: User, number: int, on: date, to: str, service: str) -> Order:
    """Note when, how and into whose hands an order and its paper were given, and return it. Raises Refusal for a day before its issue or in the future."""
    with deed(by=user.actor) as doing:
        order = locked(user, number)
        move(order, "serve")
        if not order.issued_on <= on <= moment.today():
            raise Refusal("served_on_wrong", f"送达日期应在下达日期 {order.issued_on} 到今天之间，现为 {on}。")
        if not to.strip() or service not in Service.values:
            raise Refusal("receiver_missing", "请填写签收人和送达方式。")
        order.served_on, order.served_to, order.service = on, to.strip(), service
        order.recheck_by = recheck_by(order.deadline, None)
        save(doing, order, "order.served")
        if (paper := order_paper(order)) is not None:
            serve_paper(user, paper.pk, on, str(Service(service).label), to)
    return order


def cancel(user: User, number: int, reason: str) -> Order:
    """Take back an order that the firm has not got yet, and return it; its problems are open again, and that its paper be void is asked for."""
    if not reason.strip():
        raise Refusal("reason_missing", "撤销责令限期整改请写明理由。")
    with deed(by=user.actor) as doing:
        order = locked(user, number)
        move(order, "cancel")
        order.remark = reason.strip()
        save(doing, order, "order.cancelled")
        if (paper := order_paper(order)) is not None:
            ask_void(user, paper, reason)
    return order


def propose_case(user: User, number: int, reason: str) -> Order:
    """Propose a case (立案) against a firm that did not obey, and return the order. Raises Refusal unless its recheck found so."""
    if not reason.strip():
        raise Refusal("reason_missing", "请写明建议立案的理由。")
    with deed(by=user.actor) as doing:
        order = locked(user, number)
        if order.state != OrderState.LEFT or order.case_proposed_on:
            raise Refusal("no_case_to_propose", "只有复查认定未按要求改正、且没有提出过立案建议的，才建议立案。")
        order.case_proposed_on, order.remark = moment.today(), reason.strip()
        save(doing, order, "order.case-proposed")
    return order


def locked(user: User, number: int, version: int | None = None) -> Order:
    """Return an order held until commit. Raises Refusal for who has nothing to do with it, StaleEdit when it changed since `version`."""
    order = Order.objects.select_for_update(of=("self",)).select_related("visit").get(pk=number)
    recheck = order.rechecks.filter(visit__isnull=False).order_by("-pk").first()
    try:
        refuse_stranger(user, order.visit)
    except Refusal:
        refuse_stranger(user, recheck.visit if recheck else None)
    if version is not None and version != order.version:
        raise StaleEdit(str(order))
    return order


def move(order: Order, act: str) -> None:
    """Take an order one step along its way. Raises Refusal when the table has no such step."""
    order.state = after(ORDERS, order.state, act, str(order), str(OrderState(order.state).label))


def save(doing: Deed, order: Order, act: str, pub: dict[str, str | int] | None = None) -> None:
    """Write an order with its event."""
    order.version += 1
    doing.save(order)
    doing.record(act, order.obj, pub or {})
