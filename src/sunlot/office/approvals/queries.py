"""Reading requests."""

from typing import Any

from django.db.models import Q, QuerySet

from sunlot.office.accounts.models import User
from sunlot.office.approvals.kinds import CLOSED, KINDS
from sunlot.office.approvals.models import Approval, State


def visible_to(user: Any) -> QuerySet[Approval]:
    """Return the requests this person may see: those of kinds his role decides, and his own; supervisors and auditors see all but the confidential, and what is about a closed thing."""
    rows = Approval.objects.select_related("asked_by", "decided_by")
    if user.role in ("supervisor", "auditor"):
        closed = Q(kind__in=[kind.code for kind in KINDS.values() if kind.confidential])
        for name in (name for names in CLOSED for name in names()):
            closed |= Q(obj=name) | Q(obj__startswith=f"{name}/")
        return rows.exclude(closed)
    return rows.filter(kind__in=_decided_by(user.role)) | rows.filter(asked_by=user)


def waiting_for(user: User) -> QuerySet[Approval]:
    """Return what this person can decide now."""
    return Approval.objects.filter(kind__in=_decided_by(user.role), state=State.PENDING).exclude(asked_by=user)


def _decided_by(role: str) -> list[str]:
    return [kind.code for kind in KINDS.values() if role in kind.approvers]
