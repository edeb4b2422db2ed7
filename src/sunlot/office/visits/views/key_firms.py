"""The plan's key firms with their coverage; arranging visits of those that are ticked."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from sunlot.office.plan.models import KeyListEntry, Plan
from sunlot.office.shell.bulk import keys_of
from sunlot.office.shell.forms import form_page
from sunlot.office.shell.incoming import Never
from sunlot.office.shell.listing import Button, Choice, Column, Listing, Search
from sunlot.office.visits import key_firms, moment
from sunlot.office.visits.forms import KeyFirmsForm
from sunlot.office.visits.key_firms import Reach

STATES = {"open": noop("未安排"), "arranged": noop("已安排"), "done": noop("已检查"), "full": noop("已到频次上限")}
COLOURS = {"open": "bad", "arranged": "info", "done": "ok", "full": "warn"}
NOBODY = Reach(0, 0, 0, 0)


def all_key_firms(request: HttpRequest) -> HttpResponse:
    """The key firms of the plan in force, and how far each is covered."""
    plan = key_firms.plan_now()
    rows, reach = _listed(plan, request.user)
    return _listing(plan, reach).page(
        request, rows, template="visits/key_firms.html", plan=plan, meter=_meter(reach, rows.count())
    )


def _listed(plan: Plan | None, user: Any) -> tuple[QuerySet[KeyListEntry], dict[str, Reach]]:
    rows = plan.key_list.select_related("round") if plan else KeyListEntry.objects.none()
    return rows, key_firms.reach_of(rows.values_list("firm", flat=True), moment.today(), user)


def _listing(plan: Plan | None, reach: dict[str, Reach]) -> Listing:
    def of(entry: KeyListEntry) -> Reach:
        return reach.get(entry.firm, NOBODY)

    def in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
        return rows.filter(firm__in=[firm for firm, one in reach.items() if one.state == state])

    rounds = [(each.pk, str(each)) for each in plan.rounds.filter(kind="key")] if plan else []
    return Listing(
        incoming=Never.RECKONED,
        name="重点单位检查",
        columns=(
            Column("单位名称", "name", sort="name"),
            Column("统一社会信用代码", "firm", sort="firm"),
            Column("检查轮次", lambda entry: str(entry.round or "")),
            Column("本年已查", lambda entry: of(entry).made),
            Column("计入频次", lambda entry: of(entry).counted),
            Column("频次上限", lambda entry: of(entry).cap),
            Column("状态", lambda entry: _(STATES[of(entry).state]), tag=lambda entry: COLOURS[of(entry).state]),
        ),
        filters=(
            Search(("name", "firm")),
            Choice("状态", "state", list(STATES.items()), in_state),
            Choice("检查轮次", "round", rounds),
        ),
        order=("name", "pk"),
        buttons=(Button("安排检查", "visits:from-key-arrange", bulk=True),),
        empty="没有生效的年度计划，或计划中没有重点单位。",
    )


def _meter(reach: dict[str, Reach], listed: int) -> dict[str, int]:
    states = [one.state for one in reach.values()]
    return {"listed": listed} | {state: states.count(state) for state in STATES}


def arrange(request: HttpRequest) -> HttpResponse:
    """Arrange visits of the chosen firms, and ask for all of them at once."""
    ticked = [number for number in request.POST.getlist("pk") if number.isdigit()]
    asking = request.method == "POST" and "team" in request.POST
    plan = key_firms.plan_now()
    if request.POST.get("all"):
        listed, reach = _listed(plan, request.user)
        ticked = [str(key) for key in keys_of(request, _listing(plan, reach), listed)]

    def act(data: dict[str, Any]) -> str:
        user: Any = request.user
        visits = key_firms.arrange_all(user, form.numbers(), form.common())
        messages.success(request, _("已安排 %(n)s 户并一并送审。") % {"n": len(visits)})
        return reverse("visits:from-key")

    numbers = ",".join(ticked)
    form = KeyFirmsForm(request.POST if asking else None, initial=_initial(plan, ticked) | {"pk": numbers})
    named = form.data.get("pk", "") if asking else numbers
    chosen = [int(one) for one in named.split(",") if one.isdigit()]
    rows = KeyListEntry.objects.filter(plan=plan, pk__in=chosen).order_by("name") if plan else []
    if not rows:
        messages.error(request, _("请先勾选要检查的重点单位。"))
        return redirect("visits:from-key")
    context = {"rows": rows, "submit": _("安排并送审"), "back": reverse("visits:from-key")}
    if not asking:
        return render(request, "visits/key_arrange.html", {"form": form, **context})
    return form_page(request, form, act, "visits/key_arrange.html", **context)


def _initial(plan: Plan | None, ticked: list[str]) -> dict[str, Any]:
    """Return the round's window and items, where all that are ticked are of one round."""
    if plan is None:
        return {}
    entries = plan.key_list.filter(pk__in=[int(one) for one in ticked]).select_related("round")
    rounds = {entry.round for entry in entries}
    start: dict[str, Any] = {"source": str(plan), "reason": _("按年度计划检查重点单位")}
    if len(rounds) != 1 or (only := rounds.pop()) is None:
        return start
    first = max(only.first_day, moment.today())
    return start | {
        "window_from": first,
        "window_to": max(only.last_day, first),
        "items": only.items,
        "secret": only.secret,
    }
