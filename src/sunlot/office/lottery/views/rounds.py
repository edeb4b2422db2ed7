"""Preparing a round: the list, its plan, its sources, the check, asking, publishing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sunlot.office.lottery import announcing, asking, moment, progress, rounds, tables
from sunlot.office.lottery.forms.deeds import ReasonForm
from sunlot.office.lottery.forms.plan import PlanForm
from sunlot.office.lottery.forms.sources import SourceSet, initial, suggested
from sunlot.office.lottery.models import Round, RoundState
from sunlot.office.lottery.planned import as_round, begun, beside_the_plan, choices
from sunlot.office.lottery.views.settled import tell_settled
from sunlot.office.shell.forms import form_page, refused_on
from sunlot.office.shell.incoming import Never
from sunlot.office.shell.listing import Button, Choice, Column, Listing, Search
from sunlot.office.shell.refusals import said
from sunlot.refusal import Refusal

ROUNDS = Listing(
    incoming=Never.STEPS,
    name="抽查轮次",
    columns=(
        Column("名称", "shown", sort="title", link="lottery:round"),
        Column("年度", "year", sort="year"),
        Column("轮次", "number"),
        Column("抽取编号", "draw_id", sort="draw_id"),
        Column("检查期", lambda row: f"{row.window_from} – {row.window_to}", sort="window_from"),
        Column("方式", lambda row: _("暗查") if row.secret else _("公开")),
        Column("演练", "rehearsal", tag=lambda row: "warn" if row.rehearsal else ""),
        Column("状态", lambda row: progress.standing(row)[0], tag=lambda row: progress.standing(row)[1]),
    ),
    filters=(Search(("title", "draw__id")), Choice("年度", "year", lambda: _years())),
    order=("-pk",),
    buttons=(Button("新建轮次", "lottery:new", main=True),),
)


def _years() -> list[tuple[int, int]]:
    years = Round.objects.order_by("-year").values_list("year", flat=True).distinct()
    return [(year, year) for year in years]


def list_all(request: HttpRequest) -> HttpResponse:
    """Every round."""
    tell_settled(request)
    return ROUNDS.page(request, rounds.with_requests(Round.objects.select_related("draw")))


def new(request: HttpRequest) -> HttpResponse:
    """Begin a round."""

    def act(data: dict[str, Any]) -> str:
        row = rounds.start(request.user, data)  # type: ignore[arg-type]
        return reverse("lottery:sources", args=[row.pk])

    year, chosen = timezone.localdate().year, request.GET.get("planned", "")
    if request.method == "GET" and (row := begun(chosen)):
        return redirect("lottery:round", row.pk)
    form = PlanForm(request.POST or None, initial={"version": 1, **as_round(chosen, year)})
    context = {"planned": choices(year)[1:], "chosen": chosen, "back": reverse("lottery:rounds")}
    return form_page(request, form, act, "lottery/new.html", submit=_("保存，下一步"), **context)


def one(request: HttpRequest, number: int) -> HttpResponse:
    """The step at which a round is now."""
    tell_settled(request)
    row = get_object_or_404(Round, pk=number)
    return redirect(progress.address(row, progress.current(row, progress.folder(row))))


def plan(request: HttpRequest, number: int) -> HttpResponse:
    """Step 1."""
    row = get_object_or_404(Round, pk=number)

    def act(data: dict[str, Any]) -> str:
        rounds.change(request.user, number, data["version"], data)  # type: ignore[arg-type]
        messages.success(request, _("方案已保存。"))
        return reverse("lottery:sources", args=[number])

    form = PlanForm(request.POST or None, instance=row)
    return form_page(request, form, act, "lottery/plan.html", **_frame(Round.objects.get(pk=number)))


def sources(request: HttpRequest, number: int) -> HttpResponse:
    """Step 2."""
    row = get_object_or_404(Round, pk=number)
    bound = request.POST if request.method == "POST" else None
    formset: Any = SourceSet(bound, initial=initial(row.sources) or suggested(), prefix="s")
    refusal = ""
    if bound is not None and formset.is_valid():
        try:
            version, minutes = int(bound.get("version", 0)), int(bound.get("reveal_minutes") or 0)
            fields = {"sources": formset.sources(), "reveal_minutes": min(max(minutes, 0), 1440)}
            rounds.change(request.user, number, version, fields)  # type: ignore[arg-type]
            messages.success(request, _("种子来源已保存。"))
            return redirect("lottery:check", number)
        except ValueError:
            refusal = _("分钟数要写整数。")
        except Refusal as refused:
            refusal = said(refused)
    context = {
        "formset": formset,
        "suggested": not (row.sources or bound),
        "refusal": refusal,
        "minutes": bound.get("reveal_minutes", "0") if bound else row.reveal_minutes,
    }
    return render(request, "lottery/sources.html", {**_frame(row), **context}, status=422 if bound else 200)


def check(request: HttpRequest, number: int) -> HttpResponse:
    """Step 3: what will be fixed, and asking for approval."""
    row = get_object_or_404(Round, pk=number)
    form = ReasonForm(request.POST if request.POST.get("act") == "ask" else None)
    if form.is_bound and form.is_valid():
        with refused_on(form):
            version = int(request.POST.get("version", 0))
            approval = asking.ask(request.user, number, version, form.cleaned_data["reason"])  # type: ignore[arg-type]
            return redirect("approvals:one", approval.pk)
    trial, refusal = None, ""
    if row.state in (RoundState.DRAFT, RoundState.APPROVED):
        try:
            digest = row.digest or tables.freeze(row)
            trial = tables.try_round(row, tables.frozen(row, digest))
        except Refusal as refused:
            refusal = said(refused)
    context = {**_frame(row), "form": form, "trial": trial, "refusal": refusal, "asked": rounds.asked(row)}
    context["foreseen"] = beside_the_plan(row, trial.expected) if trial else None
    return render(request, "lottery/check.html", context, status=409 if form.errors else 200)


@require_POST
def announce(request: HttpRequest, number: int) -> HttpResponse:
    """Publish the notice of an approved round."""
    get_object_or_404(Round, pk=number)
    draw = announcing.announce(request.user, number)  # type: ignore[arg-type]
    messages.success(request, _("公告已发布：%(draw)s。请立即公布核对码。") % {"draw": draw.pk})
    return redirect("lottery:draw", draw.pk)


def drop(request: HttpRequest, number: int) -> HttpResponse:
    """Give a round up."""
    row = get_object_or_404(Round, pk=number)

    def act(data: dict[str, Any]) -> str:
        rounds.drop(request.user, number, data["reason"])  # type: ignore[arg-type]
        return reverse("lottery:rounds")

    form = ReasonForm(request.POST or None)
    heading = _("放弃“%(title)s”") % {"title": row.title}
    return form_page(
        request, form, act, heading=heading, submit=_("放弃"), back=reverse("lottery:check", args=[number])
    )


def _frame(row: Round) -> dict[str, Any]:
    """Return what every step's page shows: the round, the bar of steps, whether it may still be changed."""
    return {
        "row": row,
        "steps": progress.steps(row, progress.folder(row)),
        "editable": row.state in (RoundState.DRAFT, RoundState.APPROVED) and not rounds.asked(row),
        "now": moment.now(),
    }
