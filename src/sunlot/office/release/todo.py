"""What is to be made public, corrected, taken away, and by when."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sunlot.office.accounts.roles import APPROVERS, CHIEF, CLERK
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.models import State as Asked
from sunlot.office.release import queries, waiting
from sunlot.office.release.asking import PUBLISH, WITHDRAW, asked_for
from sunlot.office.release.deadlines import withdrawal_due
from sunlot.office.shell.todo import Todo
from sunlot.office.visits.states import ENDED

MOST = 20  # lines of one sort


def todos(user: Any, today: date) -> Iterator[Todo]:
    """Yield what this person has to do for publication."""
    if user.role in (CLERK, CHIEF):
        yield from _results(today)
        yield from _held_back()
        yield from _overtaken(today)
    if user.role in APPROVERS:
        yield from _to_grant(user, today)


def _results(today: date) -> Iterator[Todo]:
    """One line for what can be asked for, one for what waits for a record that is being corrected."""
    url, asked = reverse("release:list"), asked_for("result")
    rows = waiting.to_release().exclude(pk__in=asked)
    ready = waiting.how_many(rows.filter(state__in=ENDED), today)
    if ready.count:
        hint = _("其中逾期 %(n)s 件，请马上送审") % {"n": ready.late} if ready.late else _("检查已办结，请送审公示")
        yield Todo(_("抽查结果待公示"), url, hint, ready.next, "late" if ready.late else "due", count=ready.count)
    blocked = waiting.how_many(rows.exclude(state__in=ENDED), today)
    if blocked.count:
        hint = _("检查记录正在更正，办结后才能公示")
        yield Todo(_("抽查结果待公示"), url, hint, blocked.next, "late" if blocked.late else "blocked", blocked.count)


def _held_back() -> Iterator[Todo]:
    if count := waiting.held_back().count():
        hint = _("暗查轮次尚未公开，公开之后自动列入待公示")
        yield Todo(_("暗查结果等待公开"), reverse("release:list"), hint, state="blocked", count=count)


def _overtaken(today: date) -> Iterator[Todo]:
    for row in queries.overtaken()[:MOST]:
        yield Todo(
            str(row), reverse("release:correct", args=[row.pk]), _("检查记录已更正，公示也须更正"), today, "late"
        )


def _to_grant(user: Any, today: date) -> Iterator[Todo]:
    """Requests that this person can decide, with the last day of what they are about."""
    rows = Approval.objects.filter(kind__in=(PUBLISH, WITHDRAW), state=Asked.PENDING).exclude(asked_by=user)
    for row in rows.order_by("pk")[:MOST]:
        payload = json.loads(row.payload)
        if row.kind == WITHDRAW:
            day = withdrawal_due(date.fromisoformat(payload["since"]))
        else:
            day = _first_due(payload, today)
        state = "late" if day and day < today else "due"
        yield Todo(row.title, reverse("approvals:one", args=[row.pk]), _("请审核公示"), day, state)


def _first_due(payload: dict[str, Any], today: date) -> date | None:
    numbers = [thing["number"] for thing in payload["things"]]
    return waiting.how_many(waiting.to_release().filter(pk__in=numbers), today).next
