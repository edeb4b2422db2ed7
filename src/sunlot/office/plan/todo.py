"""What is due about plans: the next year's, filing, publication, rounds whose window comes without a draw."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sunlot.office.accounts.roles import CHIEF, CLERK
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.models import State as Request
from sunlot.office.plan import known, queries, services
from sunlot.office.plan.deadlines import Due, filing_due, plan_due, publication_due
from sunlot.office.plan.held import held_rounds, where_to_hold
from sunlot.office.plan.models import Plan
from sunlot.office.plan.states import State
from sunlot.office.shell.todo import Todo
from sunlot.policy.errors import PolicyError

PLAN_AHEAD = timedelta(60)  # how long before a deadline a line appears
ROUND_AHEAD = timedelta(30)


def todos(user: Any, today: date) -> Iterator[Todo]:
    """Yield what a clerk or a chief has to do about plans."""
    if user.role not in (CLERK, CHIEF):
        return
    yield from _sent_back()
    yield from _rounds_due(today)
    with suppress(PolicyError):  # the item list's own line names the pack that cannot be read
        yield from [*_plans_due(today), *_steps_due(today)]


def _plans_due(today: date) -> Iterator[Todo]:
    for year in (today.year, today.year + 1):
        due = plan_due(year, known.policy_for(year - 1, today))
        if today + PLAN_AHEAD < due.day:
            continue
        latest = Plan.objects.filter(year=year).exclude(state=State.DROPPED).order_by("-edition").first()
        if latest is None:
            yield _line(_("%s 年度计划尚未起草") % year, reverse("plan:new"), due, today)
        elif latest.state == State.DRAFT and (latest.edition == 1 or queries.edition_before(latest) is None):
            yield _line(_("%s尚未送审") % latest, reverse("plan:one", args=[latest.pk]), due, today)


def _sent_back() -> Iterator[Todo]:
    for plan in Plan.objects.filter(state=State.PENDING):
        asked = Approval.objects.filter(kind=services.APPROVE, obj=plan.obj).order_by("-pk").first()
        if asked and asked.state != Request.PENDING:
            hint = _("审批%(state)s：%(remark)s") % {"state": asked.get_state_display(), "remark": asked.remark or "—"}
            yield Todo(_("%s须退回修改") % plan, reverse("plan:one", args=[plan.pk]), hint, state="blocked")


def _steps_due(today: date) -> Iterator[Todo]:
    for plan in Plan.objects.filter(state__in=(State.APPROVED, State.FILED)):
        policy = known.policy_for(plan.year, plan.approved_on or today)
        if plan.state == State.APPROVED:
            yield _line(_("%s待备案") % plan, reverse("plan:file", args=[plan.pk]), filing_due(plan, policy), today)
        publish = reverse("plan:publish" if plan.state == State.FILED else "plan:one", args=[plan.pk])
        yield _line(_("%s待公布") % plan, publish, publication_due(plan, policy), today)


def _rounds_due(today: date) -> Iterator[Todo]:
    soon = today + ROUND_AHEAD
    for year in sorted({today.year, soon.year}):
        held = held_rounds(year)
        for each in queries.rounds_to_hold(year).filter(first_day__lte=soon):
            page = None if each.code in held else where_to_hold(year, each.code)
            if page is not None:
                url = page or reverse("plan:one", args=[each.plan_id])
                hint = _("检查时间 %(from)s 至 %(to)s，尚未抽取") % {"from": each.first_day, "to": each.last_day}
                state = "late" if each.first_day < today else "due"
                yield Todo(_("轮次 %s 待抽取") % each, url, hint, each.first_day, state)


def _line(title: str, url: str, due: Due, today: date) -> Todo:
    left = due.left(today)
    hint = _("还有 %(n)s 个工作日。%(why)s %(note)s") % {"n": left, "why": due.why, "note": due.note}
    return Todo(title, url, hint.strip(), due.day, "late" if due.day < today else "due")
