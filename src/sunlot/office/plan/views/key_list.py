"""The key firms of a plan: a list with Excel and print, firms put on it, taken off, placed in a round."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_POST

from sunlot.office.plan import key_list, known, services
from sunlot.office.plan.forms import KeyFirms
from sunlot.office.plan.models import Kind, Plan, PlannedRound
from sunlot.office.plan.states import State
from sunlot.office.plan.views.tools import tool
from sunlot.office.shell.bulk import Bulk, carry_out
from sunlot.office.shell.forms import form_page
from sunlot.office.shell.incoming import FromFile
from sunlot.office.shell.listing import Choice, Column, Listing, Search
from sunlot.refusal import Refusal


def _listing(plan: Plan, rounds: Sequence[PlannedRound]) -> Listing:
    classes = known.policy_for(plan.year, timezone.localdate()).labels("plan.key_classes")
    return Listing(
        incoming=FromFile("key_list"),
        name="重点单位名单",
        columns=(
            Column("单位编号", "firm", sort="firm"),
            Column("单位名称", "name", sort="name"),
            Column(
                "列入情形", lambda entry: classes.get(entry.key_class, entry.key_class), sort="key_class", words=True
            ),
            Column("列入理由", "reason"),
            Column(
                "检查轮次", lambda entry: str(entry.round or _("未列入")), tag=lambda e: "" if e.round_id else "bad"
            ),
        ),
        filters=(
            Search(("name", "firm")),
            Choice("列入情形", "key_class", [(code, Truncator(title).chars(16)) for code, title in classes.items()]),
            Choice("检查轮次", "round", [("none", _("未列入")), *((each.pk, str(each)) for each in rounds)], _in_round),
        ),
        order=("key_class", "name", "pk"),
        empty="名单中还没有单位。",
    )


def list_all(request: HttpRequest, number: int) -> HttpResponse:
    """The key firms of one edition."""
    plan = get_object_or_404(Plan, pk=number)
    rounds = list(plan.rounds.filter(kind=Kind.KEY))
    listing = _listing(plan, rounds)
    links = [tool(request, _("返回计划"), "plan:one", number)]
    bulk = []
    if plan.state == State.DRAFT:
        links.append(tool(request, _("加入重点单位"), "plan:key_add", number, main=True))
        bulk = [tool(request, _("列入 %s") % each, "plan:key_place", number, f"?round={each.pk}") for each in rounds]
        bulk.append(tool(request, _("移出名单"), "plan:key_off", number, confirm=_("确定移出所选单位？")))
    context: dict[str, Any] = {"links": list(filter(None, links)), "bulk": list(filter(None, bulk))}
    if plan.state != State.DRAFT:
        context["comes_in"] = ""
    heading = _("%s：重点单位名单") % plan
    return listing.page(request, plan.key_list.select_related("round"), heading=heading, **context)


def _in_round(rows: Any, chosen: str) -> Any:
    return rows.filter(round=None) if chosen == "none" else rows.filter(round=chosen)


def add(request: HttpRequest, number: int) -> HttpResponse:
    """Put firms on the list: pasted lines, or all that the roster marks."""
    user: Any = request.user
    plan = get_object_or_404(Plan, pk=number)
    services.must_be_draft(plan)
    classes = known.policy_for(plan.year, timezone.localdate()).labels("plan.key_classes")
    form = KeyFirms(classes, PlannedRound.objects.filter(plan=plan, kind=Kind.KEY), request.POST or None)

    def act(data: dict[str, Any]) -> str:
        round_id = int(data["round"]) if data["round"] else None
        added = 0
        if data["from_roster"]:
            added += key_list.add_from_roster(user, number, data["key_class"], round_id)
        if lines := form.firms():
            added += key_list.add_firms(user, number, lines, data["key_class"], data["reason"], round_id)
        messages.success(request, _("加入 %s 户；已在名单中的不重复加入。") % added)
        return reverse("plan:keys", args=[number])

    heading = _("%s：加入重点单位") % plan
    return form_page(request, form, act, heading=heading, submit=_("加入"), back=reverse("plan:keys", args=[number]))


@require_POST
def take_off(request: HttpRequest, number: int) -> HttpResponse:
    """Take the chosen firms off the list."""
    user: Any = request.user
    if request.POST.get("all"):
        return _all(request, number, noop("移出名单"), lambda keys: key_list.take_off(user, number, keys))
    messages.success(request, _("移出 %s 户。") % key_list.take_off(user, number, _ticked(request)))
    return redirect("plan:keys", number)


@require_POST
def place(request: HttpRequest, number: int) -> HttpResponse:
    """Place the chosen firms in a round."""
    user: Any = request.user
    wanted = request.GET.get("round", "")
    if request.POST.get("all"):
        target = int(wanted) if wanted.isdigit() else 0
        return _all(request, number, noop("列入轮次"), lambda keys: key_list.place(user, number, keys, target))
    moved = key_list.place(user, number, _ticked(request), int(wanted) if wanted.isdigit() else 0)
    messages.success(request, _("列入 %s 户。") % moved)
    return redirect("plan:keys", number)


def _all(request: HttpRequest, number: int, title: str, act: Callable[[list[int]], int]) -> HttpResponse:
    """Do something to all firms that the list's query leaves."""
    plan = get_object_or_404(Plan, pk=number)
    listing = _listing(plan, list(plan.rounds.filter(kind=Kind.KEY)))

    def carry(user: Any, keys: Sequence[int], data: Mapping[str, Any]) -> bool:
        act(list(keys))
        return True

    return carry_out(request, listing, plan.key_list.select_related("round"), Bulk(title, carry, at_once=500))


def _ticked(request: HttpRequest) -> list[int]:
    ticked = [int(pk) for pk in request.POST.getlist("pk") if pk.isdigit()]
    if not ticked:
        raise Refusal("nothing_ticked", "请先勾选名单中的单位。")
    return ticked
