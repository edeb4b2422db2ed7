"""What the reports need next, and from whom. A line names a report's number, never what it says."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sunlot.office.accounts.roles import CHIEF, CLERK
from sunlot.office.complaints import destroying, queries
from sunlot.office.complaints.handling import approved_transfers
from sunlot.office.complaints.models import Report, Step
from sunlot.office.complaints.states import OPEN, Result, State
from sunlot.office.shell.todo import Todo
from sunlot.office.visits.states import ENDED as VISITED

MOST = 20  # lines of one sort


def todos(user: Any, today: date) -> Iterator[Todo]:
    """Yield what this person has to do: reports to take, to decide, to verify, to answer; rewards to pay; contents to destroy."""
    if user.role not in (CLERK, CHIEF):
        return
    yield from _untaken(today)
    yield from _own(user, today)
    if user.role == CHIEF:
        yield from _late(user, today)
    if count := len(destroying.due()):
        yield Todo(_("保存期满的举报件"), reverse("complaints:expired"), _("请申请销毁内容"), count=count)


def _untaken(today: date) -> Iterator[Todo]:
    waiting = Report.objects.filter(handler=None, state=State.RECEIVED).order_by("due_on", "pk")
    for report in waiting[:MOST]:
        yield _line(report, _("还没有人经办，请领取"), today)
    if count := Report.objects.filter(state=State.QUEUED).count():
        url = reverse("complaints:list") + "?state=queued"
        yield Todo(_("排队待阅的举报件"), url, _("来件集中，请逐件看过后移出排队"), count=count)


def _own(user: Any, today: date) -> Iterator[Todo]:
    own = queries.rows().filter(handler=user)
    rows = list(own.filter(state__in=OPEN).order_by("due_on", "pk")[:MOST])
    transfers = approved_transfers(*rows)
    for report in rows:
        yield _line(report, _hint(report, report.obj in transfers), today)
    for report in own.filter(result=Result.VERIFIED, strengthened_on=None, firm__isnull=False)[:MOST]:
        yield Todo(str(report), _page(report), _("查实的举报，请列入加大抽查力度"))
    for report in own.filter(rewards__step=Step.APPROVED)[:MOST]:
        yield Todo(str(report), _page(report), _("奖励已批准，请发放并登记凭证"))


def _hint(report: Report, transferred: bool) -> str:
    if report.unread:
        return _("举报人有补充，请阅看")
    if report.state == State.VERIFYING and report.visit is not None and report.visit.state in VISITED:
        return _("核查已结束，请填写核查结论")
    if transferred and report.state in (State.RECEIVED, State.ACCEPTED):
        return _("移送已批准，请告知举报人")
    return {
        State.RECEIVED: _("请决定是否受理"),
        State.ACCEPTED: _("请安排核查"),
        State.VERIFYING: _("正在核查"),
        State.CONCLUDED: _("请答复举报人"),
    }.get(State(report.state), "")


def _late(user: Any, today: date) -> Iterator[Todo]:
    rows = Report.objects.filter(state__in=OPEN, due_on__lt=today).exclude(handler=user).exclude(handler=None)
    if count := rows.count():
        yield Todo(
            _("超过期限的举报件"), reverse("complaints:list"), _("请督促经办人或改派"), state="late", count=count
        )


def _line(report: Report, hint: str, today: date) -> Todo:
    state = "late" if queries.is_late(report, today) else "due"
    return Todo(str(report), _page(report), hint, report.due_on, state)


def _page(report: Report) -> str:
    return reverse("complaints:one", args=[report.pk])
