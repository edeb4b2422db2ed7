"""调查取证: evidence is listed, and the officers propose what is to be decided, once facts, evidence, articles and discretion are there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sunlot.draw.canonical import loads
from sunlot.office.accounts.models import User
from sunlot.office.cases import evidence_files
from sunlot.office.cases.articles import refuse_unsound
from sunlot.office.cases.limits import cite, kinds_on, needs_discussion, needs_hearing, penalty_words
from sunlot.office.cases.models import Case, Evidence, EvidenceKind, Outcome
from sunlot.office.cases.people import officers_of, refuse_stranger, refuse_team
from sunlot.office.cases.states import after
from sunlot.office.cases.writing import locked, need, refuse_day, take_step
from sunlot.office.journal.clock import moment
from sunlot.office.journal.services import deed
from sunlot.office.shell.handed import Handed
from sunlot.office.visits.moment import today
from sunlot.refusal import Refusal

MONEY = ("fine", "gains", "goods")


@dataclass(frozen=True)
class Proposal:
    """What the officers propose (处理意见). `kinds`: codes of penalty.kinds; `new_facts`: found since the party was told, empty for none."""

    outcome: str
    facts: str
    violated: str
    basis: str
    discretion: str
    kinds: tuple[str, ...] = ()
    fine: int = 0
    forfeit: int = 0
    severe: bool = False
    complicated: bool = False
    demand: str = ""
    new_facts: str = ""


def collect(
    user: User,
    number: int,
    kind: str,
    title: str,
    taken_on: date,
    source: str = "",
    proves: str = "",
    sha256: str = "",
    file: Handed | None = None,
) -> Evidence:
    """Return a piece of evidence entered in a case's list. `sha256`: of its file; `file`: the file itself, where the office is to keep it.

    Raises Refusal for a kind or a day that cannot be, and for a file that is empty, too large or not the one of that hash.
    """
    if kind not in EvidenceKind.values:
        raise Refusal("no_such_evidence", f"没有证据种类 {kind}；可选：{'、'.join(map(str, EvidenceKind.labels))}。")
    with deed(by=user.actor) as doing:
        case = locked(number)
        refuse_stranger(user, case)
        after(case.state, "collect")
        refuse_day(taken_on, None, "取得日期", "")
        row = Evidence(
            case=case,
            kind=kind,
            title=need(title, "collect", "证据名称"),
            source=source.strip(),
            taken_on=taken_on,
            proves=proves.strip(),
            sha256=sha256,
        )
        if file is not None:
            row.file_name, row.sha256, row.size = evidence_files.keep(file, sha256)
        doing.save(row)
        doing.record("case.collect", case.obj, {"kind": str(row.get_kind_display())})
    return row


def drop_evidence(user: User, number: int, evidence: int, why: str) -> None:
    """Note that a piece of evidence is not used any more; it stays in the list with the reason."""
    with deed(by=user.actor) as doing:
        case = locked(number)
        refuse_stranger(user, case)
        after(case.state, "collect")
        row = case.evidence.select_for_update().get(pk=evidence)
        if row.withdrawn:
            raise Refusal("withdrawn_already", "这份证据已注明不再使用。")
        row.withdrawn, row.why = True, need(why, "collect", "不再使用的理由")[:200]
        doing.save(row)
        doing.record("case.evidence-dropped", case.obj, {})


def propose(user: User, number: int, version: int, wanted: Proposal) -> Case:
    """Return the case with what its officers propose, on its way to the legal review.

    Raises Refusal that names the article for facts without evidence, too few officers, or a heavier penalty because of a defence.
    """
    with deed(by=user.actor) as doing:
        case = locked(number, version)
        refuse_stranger(user, case)
        day = today()
        _refuse_bare(case, wanted, day)
        refuse_team([row.inspector_id for row in officers_of(case)], case, day)
        for name in ("outcome", "facts", "violated", "basis", "discretion", "fine", "forfeit", "severe", "complicated"):
            value = getattr(wanted, name)
            setattr(case, name, value.strip() if isinstance(value, str) else value)
        case.kinds, case.demand = "、".join(wanted.kinds), wanted.demand.strip()
        _refuse_heavier(case, wanted.new_facts, day)
        _start_again(case)
        detail = {"words": penalty_words(case, day), "kinds": case.kinds, "fine": case.fine, "forfeit": case.forfeit}
        detail |= {"new_facts": wanted.new_facts.strip()}
        take_step(doing, case, "propose", user, text=wanted.discretion, detail=detail, pub=_told(case, day))
    return case


def _refuse_bare(case: Case, wanted: Proposal, day: date) -> None:
    law = cite("penalty_facts", day)
    if wanted.outcome not in Outcome.values:
        raise Refusal(
            "no_such_outcome", f"没有处理意见 {wanted.outcome}；可选：{'、'.join(map(str, Outcome.labels))}。"
        )
    if not wanted.facts.strip() or not wanted.discretion.strip():
        raise Refusal("facts_missing", f"请写明查明的事实和裁量理由；违法事实不清的，不得给予行政处罚（{law}）。")
    if wanted.outcome != Outcome.PENALTY:
        if wanted.kinds or wanted.fine or wanted.forfeit:
            raise Refusal("penalty_unwanted", "不予处罚或移送的，不要填写处罚种类和金额。")
        return
    if not case.evidence.filter(withdrawn=False).exists():
        raise Refusal("no_evidence", f"案件还没有登记任何证据；证据不足的，不得给予行政处罚（{law}）。")
    if not wanted.violated.strip() or not wanted.basis.strip():
        raise Refusal("article_missing", "请写明违反的规定和处罚的依据（条、款、项）。")
    for article in (wanted.violated, wanted.basis):
        refuse_unsound(article, case.found_on, day)
    _refuse_odd_kinds(wanted, day)


def _refuse_odd_kinds(wanted: Proposal, day: date) -> None:
    titles = kinds_on(day)
    if not wanted.kinds:
        raise Refusal("kind_missing", f"请选择处罚种类：{'、'.join(titles.values())}。")
    if unknown := [code for code in wanted.kinds if code not in titles]:
        raise Refusal("no_such_kind", f"没有处罚种类 {'、'.join(unknown)}。")
    if ("fine" in wanted.kinds) != (wanted.fine > 0):
        raise Refusal("fine_missing", "处以罚款的请填写大于 0 的罚款数额；不罚款的不要填写。")
    if bool({"gains", "goods"} & set(wanted.kinds)) != (wanted.forfeit > 0):
        raise Refusal("forfeit_missing", "没收违法所得或非法财物的请填写金额或价值；不没收的不要填写。")


def _refuse_heavier(case: Case, new_facts: str, day: date) -> None:
    """A defence or a hearing must not make it worse, unless new facts were found (行政处罚法第45条第2款)."""
    heard = case.steps.filter(act__in=("defend", "hold_hearing")).order_by("pk").last()
    if heard is None or new_facts.strip() or case.outcome != Outcome.PENALTY:
        return
    before = case.steps.filter(act="propose", pk__lt=heard.pk).order_by("pk").last()
    if before is None or not before.detail:
        return
    was = loads(before.detail.encode())
    more = set(case.kind_codes) - set(filter(None, was["kinds"].split("、")))
    if case.fine > was["fine"] or case.forfeit > was["forfeit"] or more:
        raise Refusal(
            "heavier_after_defence",
            f"不得因当事人陈述、申辩或要求听证而给予更重的处罚（{cite('no_heavier', day)}）；原告知为{was['words']}。"
            "确有新查明的违法事实的，请写明，并重新告知。",
        )


def _start_again(case: Case) -> None:
    """A new proposal needs a new review, a new notice, a new discussion."""
    case.proposed_at, case.reviewed_at, case.reviewed_by = moment(), None, None
    case.told_on = case.ripe_on = case.hearing_asked_on = case.heard_on = case.discussed_at = None
    case.waived = False


def _told(case: Case, day: date) -> dict[str, str]:
    wanted: Iterable[str] = [
        *(["须告知听证"] if needs_hearing(case, day) else []),
        *(["须集体讨论"] if needs_discussion(case, day) else []),
    ]
    return {"outcome": str(Outcome(case.outcome).label), "needs": "、".join(wanted) or "无须听证和集体讨论"}


def revise(user: User, number: int, reason: str) -> Case:
    """Take a case back to its investigation, whatever was reviewed or told: what follows begins anew."""
    with deed(by=user.actor) as doing:
        case = locked(number)
        refuse_stranger(user, case)
        take_step(doing, case, "revise", user, text=need(reason, "revise", "理由"))
    return case
