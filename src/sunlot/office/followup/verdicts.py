"""Who may say what of a problem: an officer of the recheck's team, never against its signed record; anybody else only what that record says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sunlot.office.accounts.models import User
from sunlot.office.followup.findings import Found, problems_of, record_in_force
from sunlot.office.followup.models import Order, Problem, Recheck, Verdict
from sunlot.office.inspectors.queries import inspector_of
from sunlot.office.visits.models import OFFICERS, Visit
from sunlot.office.visits.records import sheet_of
from sunlot.refusal import Refusal

PASS = "pass"  # the answer to a check point that is in order


@dataclass(frozen=True)
class Judged:
    """What the recheck says of one problem."""

    verdict: str
    note: str = ""


def is_officer(user: User, visit: Visit) -> bool:
    """Return whether this person goes to a visit as an officer (检查人员), not as helper or expert."""
    person = inspector_of(user)
    return person is not None and visit.team.filter(inspector=person, out=False, part__in=OFFICERS).exists()


def refuse_against_record(
    user: User, order: Order, recheck: Recheck, problems: Iterable[Problem], judged: Mapping[int, Judged]
) -> None:
    """Raise Refusal where the signed record of the recheck still finds a problem that is judged as put right; and for who was not sent there,
    where it says nothing of a problem or something else. A problem is found again at its check point, or in the same words."""
    visit = recheck.visit
    record = record_in_force(visit) if visit is not None else None
    if visit is None:
        return
    if record is None:
        raise Refusal("not_signed", f"复查（{visit}）还没有签字完成的检查记录，或正在更正，不能填写复查结果。")
    points = {found.id: found.point for found in problems_of(order.record)}
    again, answers, sent = problems_of(record), sheet_of(record).answers(), is_officer(user, visit)
    for problem in problems:
        point = points.get(problem.finding, "")
        found = _found_again(problem, point, again)
        corrected = judged[problem.pk].verdict == Verdict.CORRECTED
        if found is not None and corrected:
            raise Refusal(
                "record_says_otherwise",
                f"第 {problem.position} 个问题：复查的检查记录仍写有“{found.text[:30]}”，不能认定为已改正；"
                "请改填部分改正或未改正，记录有误的先更正记录并重新签字。",
            )
        if not sent and found is None and not (corrected and answers.get(point) == PASS):
            raise Refusal(
                "record_is_silent",
                f"第 {problem.position} 个问题的结果与复查的检查记录对不上，或者记录没有写明；"
                "由复查组的执法人员填写，其他人只能按记录确认。",
            )


def _found_again(problem: Problem, point: str, again: Iterable[Found]) -> Found | None:
    same = (found for found in again if (point and found.point == point) or found.text == problem.text.strip())
    return next(same, None)
