"""执行: more time to pay, reminders, what is added for late payment, the court. Each with its day, its paper, and a second person where it decides."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sunlot.codes.workdays import add_workdays, is_workday
from sunlot.office.accounts.models import User
from sunlot.office.accounts.queries import doer_of
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.services import ask_within
from sunlot.office.cases import collecting_papers as papers
from sunlot.office.cases import owing
from sunlot.office.cases.limits import cite
from sunlot.office.cases.models import Case, Instalment, Part, Ruling
from sunlot.office.cases.people import refuse_decider, refuse_stranger
from sunlot.office.cases.states import after
from sunlot.office.cases.writing import locked, need, refuse_day, take_step
from sunlot.office.catalog.policies import office_policy
from sunlot.office.journal.services import Deed, deed
from sunlot.office.papers.models import Paper
from sunlot.office.papers.serving import serve_within
from sunlot.office.visits.moment import today
from sunlot.refusal import Refusal

DEFER, SURCHARGE, COURT = "cases.defer", "cases.surcharge", "cases.court"
MOST_PARTS = 24


def ask_deferral(user: User, number: int, on: date, reason: str, dues: Sequence[owing.Due]) -> Approval:
    """Ask a second person for more time to pay, or for parts. `on`: when the party asked; `dues`: last day and yuan of each part.

    Raises Refusal for parts that do not add up to what is open, for days that do not follow each other or on which nobody works.
    """
    with deed(by=user.actor) as doing:
        case = _to_collect(user, number, "defer")
        refuse_day(on, case.served_on, "申请日期", "送达日期")
        _refuse_plan(case, dues)
        payload = {
            "case": case.pk,
            "on": on.isoformat(),
            "reason": need(reason, "defer", "当事人的困难和理由"),
            "dues": [[day.isoformat(), amount] for day, amount in dues],
        }
        title = f"延期、分期缴款审批：{case}"
        return ask_within(doing, user, DEFER, case.obj, title, payload, reason)


def _refuse_plan(case: Case, dues: Sequence[owing.Due]) -> None:
    left = owing.open_of(case, Part.FINE)
    if not 1 <= len(dues) <= MOST_PARTS:
        raise Refusal("plan_wrong", f"请写明延期的日期，或者 2 到 {MOST_PARTS} 期的日期和金额，一行一期。")
    if sum(amount for _, amount in dues) != left or any(amount < 1 for _, amount in dues):
        raise Refusal("plan_wrong", f"各期金额合计应为未缴的罚款 {left} 元，现为 {sum(a for _, a in dues)} 元。")
    days = [day for day, _ in dues]
    if days != sorted(set(days)) or days[0] <= today():
        raise Refusal("plan_wrong", "各期的日期应在今天之后，并且一期比一期晚。")
    for day in days:
        if not is_workday(day):
            raise Refusal("day_of_rest", f"{day} 是休息日，银行不办理；请改填 {add_workdays(day, 1).day}。")


def defer(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    """Grant the parts within the approver's deed: each gets its paper (批准书), and the clock for the court begins after the last."""
    case, approver = _decided_by(doing, payload)
    dues = [(date.fromisoformat(day), amount) for day, amount in payload["dues"]]
    _refuse_plan(case, dues)
    for row in case.instalments.filter(replaced=False):
        row.replaced = True
        doing.save(row)
    for place, (day, amount) in enumerate(dues, 1):
        doing.save(Instalment(case=case, number=place, granted_on=today(), due_on=day, amount=amount))
    _set_days(case)
    case.reminded_on = case.urged_on = None
    papers.issue_deferral(doing, approver, case, payload["reason"], approval, dues)
    detail = {"plan": "；".join(f"{day} {amount} 元" for day, amount in dues), "reason": payload["reason"]}
    pub = {"count": len(dues), "until": dues[-1][0].isoformat()}
    take_step(doing, case, "defer", approver, text=approval.reason, detail=detail, pub=pub)


def _set_days(case: Case) -> None:
    case.pay_by = owing.next_due(case)
    case.apply_from, case.apply_by = owing.court_days(case) or (None, None)


def remind(user: User, number: int) -> Paper:
    """Return the reminder to pay (缴纳罚款催告书). Raises Refusal before the last day for paying, or once all is paid."""
    with deed(by=user.actor) as doing:
        case = _late(user, number, "remind")
        paper = papers.issue_reminder(doing, user, case)
        take_step(doing, case, "remind", user, text=paper.number, pub={"number": paper.number})
    return paper


def reminded(user: User, number: int, on: date, how: str, to: str = "") -> Case:
    """Note that the reminder was served."""
    return _served(user, number, "reminded", papers.REMINDER, on, how, to)


def urge(user: User, number: int) -> Paper:
    """Return the notice that must come before enforcement (行政强制执行事先催告书). Raises Refusal while the party may still sue, or does."""
    with deed(by=user.actor) as doing:
        case = _to_collect(user, number, "urge")
        _refuse_early(case)
        paper = papers.issue_urging(doing, user, case)
        take_step(doing, case, "urge", user, text=paper.number, pub={"number": paper.number})
    return paper


def urged(user: User, number: int, on: date, how: str, to: str = "") -> Case:
    """Note that this notice was served; its workdays begin."""
    return _served(user, number, "urged", papers.URGING, on, how, to)


def _served(user: User, number: int, act: str, kind: str, on: date, how: str, to: str) -> Case:
    with deed(by=user.actor) as doing:
        case = _to_collect(user, number, act)
        paper = papers.waiting(case, kind)
        if paper is None:
            raise Refusal("notice_missing", "还没有制作催告书，或者已经登记送达；请先制作，再登记送达。")
        refuse_day(on, paper.day, "送达日期", "催告书日期")
        setattr(case, f"{act}_on", on)
        take_step(doing, case, act, user, on, need(f"{how}　{to}", act, "送达方式和接收人"), pub={"on": on.isoformat()})
        serve_within(doing, paper.pk, on, how, to)
    return case


def ask_surcharge(user: User, number: int, reason: str) -> Approval:
    """Ask a second person to decide what is added for late payment, as of that day. Raises Refusal without reminder, or before its time is over."""
    with deed(by=user.actor) as doing:
        case = _late(user, number, "surcharge")
        _refuse_unreminded(case)
        title = f"加处罚款审批：{case}"
        return ask_within(doing, user, SURCHARGE, case.obj, title, {"case": case.pk}, reason)


def _refuse_unreminded(case: Case) -> None:
    day = today()
    if case.reminded_on is None:
        raise Refusal(
            "not_reminded", f"加处罚款之前应当催告（{cite('fulfilment_reminder', day)}）；请先制作并送达催告书。"
        )
    last = add_workdays(case.reminded_on, office_policy(day).count("penalty.reminder_defence_workdays")).day
    if day <= last:
        raise Refusal("not_ripe", f"当事人对催告陈述、申辩的期限到 {last} 届满（{cite('reminder_defence', day)}）。")
    if not owing.surcharge(case, day) > case.surcharge:
        raise Refusal("no_surcharge", "没有应当加处的罚款：未逾期、已加处到罚款的数额，或者正在复议、诉讼。")


def add_surcharge(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    """Decide the surcharge within the approver's deed, up to this day, with its paper (加处罚款决定书)."""
    case, approver = _decided_by(doing, payload)
    _refuse_unreminded(case)
    case.surcharge = owing.surcharge(case, today())
    paper = papers.issue_surcharge(doing, approver, case)
    pub = {"amount": case.surcharge, "number": paper.number}
    take_step(doing, case, "surcharge", approver, text=f"{approval.reason} {paper.number}", pub=pub)


def appeal(user: User, number: int, on: date, text: str) -> Case:
    """Note that the party asked for reconsideration or sued: nothing is added meanwhile (行政处罚法第73条第3款), and the court is not asked."""
    with deed(by=user.actor) as doing:
        case = _to_collect(user, number, "appeal")
        refuse_day(on, case.served_on, "申请或起诉日期", "送达日期")
        if case.appealed_on:
            raise Refusal("appealed_already", f"已登记自 {case.appealed_on} 起的复议或诉讼；请先登记它的结果。")
        case.appealed_on = on
        take_step(
            doing, case, "appeal", user, on, need(text, "appeal", "复议机关或法院、案号"), pub={"on": on.isoformat()}
        )
    return case


def end_appeal(user: User, number: int, on: date, text: str) -> Case:
    """Note that the decision was upheld; one that was not is annulled instead."""
    with deed(by=user.actor) as doing:
        case = _to_collect(user, number, "appeal_ended")
        if case.appealed_on is None:
            raise Refusal("not_appealed", "没有正在进行的复议或诉讼。")
        refuse_day(on, case.appealed_on, "结束日期", "复议或诉讼开始日期")
        case.appealed_on = None
        text = need(text, "appeal_ended", "维持决定的文书")
        take_step(doing, case, "appeal_ended", user, on, text, pub={"on": on.isoformat()})
        _set_days(case)
        doing.save(case)
        doing.record("case.days-moved", case.obj, {"until": case.apply_by.isoformat() if case.apply_by else "—"})
    return case


def ask_court(user: User, number: int, court: str, materials: str, reason: str, late_reason: str = "") -> Approval:
    """Ask a second person to sign the application to the court (强制执行申请书). `materials`: one a line; `late_reason`: why past the last day."""
    with deed(by=user.actor) as doing:
        case = _to_collect(user, number, "apply")
        _refuse_court(case, late_reason)
        lines = [line.strip() for line in materials.splitlines() if line.strip()]
        if not lines or not court.strip():
            raise Refusal("materials_missing", "请填写人民法院和所附材料（一行一份）。")
        payload = {"case": case.pk, "court": court.strip(), "materials": lines, "late_reason": late_reason.strip()}
        return ask_within(doing, user, COURT, case.obj, f"申请强制执行审批：{case}", payload, reason)


def _refuse_court(case: Case, late_reason: str) -> None:
    day, law = today(), cite("court_execution", today())
    last_day = _refuse_early(case)
    if case.court_asked_on and case.ruling != Ruling.REFUSED:
        raise Refusal("court_asked", f"已于 {case.court_asked_on} 申请强制执行；请登记法院的裁定。")
    if case.urged_on is None:
        law = cite("execution_reminder", day)
        raise Refusal("not_reminded", f"申请强制执行之前应当催告（{law}）；请先制作并送达强制执行催告书。")
    last = add_workdays(case.urged_on, office_policy(day).count("penalty.execution_reminder_workdays")).day
    if day <= last:
        raise Refusal(
            "not_ripe", f"催告书送达后的期限到 {last} 届满（{cite('execution_reminder', day)}），之后方可申请。"
        )
    if day > last_day and not late_reason.strip():
        raise Refusal("too_late", f"申请强制执行的期限 {last_day} 已过（{law}）；有正当理由的，请写明逾期的理由。")


def _refuse_early(case: Case) -> date:
    """Return the last day for the court. Raises Refusal while the party may still turn against the decision, or has."""
    law = cite("court_execution", today())
    if case.appealed_on:
        told = f"当事人自 {case.appealed_on} 起申请了复议或者提起了诉讼"
        raise Refusal("appealed_already", f"{told}，不能申请强制执行（{law}）。")
    days = owing.court_days(case)
    if days is None or today() < days[0]:
        told = f"，{days[0]} 起方可催告和申请强制执行" if days else ""
        raise Refusal("not_ripe", f"复议、诉讼和缓缴的期限没有届满{told}（{law}）。")
    return days[1]


def apply_to_court(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    """Sign the application within the approver's deed."""
    case, approver = _decided_by(doing, payload)
    _refuse_court(case, payload["late_reason"])
    case.court_asked_on, case.ruling = today(), ""
    paper = papers.issue_application(doing, approver, case, payload["court"], payload["materials"])
    detail = {"late_reason": payload["late_reason"]} if payload["late_reason"] else None
    take_step(
        doing,
        case,
        "apply",
        approver,
        text=f"{payload['court']} {paper.number}",
        detail=detail,
        pub={"number": paper.number},
    )


def note_ruling(user: User, number: int, on: date, ruling: str, paper: str) -> Case:
    """Note what the court ruled, by its paper."""
    with deed(by=user.actor) as doing:
        case = _to_collect(user, number, "court")
        if case.court_asked_on is None:
            raise Refusal("court_not_asked", "还没有申请强制执行。")
        refuse_day(on, case.court_asked_on, "裁定日期", "申请日期")
        if ruling not in Ruling.values:
            raise Refusal("ruling_wrong", f"裁定只能是：{'、'.join(map(str, Ruling.labels))}。")
        case.ruling = ruling
        pub = {"ruling": str(Ruling(ruling).label)}
        take_step(doing, case, "court", user, on, need(paper, "court", "裁定书文号"), {"ruling": ruling}, pub)
    return case


def _to_collect(user: User, number: int, act: str) -> Case:
    case = locked(number)
    refuse_stranger(user, case)
    after(case.state, act)
    return case


def _late(user: User, number: int, act: str) -> Case:
    case = _to_collect(user, number, act)
    due = owing.next_due(case)
    if due is None or today() <= due:
        told = f"缴款期限 {due} 还没有过" if due else "罚款已经缴清"
        raise Refusal("not_due", f"{told}，不能催告或加处罚款。")
    return case


def _decided_by(doing: Deed, payload: dict[str, Any]) -> tuple[Case, User]:
    """Return the case and who decides within his deed. Raises Refusal for an officer or the reviewer of the case."""
    case, approver = locked(payload["case"]), doer_of(doing)
    refuse_decider(approver, case)
    return case, approver


def next_step(case: Case, day: date) -> tuple[str, date | None]:
    """Return a code for what a served case needs next, and by when: appeal, rule, urge, court, pay, remind, surcharge, wait."""
    if case.appealed_on:
        return "appeal", None
    if case.court_asked_on and not case.ruling:
        return "rule", None
    days = owing.court_days(case)
    if days and day >= days[0] and not case.ruling:
        return ("court" if case.urged_on else "urge"), days[1]
    due = owing.next_due(case)
    if due is None or day <= due:
        return "pay", due
    if case.reminded_on is None:
        return "remind", due
    if case.surcharge < owing.surcharge(case, day):
        return "surcharge", due
    return "wait", days[0] if days else None
