"""Leave: the calendar of a month, entering and cancelling."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_POST

from sunlot.office.accounts.roles import CLERK, OFFICE
from sunlot.office.inspectors import leaves
from sunlot.office.inspectors.calendars import ends_of, month_of
from sunlot.office.inspectors.forms import LeaveForm, LeaveOfAnyoneForm
from sunlot.office.inspectors.models import LEAVE_KINDS, Leave
from sunlot.office.inspectors.queries import inspector_of
from sunlot.office.roster.guards import open_round
from sunlot.office.shell.bulk import Bulk, carry_out
from sunlot.office.shell.forms import form_page
from sunlot.office.shell.incoming import FromFile
from sunlot.office.shell.listing import Button, Choice, Column, Listing, Search


def months() -> list[tuple[str, str]]:
    """Return the months that can be chosen: a year back and a year ahead."""
    first = timezone.localdate().replace(day=1)
    found = [first]
    for _n in range(12):
        found.append((found[-1] + timedelta(31)).replace(day=1))
        found.insert(0, (found[0] - timedelta(1)).replace(day=1))
    return [(f"{day:%Y-%m}", f"{day:%Y-%m}") for day in found]


def _in_month(rows: QuerySet[Any], month: str) -> QuerySet[Any]:
    first, last = ends_of(month)
    return rows.filter(start__lte=last, end__gte=first)


LEAVES = Listing(
    incoming=FromFile("leaves"),
    name="请假日历",
    columns=(
        Column("人员编号", "inspector_id", sort="inspector_id", link="inspectors:one", key="inspector_id"),
        Column("姓名", "inspector__name"),
        Column("部门", "inspector__department"),
        Column("类型", "kind", sort="kind", words=True),
        Column("开始", "start", sort="start"),
        Column("结束", "end", sort="end"),
        Column("天数", lambda leave: (leave.end - leave.start).days + 1),
    ),
    filters=(
        Choice("月份", "month", months, how=_in_month),
        Search(("inspector__id", "inspector__name")),
        Choice("类型", "kind", [(kind, kind) for kind in LEAVE_KINDS]),
    ),
    order=("-start", "pk"),
    buttons=(
        Button("登记请假", "inspectors:leave", main=True),
        Button("撤销所选", "inspectors:leave-cancel", bulk=True, confirm="确定撤销所选的请假？"),
    ),
    empty="没有登记的请假。",
)


def calendar(request: HttpRequest) -> HttpResponse:
    """The leave of everybody for the office, one's own for others: a month as a table, and the list."""
    rows = _visible(request.user)
    month = request.GET.get("month", "")
    if month not in dict(months()):
        month = f"{timezone.localdate():%Y-%m}"
    table = month_of(month, _in_month(rows, month))
    return LEAVES.page(request, rows, template="inspectors/leaves.html", month=table)


def enter(request: HttpRequest) -> HttpResponse:
    """Enter a leave: one's own, or as a clerk anybody's."""
    user: Any = request.user
    own: Any = inspector_of(user)

    def act(data: dict[str, Any]) -> str:
        leave = leaves.enter(user, data.get("person", own), data["kind"], data["start"], data["end"])
        messages.success(request, _("已登记。"))
        if warning := warned(leave.start, leave.end):
            messages.warning(request, warning)
        return f"{reverse('inspectors:leaves')}?month={leave.start:%Y-%m}"

    if user.role != CLERK and own is None:
        messages.error(request, _("您的账号没有关联检查人员编号，请联系系统管理员补填。"))
        return redirect("inspectors:leaves")
    form = (LeaveOfAnyoneForm if user.role == CLERK else LeaveForm)(request.POST or None)
    return form_page(request, form, act, back=reverse("inspectors:leaves"))


def warned(start: date, end: date) -> str:
    """Return what to bear in mind when the leave meets a round that is open, else nothing."""
    running = open_round()
    if not running or end < timezone.localdate():
        return ""
    return _("%(round)s 正在进行：名单若已公告，这次请假不改变已定的检查组，需要时请办理替换。") % {"round": running}


@require_POST
def cancel(request: HttpRequest) -> HttpResponse:
    """Cancel the chosen leaves; ticked ones all or none."""
    user: Any = request.user
    if request.POST.get("all"):
        return carry_out(request, LEAVES, _visible(user), CANCEL)
    numbers = [number for number in request.POST.getlist("pk") if number.isdigit()]
    for number in numbers:
        get_object_or_404(_visible(user), pk=number)
    leaves.cancel(user, *map(int, numbers))
    messages.success(request, _("已撤销 %(count)s 条。") % {"count": len(numbers)})
    return redirect("inspectors:leaves")


def _visible(user: Any) -> QuerySet[Leave]:
    rows = Leave.objects.filter(cancelled=False).select_related("inspector")
    return rows if user.role in OFFICE else rows.filter(inspector=inspector_of(user))


def _cancel(user: Any, keys: Sequence[int], data: Mapping[str, Any]) -> bool:
    leaves.cancel(user, *keys)
    return True


CANCEL = Bulk(noop("撤销所选"), _cancel, at_once=200)
