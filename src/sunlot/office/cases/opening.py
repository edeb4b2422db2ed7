"""立案: a case is drawn up with its two officers, and opened by a second person."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sunlot.office.accounts.models import User
from sunlot.office.accounts.queries import doer_of
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.services import ask, ask_within
from sunlot.office.cases import documents, limits
from sunlot.office.cases.models import Case, CaseOfficer, Origin, Party
from sunlot.office.cases.people import officers_of, refuse_decider, refuse_stranger, refuse_team
from sunlot.office.cases.states import State, after
from sunlot.office.cases.writing import locked, need, refuse_day, take_step
from sunlot.office.journal.services import Deed, deed
from sunlot.office.roster.models import Firm
from sunlot.office.visits.moment import today
from sunlot.office.visits.staff import cards
from sunlot.refusal import Refusal

OPEN = "cases.open"


@dataclass(frozen=True)
class Opening:
    """What a case is drawn up from. `team`: numbers of inspectors, the lead first; `party`: empty for the firm itself."""

    firm: str
    origin_kind: str
    origin: str
    found_on: date
    cause: str
    facts: str
    team: tuple[str, ...]
    violated: str = ""
    party_kind: str = Party.ENTITY
    party: str = ""
    contact: dict[str, str] = field(default_factory=dict)  # head, post, phone, address, identity


def arrange(user: User, wanted: Opening) -> Case:
    """Return a new case with the request to open it. Raises Refusal for what cannot be one."""
    with deed(by=user.actor) as doing:
        firm = Firm.objects.filter(pk=wanted.firm, listed=True).first()
        if firm is None:
            raise Refusal("no_such_firm", f"名录中没有在册的 {wanted.firm}；请核对统一社会信用代码。")
        _refuse_incomplete(wanted)
        case = _new(user, firm, wanted)
        if user.role == "inspector" and user.person not in wanted.team:
            raise Refusal("not_your_case", "执法人员只能为自己承办的案件申请立案；请把自己列为承办人。")
        refuse_team(wanted.team, case, today())
        doing.save(case)
        _give(doing, case, wanted.team)
        doing.record("case.arranged", case.obj, {"origin": str(Origin(case.origin_kind).label)})
        ask_within(doing, user, OPEN, case.obj, f"立案审批：{case}", {"case": case.pk}, wanted.facts)
    return case


def _refuse_incomplete(wanted: Opening) -> None:
    if wanted.origin_kind not in Origin.values:
        raise Refusal("no_such_origin", f"没有案件来源 {wanted.origin_kind}；可选：{'、'.join(Origin.values)}。")
    if not wanted.cause.strip() or not wanted.facts.strip():
        raise Refusal("facts_missing", "请填写案由和案件基本情况。")
    if wanted.party_kind == Party.INDIVIDUAL and not wanted.party.strip():
        raise Refusal("party_missing", "当事人是个人的，请填写姓名。")
    refuse_day(wanted.found_on, None, "发现日期", "")


def _new(user: User, firm: Firm, wanted: Opening) -> Case:
    contact = {name: wanted.contact.get(name, "").strip() for name in ("head", "post", "phone", "address", "identity")}
    if wanted.party_kind == Party.ENTITY:
        contact["head"] = contact["head"] or firm.legal_person
        contact["phone"], contact["address"] = contact["phone"] or firm.phone, contact["address"] or firm.address
    return Case(
        firm=firm,
        origin_kind=wanted.origin_kind,
        origin=wanted.origin.strip(),
        found_on=wanted.found_on,
        cause=wanted.cause.strip(),
        facts=wanted.facts.strip(),
        violated=wanted.violated.strip(),
        party_kind=wanted.party_kind,
        party=wanted.party.strip() or firm.name,
        arranged_by=user,
        **contact,
    )


def _give(doing: Deed, case: Case, team: tuple[str, ...]) -> None:
    """Write who investigates, with name and certificate of the day."""
    shown = cards(team, today())
    for place, person in enumerate(dict.fromkeys(team)):
        row = CaseOfficer.objects.filter(case=case, inspector_id=person).first() or CaseOfficer(
            case=case, inspector_id=person
        )
        row.name, row.certificate = shown[person].name, shown[person].certificate
        row.lead, row.out, row.why = place == 0, False, ""
        doing.save(row)


def ask_again(user: User, number: int, reason: str) -> Approval:
    """Ask once more to open a case whose request was turned down."""
    case = Case.objects.get(pk=number)
    refuse_stranger(user, case)
    if case.state != State.ASKED:
        raise Refusal("opened_already", f"{case}现为“{case.get_state_display()}”，不需要再送审。")
    return ask(user, OPEN, case.obj, f"立案审批：{case}", {"case": case.pk}, reason)


def open_case(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    """Open a case within the approver's deed; from this day the clock of the decision runs."""
    case = locked(payload["case"])
    approver = doer_of(doing)
    refuse_decider(approver, case)
    refuse_team([row.inspector_id for row in officers_of(case)], case, today())
    case.opened_on, case.approved_by = today(), approver
    case.decide_by = limits.decide_by(case)
    documents.issue_opening(doing, case, approver, approval.reason)
    take_step(doing, case, "open", approver, text=approval.reason, pub={"on": today().isoformat()})


def not_open(user: User, number: int, reason: str) -> Case:
    """Lay a case aside that was never opened. Raises Refusal without a reason or once it is open."""
    with deed(by=user.actor) as doing:
        case = locked(number)
        refuse_stranger(user, case)
        take_step(doing, case, "not_open", user, text=need(reason, "not_open", "理由"))
    return case


def change_team(user: User, number: int, version: int, team: tuple[str, ...], why: str) -> Case:
    """Give a case to other officers; who was one stays in its papers and may never review it."""
    with deed(by=user.actor) as doing:
        case = locked(number, version)
        refuse_team(team, case, today())
        why = need(why, "team", "理由")
        after(case.state, "team")
        for row in officers_of(case):
            row.lead = False
            if row.inspector_id not in team:
                row.out, row.why = True, why[:200]
            doing.save(row)
        _give(doing, case, team)
        take_step(doing, case, "team", user, text=why, pub={"count": len(team)})
    return case
