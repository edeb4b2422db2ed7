"""缴款、执行、结案, and a decision that is annulled: its entry in the violation database goes with it."""

from datetime import date
from typing import Any

from sunlot.office.accounts.models import User
from sunlot.office.accounts.queries import doer_of
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.services import ask_within
from sunlot.office.cases import documents, owing, violations
from sunlot.office.cases.limits import cite
from sunlot.office.cases.models import Case, Outcome, Part
from sunlot.office.cases.people import refuse_decider, refuse_stranger
from sunlot.office.cases.states import State, after
from sunlot.office.cases.writing import locked, need, refuse_day, take_step
from sunlot.office.followup.states import TransferState
from sunlot.office.followup.transfer_models import Sort, Transfer
from sunlot.office.followup.transfers import send_within
from sunlot.office.journal.services import Deed, deed
from sunlot.office.visits.moment import today
from sunlot.refusal import Refusal

CLOSE, ANNUL = "cases.close", "cases.annul"


def pay(user: User, number: int, on: date, amount: int, receipt: str, part: str = Part.FINE.value) -> Case:
    """Note a payment by its receipt. `part`: what it is for. Raises Refusal for more than is due of it, or nothing."""
    with deed(by=user.actor) as doing:
        case = locked(number)
        refuse_stranger(user, case)
        refuse_day(on, case.served_on, "缴款日期", "送达日期")
        if part not in Part.values:
            raise Refusal("part_wrong", f"缴款项目只能是：{'、'.join(map(str, Part.labels))}。")
        due = {Part.FINE.value: case.fine, Part.FORFEIT.value: case.forfeit}
        most = due.get(part, max(case.surcharge, owing.surcharge(case, on))) - owing.paid(case, part)
        if not 0 < amount <= most:
            raise Refusal("amount_wrong", f"{Part(part).label}的缴款数额应在 1 到 {most} 元之间，现为 {amount}。")
        case.paid += amount
        receipt = need(receipt, "pay", "票据号")
        pub = {"amount": amount, "part": str(Part(part).label)}
        take_step(doing, case, "pay", user, on, receipt, {"amount": amount, "part": part}, pub)
        due_on = owing.next_due(case)
        if due_on != case.pay_by:
            case.pay_by = due_on
            doing.save(case)
            doing.record("case.days-moved", case.obj, {"until": due_on.isoformat() if due_on else "—"})
    return case


def execute(user: User, number: int, on: date, how: str, relief: str = "") -> Case:
    """Note that the decision has been carried out. `relief`: why what was added for late payment need not be paid.

    Raises Refusal while the fine is open and no court has ruled, and while the surcharge is open without relief.
    """
    with deed(by=user.actor) as doing:
        case = locked(number)
        refuse_stranger(user, case)
        refuse_day(on, case.served_on, "执行完毕日期", "送达日期")
        how = need(how, "execute", "执行情况")
        paid = owing.paid(case, Part.FINE)
        if paid < case.fine and not case.ruling:
            raise Refusal(
                "not_paid",
                f"罚款 {case.fine} 元，已缴 {paid} 元；缴清后再登记执行完毕，"
                "经人民法院强制执行或者裁定终结执行的，请先登记法院裁定。",
            )
        if (left := owing.open_of(case, Part.SURCHARGE)) and not case.ruling and not relief.strip():
            raise Refusal(
                "surcharge_open", f"加处罚款还有 {left} 元没有缴；达成执行协议减免的，请写明减免的依据和理由。"
            )
        case.executed_on = on
        detail = {"relief": relief.strip()} if relief.strip() else None
        take_step(doing, case, "execute", user, on, how, detail)
    return case


def ask_closing(user: User, number: int, summary: str) -> Approval:
    """Ask a second person to close a case. Raises Refusal while a penalty has not been carried out."""
    with deed(by=user.actor) as doing:
        case = locked(number)
        refuse_stranger(user, case)
        _refuse_open(case)
        return ask_within(doing, user, CLOSE, case.obj, f"结案审批：{case}", {"case": case.pk}, summary)


def transfer(user: User, number: int, receiver: str, materials: str) -> Transfer:
    """Return the transfer of a case in which a crime is suspected; its way goes on among the transfers of the office."""
    with deed(by=user.actor) as doing:
        case = locked(number)
        refuse_stranger(user, case)
        if case.outcome != Outcome.CRIMINAL:
            raise Refusal("no_crime", "只有决定移送司法机关的案件才办理移送。")
        row = send_within(
            doing,
            user,
            case.obj,
            receiver,
            case.discretion,
            sort=Sort.CASE.value,
            subject=f"{case.party}{case.cause}"[:200],
            facts=case.facts,
            basis=cite("crime_transfer", today()),
            materials=materials,
            opened_on=case.opened_on,
            firm=case.firm_id,
        )
        take_step(doing, case, "transfer", user, text=receiver, pub={"transfer": row.pk})
    return row


def _refuse_open(case: Case) -> None:
    after(case.state, "close")
    if case.outcome == Outcome.PENALTY and case.state != State.EXECUTED:
        raise Refusal("not_executed", "处罚决定还没有执行完毕，不能结案。")
    if case.outcome == Outcome.CRIMINAL:
        if not Transfer.objects.filter(about=case.obj).exclude(state=TransferState.DROPPED).exists():
            law = cite("crime_transfer", today())
            raise Refusal("not_transferred", f"涉嫌犯罪的案件应当移送司法机关（{law}）；请先办理移送。")
    elif case.state == State.DECIDED:
        raise Refusal("not_served", "决定还没有送达当事人，不能结案。")


def close(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    """Close a case within the approver's deed."""
    case, approver = locked(payload["case"]), doer_of(doing)
    _refuse_open(case)
    refuse_decider(approver, case)
    case.closed_on = today()
    documents.issue_closing(doing, case, approver, approval.reason)
    take_step(doing, case, "close", approver, text=approval.reason, pub={"on": today().isoformat()})


def ask_annulment(user: User, number: int, paper: str, reason: str) -> Approval:
    """Ask a second person to note that the decision was changed or annulled. `paper`: the ruling that says so."""
    with deed(by=user.actor) as doing:
        case = locked(number)
        refuse_stranger(user, case)
        after(case.state, "annul")
        payload = {"case": case.pk, "paper": need(paper, "annul", "作出撤销、变更或确认违法的文书")}
        return ask_within(doing, user, ANNUL, case.obj, f"撤销处罚决定：{case}", payload, reason)


def annul(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    """Note within the approver's deed that a decision does not stand any more; publication must withdraw it (行政处罚法第48条第2款)."""
    case, approver = locked(payload["case"]), doer_of(doing)
    case.annulled_on = today()
    pub = {"number": case.decision_number or "—"}
    take_step(doing, case, "annul", approver, text=payload["paper"], detail={"reason": approval.reason}, pub=pub)
    violations.withdraw_with_case(doing, approval.asked_by, case, payload["paper"])
