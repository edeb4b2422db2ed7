"""Reading requests."""

from typing import Any

from django.db.models import QuerySet

from sunlot.office.accounts.models import User
from sunlot.office.approvals.kinds import KINDS
from sunlot.office.approvals.models import Approval, State


def visible_to(user: Any) -> QuerySet[Approval]:
    """Return the requests this person may see: those of kinds his role decides, and his own; supervisors and auditors see all but the confidential."""
    rows = Approval.objects.select_related("asked_by", "decided_by")
    if user.role in ("supervisor", "auditor"):
        return rows.exclude(kind__in=[kind.code for kind in KINDS.values() if kind.confidential])
    return rows.filter(kind__in=_decided_by(user.role)) | rows.filter(asked_by=user)


def waiting_for(user: User) -> QuerySet[Approval]:
    """Return what this person can decide now."""
    return Approval.objects.filter(kind__in=_decided_by(user.role), state=State.PENDING).exclude(asked_by=user)


def _decided_by(role: str) -> list[str]:
    return [kind.code for kind in KINDS.values() if role in kind.approvers]
