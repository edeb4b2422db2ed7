"""What of the plan needs a second person."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop as noop

from sunlot.office.accounts.roles import APPROVERS
from sunlot.office.approvals.kinds import Change, Kind
from sunlot.office.plan.differences import differences
from sunlot.office.plan.models import Plan
from sunlot.office.plan.queries import edition_before
from sunlot.office.plan.services import APPROVE, approve
from sunlot.office.plan.whole import Whole


def _changes(payload: dict[str, Any]) -> list[Change]:
    plan = Plan.objects.get(pk=payload["plan"])
    before = edition_before(plan)
    found = Whole(plan, timezone.localdate()).reckoning
    reason = [("修订理由", "", plan.reason)] if plan.reason else []
    return [*reason, *((noop("须注意"), "", warning) for warning in found.warnings), *differences(before, plan)]


def _address(payload: dict[str, Any]) -> str:
    return reverse("plan:one", args=[payload["plan"]])


PLAN = Kind(APPROVE, "年度计划", APPROVERS, approve, _changes, _address)
