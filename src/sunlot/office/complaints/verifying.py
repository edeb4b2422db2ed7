"""From acceptance to a conclusion: a visit that tells nobody who reported, more time, what was found, and more frequent draws for who was rightly reported."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import APPROVERS
from sunlot.office.approvals.kinds import Change, Kind
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.services import ask_within
from sunlot.office.catalog.policies import office_policy
from sunlot.office.complaints import pieces
from sunlot.office.complaints.deadlines import answer_by, extended
from sunlot.office.complaints.handling import LONGEST, held_by, keep, locked
from sunlot.office.complaints.inspecting import inspects
from sunlot.office.complaints.intake import kind_title
from sunlot.office.complaints.marks import mark_of, marks_of
from sunlot.office.complaints.models import Report, Sort
from sunlot.office.complaints.reading import looked_at
from sunlot.office.complaints.states import Result, State, after, may
from sunlot.office.journal.services import Deed, deed
from sunlot.office.roster.changes import settle_within
from sunlot.office.roster.models import Cause, IntensityCause
from sunlot.office.visits.approval_kinds import arrange_and_ask
from sunlot.office.visits.making import Arrangement
from sunlot.office.visits.models import Origin, Visit
from sunlot.office.visits.moment import today
from sunlot.refusal import Refusal

CONCLUDE, EXTEND = "complaints.conclude", "complaints.extend"


@dataclass(frozen=True)
class Going:
    """How a report is to be verified on site: when, by whom (the leader first), which items, with notice or without."""

    window_from: date
    window_to: date
    team: tuple[str, ...]
    items: tuple[str, ...] = ()
    secret: bool = True
    urgent: bool = False


def arrange_visit(user: User, number: int, going: Going) -> Visit:
    """Return a visit that verifies a report, with its request for approval.

    Its reason and source are fixed words with the report's mark: no free text by which the reporter could be known, and no number that would
    tell when he came. The report gets no event of its own, for that would stand beside the visit's in the public log (marks.py). Raises Refusal.
    """
    with deed(by=user.actor):
        report = held_by(user, number)
        after(report.stands, "visit")
        if report.firm is None:
            raise Refusal("firm_missing", "还没有认定被举报单位；请先“认定单位”，名录中没有的先加入名录。")
        _refuse_those_who_know(user, report, going.team)
        visit = arrange_and_ask(
            user,
            Arrangement(
                firm=report.firm.pk,
                origin=Origin.COMPLAINT.value,
                kind="complaint",
                reason=f"核查投诉举报（{kind_title(report)}）",
                source=mark_of(report),
                window_from=going.window_from,
                window_to=going.window_to,
                team=going.team,
                items=going.items,
                secret=going.secret,
                urgent=going.urgent,
            ),
        )
        report.visit, report.version = visit, report.version + 1
        report.save(update_fields=["visit", "version"])
    return visit


def _refuse_those_who_know(user: User, report: Report, team: Sequence[str]) -> None:
    """Raise Refusal when somebody is to go who knows who reported: the handler, and whoever handled the report or looked at the identity before."""
    for person in (user, *looked_at(report)):
        if inspects(person, team):
            raise Refusal(
                "handler_goes", f"{person.name}知道举报人是谁，不能自己去检查；请换人，或由科室负责人改派经办人。"
            )


def ask_conclusion(user: User, number: int, result: str, finding: str) -> Approval:
    """Ask a second person to approve what the verification found (安全生产法第73条: in writing, signed). Raises Refusal."""
    if result not in Result.values or not finding.strip():
        raise Refusal("finding_missing", "请选择核查结果并写明核查情况；依法应当形成书面材料。")
    with deed(by=user.actor) as doing:
        report = held_by(user, number)
        after(report.stands, "conclude")
        piece = pieces.seal(doing, report, Sort.FINDING, {"text": finding.strip()[:LONGEST], "result": result}, user)
        payload = {"report": report.pk, "result": result, "piece": piece.pk}
        title = f"核查结论：{report}"
        return ask_within(doing, user, CONCLUDE, report.obj, title, payload, "核查情况密存在举报件内，请查看后审批。")


def ask_extension(user: User, number: int) -> Approval:
    """Ask for more time, once a report. Raises Refusal when it had it already, or is not being handled."""
    with deed(by=user.actor) as doing:
        report = held_by(user, number)
        if report.extended_on or not may(report.stands, "conclude"):
            raise Refusal("no_extension", "只有已受理、还没有延长过的举报件可以申请延期。")
        payload = {"report": report.pk}
        return ask_within(
            doing, user, EXTEND, f"{report.obj}/time", f"延期：{report}", payload, "情况复杂，需要延长核查时间。"
        )


def strengthen(user: User, number: int) -> Approval | None:
    """Raise the intensity of draws for the firm of a verified report, by the policy's level and time. Raises Refusal when it is not verified.

    Returns the request for approval where a round is open and a second person has to decide (roster's four eyes); the report counts as done
    only once it was granted, so that a refusal does not end the matter. The cause has its event, the report none: they would stand side by side.
    """
    policy, day = office_policy(today()), today()
    with deed(by=user.actor) as doing:
        report = held_by(user, number)
        mark = mark_of(report)
        if report.result != Result.VERIFIED or report.firm is None or report.strengthened_on:
            raise Refusal("not_verified", "只有核查属实、单位已认定、还没有列入过的举报件，才能据以加大抽查力度。")
        body = {
            "firm": report.firm.pk,
            "level": policy.count("complaint.intensity_level"),
            "cause": Cause.COMPLAINT.value,
            "since": day.isoformat(),
            "until": _months_later(day, policy.count("complaint.intensity_months")).isoformat(),
            "source": f"{mark}核查结论",
        }
        sources = [f"{one}核查结论" for one in marks_of(report)]
        granted = IntensityCause.objects.filter(firm=report.firm, source__in=sources).exists()
        asked = None if granted else settle_within(doing, user, "cause", body, f"{mark}核查属实")
        if asked is None:
            report.strengthened_on, report.version = day, report.version + 1
            report.save(update_fields=["strengthened_on", "version"])
    return asked


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = 31
    while True:
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            last -= 1


def _conclude(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    report = locked(payload["report"])
    report.state, report.result = after(report.stands, "conclude"), payload["result"]
    report.concluded_on, report.due_on = today(), answer_by(today())
    keep(doing, report, "complaint.concluded")


def _extend(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    report = locked(payload["report"])
    if report.due_on is None or report.state not in (State.ACCEPTED, State.VERIFYING):
        raise Refusal("no_extension", "这件举报已不在核查中，不需要延期；请退回。")
    report.due_on, report.extended_on = extended(report.due_on, today()), today()
    told = {"text": f"情况复杂，经批准延长办理时间，将在 {report.due_on} 前办结。", "how": "查询页面"}
    pieces.seal(doing, report, Sort.NOTICE, told, approval.asked_by)
    keep(doing, report, "complaint.extended")


def _conclusion_changes(payload: dict[str, Any]) -> Sequence[Change]:
    return [("核查结果", "", str(Result(payload["result"]).label))]


def _extension_changes(payload: dict[str, Any]) -> Sequence[Change]:
    report = Report.objects.get(pk=payload["report"])
    due = report.due_on
    return [("期限", str(due), str(extended(due, today())) if due and not report.extended_on else "")]


def _page(payload: dict[str, Any]) -> str:
    return reverse("complaints:one", args=[payload["report"]])


CONCLUSION = Kind(CONCLUDE, "投诉举报核查结论", APPROVERS, _conclude, _conclusion_changes, _page, confidential=True)
EXTENSION = Kind(EXTEND, "投诉举报延期", APPROVERS, _extend, _extension_changes, _page, confidential=True)
