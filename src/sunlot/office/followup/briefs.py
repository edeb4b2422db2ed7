"""What the officers of a recheck take along: the problems of the order, each with its basis and what earlier rechecks found of it."""

from collections.abc import Mapping, Sequence

from sunlot.office.followup.models import Problem, Recheck, Verdict
from sunlot.office.visits.models import Visit


def problems_to_recheck(visits: Sequence[Visit]) -> Mapping[int, Sequence[str]]:
    """Return by visit what is to be rechecked, in sentences; nothing of a visit that is no recheck. Two queries, however many visits."""
    rows = Recheck.objects.filter(visit__in=visits).select_related("order").prefetch_related("order__problems")
    found: dict[int, Sequence[str]] = {}
    for row in rows:
        problems = sorted(row.order.problems.all(), key=lambda problem: problem.position)
        deadline = f"整改期限 {row.order.deadline}"
        if row.visit_id is not None:
            found[row.visit_id] = [f"{problem.position}．{_told(problem)}；{deadline}" for problem in problems]
    return found


def _told(problem: Problem) -> str:
    parts = [problem.text.rstrip("。；")]
    if problem.article:
        parts.append(f"依据{problem.article}")
    if problem.verdict != Verdict.OPEN:
        parts.append(f"前次复查：{Verdict(problem.verdict).label}{f'（{problem.note}）' if problem.note else ''}")
    return "；".join(parts)
