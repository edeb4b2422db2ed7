"""The papers of collecting a penalty: reminders, more time, what late payment adds, the application to the court."""

from collections.abc import Sequence

from sunlot.codes.money import capital_day, capital_yuan
from sunlot.codes.workdays import add_workdays
from sunlot.documents.statutory import Signature, Value
from sunlot.documents.statutory.citing import numeral
from sunlot.documents.statutory.document import written_day
from sunlot.office.accounts.models import User
from sunlot.office.approvals.models import Approval
from sunlot.office.bureau.queries import the_bureau
from sunlot.office.cases import owing
from sunlot.office.cases.documents import Terms, terms_said
from sunlot.office.cases.limits import in_money, pay_by, penalty_words
from sunlot.office.cases.models import Case, Part
from sunlot.office.cases.people import officers_of
from sunlot.office.catalog.policies import office_policy
from sunlot.office.journal.clock import moment
from sunlot.office.journal.services import Deed
from sunlot.office.papers.issuing import issue
from sunlot.office.papers.models import Paper, State
from sunlot.office.papers.queries import papers_of
from sunlot.office.papers.start import electronic
from sunlot.office.visits.moment import today
from sunlot.refusal import Refusal

REMINDER, URGING, SURCHARGE = "payment_reminder", "execution_reminder", "surcharge_decision"
ASKED, GRANTED, APPLICATION = "deferral_approval", "deferral_grant", "court_application"
TICKED, OPEN = "☑", "□"


def waiting(case: Case, kind: str) -> Paper | None:
    """Return the last paper of a kind that holds and was not served yet."""
    return papers_of(case.obj).filter(kind=kind, state=State.ISSUED, served_on=None).last()


def issue_reminder(doing: Deed, user: User, case: Case) -> Paper:
    """Issue 缴纳罚款催告书. Raises Refusal while one waits to be served, or the bureau has no address or telephone."""
    _refuse_waiting(case, REMINDER)
    fields = _decision(case) | {"due_on": owing.next_due(case) or today(), "payee": _payee(case)} | _contact(case)
    return _issue(doing, user, REMINDER, case, fields | {"address": the_bureau().address})


def issue_urging(doing: Deed, user: User, case: Case) -> Paper:
    """Issue 行政强制执行事先催告书: what is to be paid, or to be done. Raises Refusal while one waits to be served."""
    _refuse_waiting(case, URGING)
    fine, forfeit, added = (owing.open_of(case, part) for part in (Part.FINE, Part.FORFEIT, Part.SURCHARGE))
    fields: dict[str, Value] = {
        "firm": case.party,
        "decided_on": case.decided_on or today(),
        "decision": f"行政处罚决定（{case.decision_number}）",
        "to_pay": TICKED if fine or added else OPEN,
        "to_do": OPEN if fine or added else TICKED,
        "signed_on": today(),
    }
    if fine or added:
        fields |= {
            "pay_by": written_day(add_workdays(today(), _least("penalty.execution_reminder_workdays")).day),
            "fine": _capital(fine),
            "surcharge": _capital(added),
            "total": str(fine + added),
            "payee": _payee(case),
        }
    else:
        fields["duty"] = penalty_words(case) + (f"（没收 {forfeit} 元）" if forfeit else "")
    return _issue(doing, user, URGING, case, fields)


def issue_surcharge(doing: Deed, user: User, case: Case) -> Paper:
    """Issue 加处罚款决定书 for `case.surcharge` as of today."""
    terms = terms_said(case)
    fields = _decision(case) | {
        "fine": in_money(case.fine),
        "due_on": pay_by(case) or today(),
        "until": today(),
        "surcharge": in_money(case.surcharge),
        "payee": _payee(case),
        "government": terms.government,
        "review_department": terms.review_department,
        "court": terms.court,
    }
    return _issue(doing, user, SURCHARGE, case, fields)


def issue_deferral(
    doing: Deed, approver: User, case: Case, reason: str, approval: Approval, dues: Sequence[owing.Due]
) -> None:
    """Issue 审批表 and, part by part, 批准书: each part has its own."""
    number, day = case.decision_number.removesuffix("号"), today()
    plan = "；".join(f"{written_day(due)}前缴纳{in_money(amount)}" for due, amount in dues)
    sheet: dict[str, Value] = {
        "case": f"{case.party}{case.cause}",
        "decision_number": case.decision_number,
        "party": case.party,
        "address": case.address or case.firm.address or "—",
        "facts": f"{case.facts}\n{penalty_words(case)}",
        "reason": reason,
        "proposal": f"同意，{plan}。",
        "proposed_on": day,
        "approval": "同意。",
        "approved_on": day,
    }
    lead = officers_of(case)[0]
    lines = [Signature("officer", lead.name, lead.certificate), electronic("approver", approver.name, moment())]
    issue(doing, approver, ASKED, case.obj, sheet, lines, firm_id=case.firm_id)
    whole, left = len(dues) == 1, sum(amount for _, amount in dues)
    for place, (due, amount) in enumerate(dues, 1):
        left -= amount
        fields = _decision(case) | {"decision_number": number, "fine": in_money(case.fine)}
        fields |= {"deferred": TICKED if whole else OPEN, "in_parts": OPEN if whole else TICKED}
        if whole:
            fields["until"] = capital_day(due)
        else:
            parts = {"part": numeral(place), "part_until": capital_day(due), "part_amount": _capital(amount)}
            fields |= parts | {"rest": _capital(left)}
        _issue(doing, approver, GRANTED, case, fields)


def issue_application(doing: Deed, approver: User, case: Case, court: str, materials: Sequence[str]) -> Paper:
    """Issue 强制执行申请书, signed by who approved it."""
    fields: dict[str, Value] = {
        "court": court.removesuffix("人民法院"),
        "decided_on": case.decided_on or today(),
        "firm": case.party,
        "decision": penalty_words(case),
        "decision_number": case.decision_number,
        "materials": list(materials),
        "signed_on": today(),
        **_contact(case),
    }
    signed = electronic("approver", approver.name, moment(), "电子签发")
    return _issue(doing, approver, APPLICATION, case, fields, [signed])


def _decision(case: Case) -> dict[str, Value]:
    return {
        "firm": case.party,
        "decided_on": case.decided_on or today(),
        "decision_number": case.decision_number.removesuffix("号"),
        "signed_on": today(),
    }


def _contact(case: Case) -> dict[str, Value]:
    bureau = the_bureau()
    if not bureau.address or not bureau.telephone:
        raise Refusal("bureau_bare", "文书要写明本机关的地址和电话；请系统管理员在“系统管理 → 本机关”填写。")
    return {"contact": officers_of(case)[0].name, "phone": bureau.telephone}


def _payee(case: Case) -> str:
    terms: Terms = terms_said(case)
    return f"{terms.bank} {terms.account}".strip() or "处罚决定书指定的账户"


def _capital(yuan: int) -> str:
    return capital_yuan(yuan).removesuffix("元整")


def _least(rule: str) -> int:
    return office_policy(today()).count(rule)


def _refuse_waiting(case: Case, kind: str) -> None:
    if paper := waiting(case, kind):
        raise Refusal("issued_already", f"{paper}还没有登记送达；请先登记送达，有误的先作废。")


def _issue(
    doing: Deed, user: User, kind: str, case: Case, fields: dict[str, Value], lines: Sequence[Signature] = ()
) -> Paper:
    return issue(doing, user, kind, case.obj, fields, tuple(lines), firm_id=case.firm_id)
