"""The documents of a case (docs/forms.md), built from what it holds and issued through papers in the deed of the step that makes them."""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from sunlot.documents.statutory import Signature, Value
from sunlot.office.accounts.models import User
from sunlot.office.bureau.queries import the_bureau
from sunlot.office.cases.articles import origin_words, written
from sunlot.office.cases.limits import needs_hearing, penalty_words
from sunlot.office.cases.models import Case, Outcome, Party, Step
from sunlot.office.cases.people import officers_of
from sunlot.office.cases.writing import locked, take_step
from sunlot.office.journal.clock import moment
from sunlot.office.journal.services import Deed, deed
from sunlot.office.papers.issuing import issue
from sunlot.office.papers.models import Paper, State
from sunlot.office.papers.queries import papers_of
from sunlot.office.papers.serving import serve_within
from sunlot.office.papers.start import electronic
from sunlot.office.visits.moment import today
from sunlot.refusal import Refusal

NOTICE, HEARING = "penalty_notice", "hearing_notice"
DECISION = {Party.ENTITY: "penalty_decision", Party.INDIVIDUAL: "penalty_decision_person"}
PLACE = re.compile(r"^.+?[县市区旗]")


@dataclass(frozen=True)
class Terms:
    """What a decision says besides the case: where to pay, and who hears reconsideration and suit."""

    government: str = ""
    court: str = ""
    bank: str = ""
    account: str = ""
    review_department: str = ""


def usual_terms() -> Terms:
    """Return what the last decision said, for the first one government and court of the bureau's own place."""
    last = Step.objects.filter(act="decide").exclude(detail="").order_by("-pk").first()
    if last is not None and "terms" in (detail := json.loads(last.detail)):
        return Terms(**detail["terms"])
    found = PLACE.match(the_bureau().name)
    place = found[0] if found else ""
    return Terms(government=place, court=place)


def terms_said(case: Case) -> Terms:
    """Return what the decision of this case said, empty for one that was made before terms were kept."""
    step = case.steps.filter(act="decide").exclude(detail="").order_by("-pk").first()
    detail = json.loads(step.detail) if step else {}
    return Terms(**detail.get("terms", {}))


def terms_of(fields: Terms) -> dict[str, str]:
    """Return terms as a step keeps them."""
    return asdict(fields)


def issue_opening(doing: Deed, case: Case, approver: User, opinion: str) -> Paper:
    """Issue the sheet on which a case was opened (立案审批表)."""
    day = today()
    fields: dict[str, Value] = {
        "cause": case.cause,
        "origin": f"{case.get_origin_kind_display()}　{origin_words(case.origin)}".strip(),
        "found_on": case.found_on,
        "case": f"{case.party}{case.cause}",
        "party": case.party,
        "phone": case.phone,
        "head": case.head,
        "address": case.address or case.firm.address or "—",
        "facts": case.facts,
        "proposal": f"{opinion}\n符合立案条件，建议立案。" if opinion != case.facts else "符合立案条件，建议立案。",
        "proposed_on": day,
        "approval": "同意立案。",
        "approved_on": day,
    }
    lines = [*_officers(case, "officers"), electronic("approver", approver.name, moment())]
    return _issue(doing, approver, "case_opening", case, fields, lines)


def notice_fields(case: Case) -> dict[str, Value]:
    """Return what 行政处罚告知书 and 听证告知书 say. Raises Refusal while the bureau has no address or telephone."""
    bureau = the_bureau()
    if not bureau.address or not bureau.telephone:
        raise Refusal("bureau_bare", "告知书要写明本机关的地址和电话；请系统管理员在“系统管理 → 本机关”填写。")
    lead = officers_of(case)[0]
    return {
        "firm": case.party,
        "acts": case.facts,
        "evidence": _evidence(case),
        "violated": written(case.violated),
        "basis": written(case.basis),
        "penalty": penalty_words(case, today()),
        "address": bureau.address,
        "contact": lead.name,
        "phone": bureau.telephone,
        "signed_on": today(),
    }


def issue_notice(user: User, number: int) -> list[Paper]:
    """Return the notice of a reviewed penalty, with that of the hearing where one is due. Raises Refusal when there is one already."""
    with deed(by=user.actor) as doing:
        case = locked(number)
        if case.outcome != Outcome.PENALTY:
            raise Refusal("nothing_to_tell", "不予处罚或移送的案件不需要处罚告知，请直接报批决定。")
        wanted = [NOTICE, *([HEARING] if needs_hearing(case, today()) else [])]
        missing = [kind for kind in wanted if standing(case, kind) is None]
        if not missing:
            raise Refusal("issued_already", "告知书已经制作；有误的请先作废，再重新制作。")
        fields = notice_fields(case)
        papers = [_issue(doing, user, kind, case, fields) for kind in missing]
        numbers = "、".join(paper.number for paper in papers)
        take_step(doing, case, "notice", user, text=numbers, pub={"numbers": numbers})
    return papers


def refuse_untold(case: Case, day: date) -> None:
    """Raise Refusal while the notice, or the one of the hearing that is due on a day, was not made since the review."""
    wanted = {NOTICE: "行政处罚告知书"} | ({HEARING: "行政处罚听证告知书"} if needs_hearing(case, day) else {})
    if missing := [title for kind, title in wanted.items() if standing(case, kind) is None]:
        raise Refusal("notice_missing", f"还没有制作{'、'.join(missing)}；请先制作，再登记送达。")


def standing(case: Case, kind: str) -> Paper | None:
    """Return the paper of a kind that holds and was made since the last review, None when there is none."""
    rows = papers_of(case.obj).filter(kind=kind, state=State.ISSUED)
    if case.reviewed_at:
        rows = rows.filter(issued_at__gte=case.reviewed_at)
    return rows.last()


def note_service(doing: Deed, case: Case, kinds: Iterable[str], on: date, how: str, to: str) -> None:
    """Note on the papers of these kinds that hold that they were served."""
    for kind in kinds:
        if paper := standing(case, kind):
            serve_within(doing, paper.pk, on, how, to)


def issue_decision(doing: Deed, user: User, case: Case, terms: Terms) -> Paper:
    """Issue the decision of a penalty; its number is the case's from now on."""
    ends = asdict(terms) | {"signed_on": today()}
    common: dict[str, Value] = {
        "facts": f"{case.facts}\n以上事实有{_evidence(case)}为证。{_heard(case)}",
        "violated": written(case.violated),
        "basis": written(case.basis),
        "penalty": penalty_words(case, today()),
        **ends,
    }
    if case.party_kind == Party.ENTITY:
        party: dict[str, Value] = {
            "firm": case.party,
            "address": case.address or case.firm.address or "—",
            "head": case.head or "—",
            "post": case.post,
            "phone": case.phone,
        }
    else:
        party = {
            "person": case.party,
            "identity": case.identity or "—",
            "home": case.address or "—",
            "employer": case.firm.name,
            "post": case.post,
            "employer_address": case.firm.address,
        }
    return _issue(doing, user, DECISION[Party(case.party_kind)], case, party | common)


def issue_closing(doing: Deed, case: Case, approver: User, opinion: str) -> Paper:
    """Issue the sheet on which a case is closed (结案审批表)."""
    done = case.steps.filter(act="execute").order_by("pk").last()
    paid = f"应缴罚款 {case.fine} 元，已缴 {case.paid} 元。" if case.fine else ""
    paid = f"应缴罚款 {case.fine} 元，加处罚款 {case.surcharge} 元，共缴 {case.paid} 元。" if case.surcharge else paid
    result = str(case.get_outcome_display())
    fields: dict[str, Value] = {
        "case": f"{case.party}{case.cause}",
        "result": f"{result}：{case.decision_number}，{penalty_words(case)}。" if case.kinds else f"{result}。",
        "execution": f"{done.text} {paid}".strip() if done else opinion,
        "reported_on": today(),
        "approval": "同意结案。",
        "approved_on": today(),
    }
    if case.party_kind == Party.ENTITY:
        fields |= {"firm": case.party, "address": case.address, "head": case.head, "post": case.post}
    else:
        fields |= {"person": case.party, "employer": case.firm.name, "home": case.address, "phone": case.phone}
    lines = [*_officers(case, "officer")[:1], electronic("approver", approver.name, moment())]
    return _issue(doing, approver, "case_closing", case, fields, lines)


def _issue(
    doing: Deed, user: User, kind: str, case: Case, fields: dict[str, Value], lines: Iterable[Signature] = ()
) -> Paper:
    return issue(doing, user, kind, case.obj, fields, tuple(lines), firm_id=case.firm_id)


def _officers(case: Case, role: str) -> list[Signature]:
    return [Signature(role, row.name, row.certificate) for row in officers_of(case)[:2]]


def _evidence(case: Case) -> str:
    titles = case.evidence.filter(withdrawn=False).order_by("taken_on", "pk").values_list("title", flat=True)
    return "、".join(titles)


def _heard(case: Case) -> str:
    """Return what became of defence and hearing, as the decision must tell it."""
    found = []
    defences = case.steps.filter(act="defend", on__gte=case.told_on) if case.told_on else Step.objects.none()
    for step in defences.order_by("pk"):
        detail = json.loads(step.detail)
        found.append(
            f"当事人陈述、申辩：{step.text}。经复核{'予以采纳' if detail['adopted'] else '不予采纳'}：{detail['answer']}。"
        )
    if case.heard_on:
        found.append(f"已应当事人要求于{case.heard_on.year}年{case.heard_on.month}月{case.heard_on.day}日举行听证。")
    return "".join(found).replace("。。", "。")


def cover(obj: str) -> dict[str, Value]:
    """Return what the cover of a case's file (案卷首页) begins with."""
    case = Case.objects.select_related("firm").get(pk=obj.partition("/")[2])
    result = f"{case.decision_number} {penalty_words(case)}".strip() if case.kinds else str(case.get_outcome_display())
    fields: dict[str, Value] = {
        "case": f"{case.party}{case.cause}",
        "cause": case.cause,
        "result": result,
        "opened_on": case.opened_on or "",
        "closed_on": case.closed_on or "",
        "officers": "、".join(row.name for row in officers_of(case)),
        "archived_on": today(),
    }
    return {name: value for name, value in fields.items() if value}


def related(obj: str) -> list[str]:
    """Return what belongs into one file with a thing: the cases that came from it, and what a case came from."""
    kind, _, number = obj.partition("/")
    if kind != "case":
        return [case.obj for case in Case.objects.filter(origin=obj).only("pk").order_by("pk")]
    origin = Case.objects.filter(pk=number).values_list("origin", flat=True).first() or ""
    return [origin] if origin_words(origin) != origin else []
