"""集体讨论 and 决定: a second person decides, once review, notice, defence and hearing are done and no clock runs any more; 送达."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sunlot.office.accounts.models import User
from sunlot.office.accounts.queries import doer_of
from sunlot.office.accounts.roles import LEADING
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.services import ask_within
from sunlot.office.cases import documents, limits, owing, violations
from sunlot.office.cases.limits import cite
from sunlot.office.cases.models import Case, Outcome
from sunlot.office.cases.people import officers_of, refuse_decider, refuse_stranger, refuse_team
from sunlot.office.cases.states import State, after
from sunlot.office.cases.writing import locked, need, refuse_day, take_step
from sunlot.office.journal.clock import moment
from sunlot.office.journal.services import Deed, deed
from sunlot.office.visits.moment import today
from sunlot.refusal import Refusal

DECIDE = "cases.decide"


def discuss(user: User, number: int, on: date, present: str, opinion: str, agreed: bool) -> Case:
    """Keep a discussion of those in charge (行政处罚法第57条第2款). `present`: who took part; `agreed`: with the proposal. Raises Refusal."""
    with deed(by=user.actor) as doing:
        case = locked(number)
        if user.role != LEADING:
            raise Refusal("not_in_charge", f"集体讨论由领导小组登记（{cite('group_discussion', today())}）。")
        if len({name for name in present.replace(",", "、").replace("，", "、").split("、") if name.strip()}) < 2:
            raise Refusal("alone", "集体讨论须有两名以上负责人参加；请用顿号分开写明姓名。")
        refuse_day(on, case.heard_on or case.told_on, "讨论日期", "告知或听证日期")
        if agreed:
            case.discussed_at = moment()
        detail = {"present": present.strip(), "agreed": agreed}
        pub = {"agreed": "同意" if agreed else "不同意"}
        take_step(doing, case, "discuss", user, on, need(opinion, "discuss", "讨论意见"), detail, pub)
    return case


def ask_decision(
    user: User, number: int, reason: str, late_reason: str = "", terms: documents.Terms | None = None
) -> Approval:
    """Ask a second person to decide. `late_reason`: why after the 90 days. Raises Refusal that lists what still stands in the way."""
    with deed(by=user.actor) as doing:
        case = locked(number)
        refuse_stranger(user, case)
        refuse_undecidable(case, today(), late_reason)
        payload = {"case": case.pk, "version": case.version, "late_reason": late_reason.strip()}
        payload |= {"terms": documents.terms_of(terms or documents.usual_terms())}
        return ask_within(doing, user, DECIDE, case.obj, f"处罚决定审批：{case}", payload, reason)


def refuse_undecidable(case: Case, day: date, late_reason: str = "") -> None:
    """Raise Refusal that lists, with articles, all that stands in the way of a decision on a day."""
    after(case.state, "decide")
    if found := list(_missing(case, day, late_reason)):
        raise Refusal("not_ripe", "还不能作出决定：" + "".join(found))


def _missing(case: Case, day: date, late_reason: str) -> Iterator[str]:
    if case.reviewed_at is None:
        yield f"未经法制审核的，不得作出决定（{cite('legal_review', day)}）。"
    last = limits.decide_by(case)
    if last and day > last and not late_reason.strip():
        yield f"已超过立案之日起的决定期限 {last}（{cite('decision_limit', day)}），请写明超期原因。"
    if case.outcome == Outcome.PENALTY:
        yield from _clocks(case, day)
    elif case.state != State.REVIEWED:
        yield "处理意见已改为不予处罚或移送，请退回补充调查后重新审核。"
    if limits.needs_discussion(case, day) and case.discussed_at is None:
        yield f"情节复杂或者重大的，应当由负责人集体讨论决定（{cite('group_discussion', day)}）。"


def _clocks(case: Case, day: date) -> Iterator[str]:
    """Yield which of the party's rights has not had its time yet."""
    if case.told_on is None:
        yield f"未告知当事人拟作出的处罚和权利的，不得作出决定（{cite('told_first', day)}）。"
        return
    if limits.needs_hearing(case, day) and not limits.needs_hearing(case, case.told_on):
        yield "按决定当日的标准应当告知听证，而告知时没有；请退回后重新告知。"
    if case.waived:
        return
    stated = case.steps.filter(act="defend", on__gte=case.told_on).exists()
    defence, hearing = limits.defend_by(case), limits.ask_hearing_by(case)
    if defence and day <= defence.day and not stated:
        yield f"陈述、申辩的期限到 {defence.day} 届满（{cite('defence', day)}），当事人没有书面放弃。"
    if hearing and day <= hearing.day and case.heard_on is None:
        yield f"要求听证的期限到 {hearing.day} 届满（{cite('hearing_request', day)}），当事人没有书面放弃。"


def decide(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    """Decide a case within the approver's deed: the number is fixed, the day is this one."""
    case, approver = locked(payload["case"]), doer_of(doing)
    if case.version != payload["version"]:
        raise Refusal("moved_since", "案件在送审之后又有新的办理步骤；请退回，由承办人重新送审。")
    refuse_decider(approver, case)
    refuse_undecidable(case, today(), payload["late_reason"])
    if limits.needs_discussion(case, today()) and approver.role != LEADING:
        raise Refusal(
            "leading_decides", f"经集体讨论的案件由领导小组负责人批准（{cite('group_discussion', today())}）。"
        )
    refuse_team([row.inspector_id for row in officers_of(case)], case, today())
    case.decided_on, case.decided_by = today(), approver
    if case.outcome == Outcome.PENALTY:
        case.decision_number = documents.issue_decision(
            doing, approver, case, documents.Terms(**payload["terms"])
        ).number
    last = limits.serve_by(case)
    case.serve_by = last.day if last else None
    detail = {"words": limits.penalty_words(case), "late_reason": payload["late_reason"], "terms": payload["terms"]}
    pub = {"outcome": case.get_outcome_display(), "number": case.decision_number or "—"}
    take_step(doing, case, "decide", approver, text=approval.reason, detail=detail, pub=pub)


def serve(user: User, number: int, on: date, how: str, to: str = "") -> Case:
    """Note that the decision was served; a penalty on a firm goes into the violation database. Raises Refusal."""
    with deed(by=user.actor) as doing:
        case = locked(number)
        refuse_stranger(user, case)
        refuse_day(on, case.decided_on, "送达日期", "决定日期")
        words = need(f"{how}　{to}", "serve", "送达方式和接收人")
        case.served_on = on
        case.pay_by = limits.pay_by(case)
        if case.outcome == Outcome.PENALTY:
            case.apply_from, case.apply_by = owing.court_days(case) or (None, None)
        late = bool(case.serve_by and on > case.serve_by)
        take_step(doing, case, "serve", user, on, words, {"late": late}, {"on": on.isoformat()})
        documents.note_service(doing, case, documents.DECISION.values(), on, how, to)
        violations.enter_from_case(doing, user, case)
    return case
