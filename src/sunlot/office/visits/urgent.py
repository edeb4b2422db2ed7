"""紧急检查: begun before its approval, which must come within the policy's hours. Too late or refused, the visit stays what it was, and everybody is told."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.models import State as Asked
from sunlot.office.catalog.policies import office_policy
from sunlot.office.visits import moment
from sunlot.office.visits.models import Visit

APPROVE = "visits.approve"  # the kind of request by which a visit is approved


@dataclass(frozen=True)
class Later:
    """Where the later approval of a visit that has begun stands. `due`: until when; `given`: when it came; `refused`: what was said when it was refused."""

    visit: Visit
    due: datetime
    given: datetime | None
    refused: str

    @property
    def late(self) -> bool:
        """Whether it came, or has not come, after the time it had."""
        return (self.given or moment.now()) > self.due


def begun() -> QuerySet[Visit]:
    """Return the urgent visits that have begun and are not approved, whether they have ended or not."""
    return Visit.objects.filter(urgent=True, approved_at=None, started_at__isnull=False).order_by("pk")


def later_approval(visit: Visit) -> Later | None:
    """Return where the later approval of a visit stands, None for one that is not urgent, has not begun, or was approved beforehand."""
    return next(standing([visit]), None)


def standing(visits: Iterable[Visit]) -> Iterator[Later]:
    """Yield of each visit that needs or needed it where its later approval stands; one query, however many visits."""
    rows = [
        visit
        for visit in visits
        if visit.urgent and visit.started_at and not (visit.approved_at and visit.approved_at <= visit.started_at)
    ]
    asked = Approval.objects.filter(kind=APPROVE, obj__in=[visit.obj for visit in rows]).order_by("pk")
    last = {approval.obj: approval for approval in asked}
    for visit in rows:
        approval = last.get(visit.obj)
        turned_down = approval is not None and approval.state == Asked.REFUSED and not visit.approved_at
        yield Later(visit, _due(visit), visit.approved_at, approval.remark if approval and turned_down else "")


def last_day(payload: dict[str, Any]) -> date | None:
    """Return the last day on which the visit of a request may be approved, None where it has not begun or is not urgent."""
    visit = Visit.objects.filter(pk__in=payload["visits"], urgent=True, started_at__isnull=False).first()
    return timezone.localtime(_due(visit)).date() if visit else None


def _due(visit: Visit) -> datetime:
    assert visit.started_at is not None
    hours = office_policy(moment.day_of(visit.started_at.isoformat())).count("visit.urgent_approval_hours")
    return visit.started_at + timedelta(hours=hours)
