"""Reading reports as rows: without what was reported, and without who did."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from sunlot.office.accounts.models import User
from sunlot.office.catalog.policies import office_policy
from sunlot.office.complaints.handling import HANDLERS
from sunlot.office.complaints.models import Report
from sunlot.office.complaints.states import OPEN, State
from sunlot.office.visits.moment import today


def rows() -> QuerySet[Report]:
    """Return all reports with firm and handler, without their keys."""
    return Report.objects.select_related("firm", "handler", "into", "visit").defer("wrapped", "code", "likeness")


def visits_handled_by(user: Any) -> QuerySet[Any]:
    """Return the numbers of the visits by which somebody has the reports verified that he handles."""
    return Report.objects.filter(handler=user, visit__isnull=False).values("visit")


def standing(rows: QuerySet[Report], state: str) -> QuerySet[Report]:
    """Return those of the rows that stand there (Report.stands)."""
    arranged = Q(state=State.ACCEPTED, visit__isnull=False)
    if state == State.VERIFYING:
        return rows.filter(Q(state=state) | arranged)
    return rows.filter(state=state).exclude(arranged)


def like(report: Report) -> QuerySet[Report]:
    """Return other open reports about the same firm, which may be joined."""
    if report.firm_id is None:
        return Report.objects.none()
    return rows().filter(firm=report.firm_id, state__in=OPEN).exclude(pk=report.pk).order_by("pk")


def handlers() -> list[tuple[int, str]]:
    """Return those who may handle reports."""
    people = User.objects.filter(is_active=True, role__in=HANDLERS).order_by("role", "name")
    return [(person.pk, f"{person.name}（{person.get_role_display()}）") for person in people]


def kinds(day: date | None = None) -> list[tuple[str, str]]:
    """Return what a report may be about, as the policy of the day spells it."""
    return list(office_policy(day or today()).labels("complaint.kinds").items())


def is_late(report: Any, day: date) -> bool:
    """Return whether a report's present clock has run out."""
    return bool(report.due_on and report.due_on < day and report.state in OPEN)


def received_on(report: Report) -> date:
    """Return the day in China on which a report came."""
    return timezone.localtime(report.received_at).date()
