"""The rounds of a plan: a list with Excel and print, and the form of one."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_POST

from sunlot.office.plan import known, queries, services
from sunlot.office.plan import rounds as writing
from sunlot.office.plan.forms import RoundForm, fresh_round, initial_of
from sunlot.office.plan.models import Kind, Plan, PlannedRound
from sunlot.office.plan.states import State
from sunlot.office.plan.views.stale import kept
from sunlot.office.plan.views.tools import tool
from sunlot.office.shell.bulk import Bulk, carry_out
from sunlot.office.shell.forms import form_page
from sunlot.office.shell.incoming import FromFile, Never
from sunlot.office.shell.listing import Between, Choice, Column, Listing, Search


def _listing(editable: bool) -> Listing:
    return Listing(
        incoming=FromFile("rounds"),
        name="检查轮次",
        columns=(
            Column("编号", "code", sort="number"),
            Column("名称", "title", link="plan:round_edit" if editable else ""),
            Column("类别", "get_kind_display", sort="kind"),
            Column("抽签产生", "by_lot"),
            Column("开始", "first_day", sort="first_day"),
            Column("结束", "last_day", sort="last_day"),
            Column("检查对象", "reach"),
            Column("户数", "firms"),
            Column("户次", "visits"),
            Column("检查对象范围", "scope", on_screen=False),
            Column("名录户数", "population", on_screen=False),
            Column("抽查比例（%）", "share", on_screen=False),
            Column("抽查户数", "count", on_screen=False),
            Column("每户次数", "visits_each", on_screen=False),
            Column("上级部署", "from_above", on_screen=False),
            Column("每次天数", "days"),
            Column("每次人数", "officers"),
            Column("检查事项", "items"),
            Column("实施依据", "basis", on_screen=False),
            Column("检查内容", "content", on_screen=False),
            Column("检查方式", "method", on_screen=False),
            Column("承办机构", "undertaker"),
            Column("联合部门", "departments", on_screen=False),
            Column("不事先公开", "secret", tag=lambda row: "warn" if row.secret else ""),
            Column("备注", "remark", on_screen=False),
        ),
        filters=(
            Search(("title", "scope", "items", "undertaker")),
            Choice("类别", "kind", Kind.choices),
            Between("开始日期", "first_day"),
        ),
        order=("number",),
        empty="还没有检查轮次。",
    )


def list_all(request: HttpRequest, number: int) -> HttpResponse:
    """The rounds of one edition."""
    plan = get_object_or_404(Plan, pk=number)
    add_one = tool(request, _("增加轮次"), "plan:round_add", number, main=True) if plan.state == State.DRAFT else None
    links = list(filter(None, (tool(request, _("返回计划"), "plan:one", number), add_one)))
    context: dict[str, Any] = {"links": links}
    if add_one:
        sure = _("从计划中删去所选轮次？")
        context["bulk"] = [tool(request, _("删去所选轮次"), "plan:rounds_drop", number, bulk=True, confirm=sure)]
    else:
        context["comes_in"] = ""
    heading = _("%s：检查轮次") % plan
    return _listing(editable=bool(add_one)).page(request, plan.rounds.all(), heading=heading, **context)


OURS = Listing(
    incoming=Never.RECKONED,
    name="本部门参加的轮次",
    columns=(
        Column("年度", "plan__year", sort="plan__year"),
        Column("编号", "code", sort="number"),
        Column("名称", "title"),
        Column("开始", "first_day", sort="first_day"),
        Column("结束", "last_day", sort="last_day"),
        Column("检查对象", "reach"),
        Column("检查事项", "item_names"),
        Column("承办机构", "undertaker"),
        Column("联合部门", "departments"),
        Column("备注", "remark", on_screen=False),
    ),
    filters=(Search(("title", "scope", "items", "undertaker")), Between("开始日期", "first_day")),
    order=("-plan__year", "number"),
    empty="现行计划中没有写明本部门参加的联合检查轮次。",
)


def ours(request: HttpRequest) -> HttpResponse:
    """The joint rounds in which the reader's department takes part."""
    user: Any = request.user
    return OURS.page(request, queries.joined_by(user.department).select_related("plan"))


def add(request: HttpRequest, number: int) -> HttpResponse:
    """A new round of a draft."""
    user: Any = request.user
    plan = get_object_or_404(Plan, pk=number)
    services.must_be_draft(plan)
    policy = known.policy_for(plan.year, timezone.localdate())
    last = plan.rounds.order_by("-number").first()
    form = RoundForm(request.POST or None, initial=fresh_round(plan.year, policy, last.undertaker if last else ""))

    def act(data: dict[str, Any]) -> str:
        each = writing.add_round(user, number, form.round_fields())
        messages.success(request, _("已增加轮次 %s。") % each)
        return reverse("plan:one", args=[number])

    return _form(request, form, act, plan, _("%s：增加轮次") % plan)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A round; outside a draft it can only be read."""
    user: Any = request.user
    each = get_object_or_404(PlannedRound.objects.select_related("plan"), pk=pk)
    services.must_be_draft(each.plan)
    form = RoundForm(request.POST or None, initial=initial_of(each))

    def act(data: dict[str, Any]) -> str:
        with kept(form, each, lambda: initial_of(each)):
            writing.change_round(user, pk, data["version"] or 0, form.round_fields())
        messages.success(request, _("已保存。"))
        return reverse("plan:one", args=[each.plan_id])

    return _form(request, form, act, each.plan, _("修改轮次 %s") % each, each=each)


def _form(request: HttpRequest, form: RoundForm, act: Any, plan: Plan, heading: str, **more: Any) -> HttpResponse:
    context = {
        "sizes": known.roster_sizes(),
        "items": known.plannable_items(plan.year, timezone.localdate()).values(),
        "back": reverse("plan:one", args=[plan.pk]),
    }
    return form_page(request, form, act, "plan/round.html", plan=plan, heading=heading, **context, **more)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a round out of a draft."""
    user: Any = request.user
    get_object_or_404(PlannedRound, pk=pk)
    plan = writing.drop_round(user, pk)
    messages.success(request, _("已删去该轮次。"))
    return redirect("plan:one", plan.pk)


def _drop(user: Any, keys: Sequence[int], data: Mapping[str, Any]) -> bool:
    writing.drop_round(user, keys[0])
    return True


DROP = Bulk(noop("删去所选轮次"), _drop)


@require_POST
def drop_many(request: HttpRequest, number: int) -> HttpResponse:
    """Take several rounds out of a draft."""
    plan = get_object_or_404(Plan, pk=number)
    return carry_out(request, _listing(editable=True), plan.rounds.all(), DROP)
