"""违法行为信息库: an entry makes a cause for more intensity in the roster, and takes it back when it falls away.

The roster decides about its causes by its own rules: while a round is open it asks a second person. So an entry and its cause can differ for
a while; `settle` brings the cause to what the entry says, and the list of things to do names entries where that is still to be done.
"""

import calendar
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sunlot.office.accounts.models import User
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.models import State as Asked
from sunlot.office.approvals.services import ask
from sunlot.office.cases.limits import needs_hearing
from sunlot.office.cases.models import Case, Outcome, Party
from sunlot.office.cases.violation_models import Violation, ViolationKind, ViolationState
from sunlot.office.catalog.policies import office_policy
from sunlot.office.journal.services import Deed, deed
from sunlot.office.roster.changes import settle_within
from sunlot.office.roster.models import Firm, IntensityCause
from sunlot.office.visits.moment import today
from sunlot.refusal import Refusal

FOUND, LIFT = "cases.violation", "cases.lift"


def later(day: date, months: int) -> date:
    """Return the day so many months later, the month's last where it has no such day.

    >>> later(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def enter_from_case(doing: Deed, user: User, case: Case) -> Violation | None:
    """Return the entry that a served penalty on a firm makes, within the deed that serves it; None for persons and where nothing is punished."""
    if case.outcome != Outcome.PENALTY or case.party_kind != Party.ENTITY or case.decided_on is None:
        return None
    kind = ViolationKind.SEVERE if needs_hearing(case, case.decided_on) else ViolationKind.PENALTY
    ground = f"行政处罚决定书 {case.decision_number}"
    return enter(doing, user, case.firm, kind, ground, case.facts, case.violated, case.decided_on, case)


def enter(
    doing: Deed, user: User, firm: Firm, kind: str, ground: str, what: str, article: str, on: date, case: Case | None
) -> Violation:
    """Return a new entry within a deed, with its event and its cause in the roster; level and expiry are the policy's."""
    policy = office_policy(on)
    row = Violation(
        firm=firm,
        case=case,
        kind=kind,
        ground=ground[:160],
        what=what,
        article=article,
        found_on=on,
        level=policy.counts("violation.levels")[kind],
        since=on,
        until=later(on, policy.counts("violation.months")[kind]),
    )
    doing.save(row)
    pub = {"kind": str(ViolationKind(kind).label), "level": row.level, "until": row.until.isoformat()}
    doing.record("violation.entered", row.obj, pub)
    settle_quietly(doing, user, row)
    return row


def ask_finding(
    user: User, firm: str, ground: str, what: str, article: str, found_on: date, reason: str, severity: str = "major"
) -> Approval:
    """Ask the chief to confirm a finding as an entry. `severity`: of record.severities; only a major one makes an entry by itself."""
    if severity != "major":
        raise Refusal("not_major", "只有重大事故隐患经负责人确认后列入；一般问题经处罚决定后列入。")
    if not Firm.objects.filter(pk=firm, listed=True).exists():
        raise Refusal("no_such_firm", f"名录中没有在册的 {firm}。")
    if not all(text.strip() for text in (ground, what, article)):
        raise Refusal("ground_missing", "请写明依据（检查编号或文书）、违法行为和违反的规定。")
    if found_on > today():
        raise Refusal("day_ahead", f"认定日期 {found_on} 在今天之后。")
    payload = {
        "firm": firm,
        "ground": ground.strip(),
        "what": what.strip(),
        "article": article.strip(),
        "on": found_on.isoformat(),
    }
    return ask(user, FOUND, f"firm/{firm}/violation", "重大事故隐患列入违法行为信息库", payload, reason)


def enter_finding(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    """Enter a confirmed finding within the approver's deed."""
    firm = Firm.objects.get(pk=payload["firm"])
    on = date.fromisoformat(payload["on"])
    texts = (payload["ground"], payload["what"], payload["article"])
    enter(doing, approval.asked_by, firm, ViolationKind.HAZARD, *texts, on, None)


def ask_lift(user: User, number: int, repaired: bool, paper: str, reason: str) -> Approval:
    """Ask a second person for repair (信用修复) or withdrawal of an entry. Raises Refusal before the time at which repair may come."""
    row = Violation.objects.get(pk=number)
    _refuse_lift(row, repaired)
    if not paper.strip():
        raise Refusal("paper_missing", "请写明依据的文书，例如信用修复决定、复议决定或判决的文号。")
    payload = {"violation": row.pk, "repaired": repaired, "paper": paper.strip()}
    title = f"{'信用修复' if repaired else '撤回'}：{row}"
    return ask(user, LIFT, row.obj, title, payload, reason)


def _refuse_lift(row: Violation, repaired: bool) -> None:
    if row.state != ViolationState.STANDING:
        raise Refusal("ended_already", f"{row}{row.get_state_display()}，不需要再办理。")
    months = office_policy(row.found_on).counts("violation.repair_months")[row.kind]
    earliest = later(row.since, months)
    if repaired and today() < earliest:
        raise Refusal("repair_too_early", f"{row}自 {row.since} 起满 {months} 个月（{earliest}）方可信用修复。")


def lift(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    """End an entry within the approver's deed; its cause in the roster goes with it."""
    row = Violation.objects.select_for_update().get(pk=payload["violation"])
    _refuse_lift(row, payload["repaired"])
    state = ViolationState.REPAIRED if payload["repaired"] else ViolationState.WITHDRAWN
    end(doing, approval.asked_by, row, state, f"{payload['paper']}：{approval.reason}")


def withdraw_with_case(doing: Deed, user: User, case: Case, paper: str) -> None:
    """Withdraw the entry of a case whose decision was annulled."""
    row = Violation.objects.select_for_update().filter(case=case, state=ViolationState.STANDING).first()
    if row is not None:
        end(doing, user, row, ViolationState.WITHDRAWN, paper)


def end(doing: Deed, user: User, row: Violation, state: str, why: str) -> None:
    """Write that an entry ended, and take its cause back."""
    row.state, row.ended_on, row.why, row.version = state, today(), why.strip(), row.version + 1
    doing.save(row)
    doing.record("violation.ended", row.obj, {"state": str(ViolationState(state).label)})
    settle_quietly(doing, user, row)


def causes_of(rows: Iterable[Violation]) -> dict[int, IntensityCause]:
    """Return by entry the cause it made in the roster, where there is one; one query for all."""
    wanted = {row.source: row.pk for row in rows}
    found = IntensityCause.objects.filter(source__in=list(wanted)).order_by("pk")
    return {wanted[cause.source]: cause for cause in found}


def is_settled(row: Violation, cause: IntensityCause | None, day: date) -> bool:
    """Return whether the roster says of an entry what the entry says; an entry that ran out needs nothing more."""
    if row.state == ViolationState.STANDING:
        return cause is not None or row.until < day
    return cause is None or cause.withdrawn_on is not None or cause.until < day


def settle(user: User, number: int) -> Approval | None:
    """Bring the roster's cause to what an entry says. Return the roster's request while a round is open, None when it is done."""
    with deed(by=user.actor) as doing:
        row = Violation.objects.select_for_update().get(pk=number)
        if is_settled(row, causes_of([row]).get(row.pk), today()):
            raise Refusal("settled", "名录中的加大力度已与违法行为信息一致，不需要办理。")
        return _settle(doing, user, row)


def settle_quietly(doing: Deed, user: User, row: Violation) -> None:
    """Bring the roster's cause to what an entry says as far as the roster lets us now; the rest stays on the list of things to do."""
    try:
        if not is_settled(row, causes_of([row]).get(row.pk), today()):
            _settle(doing, user, row)
    except Refusal:
        return


def _settle(doing: Deed, user: User, row: Violation) -> Approval | None:
    cause = causes_of([row]).get(row.pk)
    if row.state == ViolationState.STANDING:
        body = {
            "firm": row.firm_id,
            "level": row.level,
            "cause": row.cause.value,
            "since": row.since.isoformat(),
            "until": row.until.isoformat(),
            "source": row.source,
        }
        return settle_within(doing, user, "cause", body, str(row))
    if cause is None:
        return None
    reason = f"{row}{row.get_state_display()}"
    return settle_within(doing, user, "uncause", {"firm": row.firm_id, "cause": cause.pk}, reason)


def asked_of(rows: Iterable[Violation], causes: Mapping[int, IntensityCause]) -> Mapping[int, Approval]:
    """Return by entry the roster's request about its cause that waits for a decision. `causes`: of the entries."""
    by_source = {row.source: row.pk for row in rows}
    by_cause = {cause.pk: number for number, cause in causes.items()}
    objs = {f"firm/{row.firm_id}" for row in rows}
    found: dict[int, Approval] = {}
    for approval in Approval.objects.filter(kind="roster.change", obj__in=objs, state=Asked.PENDING):
        body = json.loads(approval.payload)["body"]
        number = by_source.get(str(body.get("source"))) or by_cause.get(body.get("cause"))
        if number:
            found[number] = approval
    return found
