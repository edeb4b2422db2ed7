"""Reckoning without writing: the working-day calculator, the check of a printed plan, and what-if."""

from fractions import Fraction

from django.forms import Form, formset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from sunlot.office.plan import known
from sunlot.office.plan.feasibility import Outlook, as_planned, outlook
from sunlot.office.plan.forms import Calculator, PrintedLine, WhatIf
from sunlot.office.plan.models import Plan, PlannedRound
from sunlot.office.plan.worked import worked_plans
from sunlot.office.plan.yearbook import yearbook
from sunlot.office.shell.forms import refused_on
from sunlot.policy.arithmetic.days import PlanDays, Workload, plan_days
from sunlot.policy.arithmetic.printed import Printed, PrintedError, check_printed


def calculator(request: HttpRequest) -> HttpResponse:
    """From officers and days to the days left for inspection, line by line, beside the year's holiday table."""
    today = timezone.localdate()
    given = request.GET if "officers" in request.GET else None
    year = (
        int(text) if (text := request.GET.get("year", "")).isdecimal() and 2008 <= int(text) <= 2100 else today.year + 1
    )
    form = Calculator(known.policy_for(year, today), {}, given, initial={"year": year})
    found = _days(form) if given and form.is_valid() else None
    context = {"form": form, "found": found, "book": yearbook(year)}
    return render(request, "plan/calculator.html", context, status=422 if form.errors else 200)


def _days(form: Calculator) -> PlanDays | None:
    data = form.cleaned_data
    each = data["days_each"] or yearbook(data["year"]).statutory
    key = None if data["key"] is None else Fraction(data["key"])
    with refused_on(form):
        other, rest = form.counts("other_enforcement"), form.counts("non_enforcement")
        return plan_days(Workload(data["year"], data["officers"], each, other, rest, key))
    return None


def printed(request: HttpRequest) -> HttpResponse:
    """Which numbers of a printed plan contradict the others. Public plans can be taken for a beginning."""
    lines = formset_factory(PrintedLine, extra=6)
    example = next((plan for plan in worked_plans() if plan.name == request.GET.get("example")), None)
    initial = [vars(line) for line in example.printed] if example else []
    formset = lines(request.POST or None, initial=None if request.POST else initial)
    found: tuple[PrintedError, ...] | None = None
    head = Form(request.POST or None)
    head.is_valid()
    if request.method == "POST" and formset.is_valid():
        filled = [form.cleaned_data for form in formset if form.cleaned_data.get("text")]
        with refused_on(head):
            found = check_printed([Printed(**line) for line in filled])
    elif example:
        found = check_printed(example.printed)
    wrong = {error.figure for error in found or ()}
    context = {
        "formset": formset,
        "found": found,
        "wrong": wrong,
        "head": head,
        "example": example,
        "worked": worked_plans(),
    }
    bad = bool(head.errors or (request.POST and not formset.is_valid()))
    return render(request, "plan/printed.html", context, status=422 if bad else 200)


def what_if(request: HttpRequest, number: int) -> HttpResponse:
    """The plan with other people, days, teams or shares: which rounds no longer fit."""
    plan = get_object_or_404(Plan, pk=number)
    rounds = list(plan.rounds.order_by("number"))
    now = as_planned(plan)
    form = WhatIf(rounds, request.GET if "officers" in request.GET else vars(now))
    found = _outlook(form, rounds) if form.is_valid() else None
    context = {
        "plan": plan,
        "form": form,
        "found": found,
        "now": outlook(rounds, now),
        "heading": _("%s：能力测算") % plan,
    }
    return render(request, "plan/what_if.html", context, status=422 if form.errors else 200)


def _outlook(form: WhatIf, rounds: list[PlannedRound]) -> Outlook | None:
    with refused_on(form):
        return outlook(rounds, form.change())
    return None
