"""The list of plans, one plan with its reckoning, its figures, and what changed between editions."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sunlot.office.approvals.models import Approval
from sunlot.office.journal.queries import events_of, leaf_of, reads
from sunlot.office.plan import known, queries, services
from sunlot.office.plan.deadlines import filing_due, publication_due
from sunlot.office.plan.differences import differences
from sunlot.office.plan.forms import FiguresForm, NewPlan
from sunlot.office.plan.held import held_rounds, where_to_hold
from sunlot.office.plan.models import Plan, PlannedRound
from sunlot.office.plan.states import MOVES, State
from sunlot.office.plan.views.stale import kept
from sunlot.office.plan.whole import Whole
from sunlot.office.shell.forms import form_page
from sunlot.office.shell.incoming import Never
from sunlot.office.shell.language import in_chinese
from sunlot.office.shell.listing import Button, Choice, Column, Listing

COLOURS = {
    State.DRAFT: "plain",
    State.PENDING: "warn",
    State.APPROVED: "info",
    State.FILED: "info",
    State.PUBLISHED: "ok",
    State.AMENDED: "plain",
    State.DROPPED: "plain",
}
PLANS = Listing(
    incoming=Never.STEPS,
    name="年度计划",
    columns=(
        Column("计划", str, link="plan:one"),
        Column("年度", "year", sort="year"),
        Column("版次", "edition"),
        Column("状态", "get_state_display", tag=lambda plan: COLOURS[plan.state]),
        Column("编制机关", "organ"),
        Column("执法人员", "officers"),
        Column("批准日期", "approved_on", sort="approved_on"),
        Column("备案日期", "filed_on"),
        Column("公布日期", "published_on"),
    ),
    filters=(Choice("状态", "state", State.choices),),
    order=("-year", "-edition"),
    buttons=(Button("起草年度计划", "plan:new", main=True), Button("公开页面", "plan:public")),
    empty="还没有年度计划。",
)
WAY = (State.DRAFT, State.PENDING, State.APPROVED, State.FILED, State.PUBLISHED)


def list_all(request: HttpRequest) -> HttpResponse:
    """Every edition of every year."""
    return PLANS.page(request, Plan.objects.all())


def new(request: HttpRequest) -> HttpResponse:
    """Begin the plan of a year."""
    user: Any = request.user

    def act(data: dict[str, Any]) -> str:
        plan = services.draft(user, data["year"], data["organ"], data["officers"])
        return reverse("plan:figures", args=[plan.pk])

    before = Plan.objects.order_by("-year", "-edition").first()
    year = timezone.localdate().year + 1
    organ = before.organ if before else known.our_name()
    initial = {"year": year, "organ": organ, "officers": before.officers if before else None}
    form = NewPlan(request.POST or None, initial=initial)
    return form_page(request, form, act, submit=_("起草"), back=reverse("plan:list"))


def one(request: HttpRequest, number: int) -> HttpResponse:
    """One edition with its days, its meters, its rounds, and where it stands."""
    whole = Whole(get_object_or_404(Plan, pk=number), timezone.localdate())
    plan = whole.plan
    held = held_rounds(plan.year)
    open_rounds = {each.pk for each in queries.rounds_to_hold(plan.year) if each.code not in held}
    context = {
        "plan": plan,
        "found": whole.reckoning,
        "rounds": [(each, _taken_up(each, open_rounds)) for each in whole.rounds],
        "key_counts": whole.key_counts(),
        "left_out": whole.left_out,
        "steps": _steps(plan),
        "may": {state.value for state in MOVES[State(plan.state)]},
        "colour": COLOURS[State(plan.state)],
        "request_for_it": Approval.objects.filter(kind=services.APPROVE, obj=plan.obj).order_by("-pk").first(),
        "dues": _dues(whole),
        "editions": Plan.objects.filter(year=plan.year).exclude(pk=plan.pk).order_by("-edition"),
        "history": [
            (datetime.fromisoformat(leaf_of(event)["at"]), reads(event)) for event in events_of(plan.obj)[-30:][::-1]
        ],
    }
    return render(request, "plan/one.html", context)


def _taken_up(each: PlannedRound, open_rounds: set[int]) -> str:
    """Return where an approved round that waits for its draw is taken up, else nothing."""
    return where_to_hold(each.plan.year, each.code) or "" if each.pk in open_rounds else ""


def _steps(plan: Plan) -> list[tuple[str, str]]:
    """Return each step's title and whether it is done, here, or to come."""
    ended = plan.state in (State.AMENDED, State.DROPPED)
    reached = len(WAY) if ended else WAY.index(State(plan.state))
    way = [(str(state.label), "done" if n < reached else "here" if n == reached else "") for n, state in enumerate(WAY)]
    return [*way, (str(State(plan.state).label), "here")] if ended else way


def _dues(whole: Whole) -> list[tuple[str, Any, int]]:
    """Return what is to be done by when, with the workdays left."""
    plan, found = whole.plan, []
    if plan.state == State.APPROVED:
        found.append((_("备案"), filing_due(plan, whole.policy)))
    if plan.state in (State.APPROVED, State.FILED):
        found.append((_("公布"), publication_due(plan, whole.policy)))
    return [(title, due, due.left(whole.today)) for title, due in found]


def figures(request: HttpRequest, number: int) -> HttpResponse:
    """People and days of a draft."""
    user: Any = request.user
    plan = get_object_or_404(Plan, pk=number)
    services.must_be_draft(plan)
    policy = known.policy_for(plan.year, timezone.localdate())
    form = FiguresForm(policy, plan, request.POST or None)

    def act(data: dict[str, Any]) -> str:
        with kept(form, plan, lambda: FiguresForm(policy, plan).shown_now()):
            services.change_figures(user, number, data["version"], form.figures())
        messages.success(request, _("已保存。"))
        return reverse("plan:one", args=[number])

    heading = _("%s：人员与工作日") % plan
    return form_page(request, form, act, "plan/form.html", heading=heading, back=reverse("plan:one", args=[number]))


def diff(request: HttpRequest, number: int) -> HttpResponse:
    """What an edition changes in the one before it."""
    plan = get_object_or_404(Plan, pk=number)
    before = queries.edition_before(plan)
    with in_chinese():
        changes = differences(before, plan)
    context = {"plan": plan, "before": before, "changes": changes}
    return render(request, "plan/diff.html", context | {"heading": _("%s：与上一版对照") % plan})
