"""What waits for a decision."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sunlot.office.approvals import queries
from sunlot.office.approvals.kinds import KINDS
from sunlot.office.shell.todo import Todo


def todos(user: Any, today: date) -> Iterator[Todo]:
    """Yield each request this person can decide now."""
    for approval in queries.waiting_for(user).select_related("asked_by").order_by("asked_at")[:20]:
        hint = _("%(who)s 申请，请审批") % {"who": approval.asked_by.name}
        day = KINDS[approval.kind].due(json.loads(approval.payload))
        state = "late" if day and day < today else "due"
        yield Todo(approval.title, reverse("approvals:one", args=[approval.pk]), hint, day, state)
