"""What the reports need next, and from whom. A line names a report's number, never what it says."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from sunlot.office.accounts.roles import CHIEF, CLERK
from sunlot.office.complaints import destroying, queries
from sunlot.office.complaints.deadlines import ended_by
from sunlot.office.complaints.handling import approved_transfers
from sunlot.office.complaints.models import Report, Reward, Step
from sunlot.office.complaints.states import OPEN, Result, State
from sunlot.office.shell.todo import Todo
from sunlot.office.visits.states import ENDED as VISITED

MOST = 20  # lines of one sort


def todos(user: Any, today: date) -> Iterator[Todo]:
    """Yield what this person has to do: reports to take, to decide, to verify, to answer; rewards to pay; contents to destroy."""
    if user.role not in (CLERK, CHIEF):
        return
    for report in Report.objects.filter(handler=None, state=State.RECEIVED).order_by("due_on", "pk")[:MOST]:
        yield _line(report, _("还没有人经办，请领取"), today)
    yield from _own(user, today)
    yield from _counted(user, today)


def _own(user: Any, today: date) -> Iterator[Todo]:
    """Yield what the handler has to do: open reports, verified ones whose firm is not drawn more often yet, rewards to pay."""
    strengthen = Q(result=Result.VERIFIED, strengthened_on=None, firm__isnull=False)
    pays = Exists(Reward.objects.filter(report=OuterRef("pk"), step=Step.APPROVED))
    own = queries.rows().filter(handler=user).annotate(pays=pays)
    rows = list(own.filter(Q(state__in=OPEN) | strengthen | Q(pays=True)).order_by("due_on", "pk")[: 2 * MOST])
    transfers = approved_transfers(*rows)
    for report in rows:
        if report.state in OPEN:
            yield _line(report, _hint(report, report.obj in transfers), today)
        if report.result == Result.VERIFIED and not report.strengthened_on and report.firm_id:
            yield Todo(str(report), _page(report), _("查实的举报，请列入加大抽查力度"))
        if report.pays:
            yield Todo(str(report), _page(report), _("奖励已批准，请发放并登记凭证"))


def _counted(user: Any, today: date) -> Iterator[Todo]:
    """Yield what is told by its number only: the queue, what others are late with, what is kept too long."""
    others = Q(state__in=OPEN, due_on__lt=today, handler__isnull=False) & ~Q(handler=user)
    over = destroying.OVER & Q(ended_on__lte=ended_by(today))
    found = Report.objects.aggregate(
        queued=Count("pk", filter=Q(state=State.QUEUED)),
        queued_by=Min("due_on", filter=Q(state=State.QUEUED)),
        late=Count("pk", filter=others),
        late_since=Min("due_on", filter=others),
        over=Count("pk", filter=over),
    )
    here = reverse("complaints:list")
    if count := found["queued"]:
        hint, by = _("来件集中，请逐件看过后移出排队；受理的期限从收到之日起算"), found["queued_by"]
        state = "late" if by and by < today else "due"
        yield Todo(_("排队待阅的举报件"), f"{here}?state=queued", hint, by, state, count=count)
    if user.role == CHIEF and (count := found["late"]):
        hint = _("请督促经办人或改派")
        yield Todo(_("超过期限的举报件"), here, hint, found["late_since"], "late", count=count)
    if count := found["over"]:
        yield Todo(_("保存期满的举报件"), reverse("complaints:expired"), _("请申请销毁内容"), count=count)


def _hint(report: Report, transferred: bool) -> str:
    if report.unread:
        return _("举报人有补充，请阅看")
    if report.stands == State.VERIFYING and report.visit is not None and report.visit.state in VISITED:
        return _("核查已结束，请填写核查结论")
    if transferred and report.state in (State.RECEIVED, State.ACCEPTED):
        return _("移送已批准，请告知举报人")
    return {
        State.RECEIVED: _("请决定是否受理"),
        State.ACCEPTED: _("请安排核查"),
        State.VERIFYING: _("正在核查"),
        State.CONCLUDED: _("请答复举报人"),
    }.get(report.stands, "")


def _line(report: Report, hint: str, today: date) -> Todo:
    state = "late" if queries.is_late(report, today) else "due"
    return Todo(str(report), _page(report), hint, report.due_on, state)


def _page(report: Report) -> str:
    return reverse("complaints:one", args=[report.pk])
