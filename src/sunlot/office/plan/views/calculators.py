"""Reckoning without writing: the working-day calculator, the check of a printed plan, what-if, and the caps."""

from collections import Counter
from fractions import Fraction

from django.core.paginator import Paginator
from django.forms import Form, formset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from sunlot.office.plan import caps as reckoning
from sunlot.office.plan import known, queries
from sunlot.office.plan.feasibility import Outlook, as_planned, outlook
from sunlot.office.plan.forms import Calculator, PrintedLine, WhatIf
from sunlot.office.plan.models import Plan, PlannedRound
from sunlot.office.plan.worked import worked_plans
from sunlot.office.plan.yearbook import yearbook
from sunlot.office.shell.forms import refused_on
from sunlot.office.shell.language import in_words
from sunlot.policy.arithmetic.days import PlanDays, Workload, plan_days
from sunlot.policy.arithmetic.printed import Printed, PrintedError, check_printed
from sunlot.policy.draw_pack import draw_rules
from sunlot.policy.reader import read_pack

DRAW_PACK = "county-2026"


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


def caps(request: HttpRequest) -> HttpResponse:
    """How often each firm was visited this year over all kinds of check and departments, against its cap."""
    today = timezone.localdate()
    text = request.GET.get("year", "")
    year = int(text) if text.isdecimal() and 2008 <= int(text) <= 2100 else today.year
    policy = known.policy_for(year, today)
    visits = known.visits_of(year)
    plan = queries.plan_in_force(year)
    key = list(plan.key_list.filter(round__isnull=False).select_related("round")) if plan else []
    planned = {entry.firm: entry.round.visits_each for entry in key if entry.round}
    listed = {entry.firm: known.FirmFact(entry.firm, entry.name) for entry in key}
    firms = listed | dict(known.firms({visit.firm for visit in visits} | set(planned)))
    found = reckoning.burdens(visits, planned, firms, policy)
    counts = Counter(burden.state for burden in found)
    state = request.GET.get("state", "")
    shown = [burden for burden in found if not state or burden.state == state]
    context = {
        "year": year,
        "rule": policy.rule("visit.caps"),
        "draw_rules": draw_rules(read_pack(DRAW_PACK)),
        "draw_pack": DRAW_PACK,
        "counted": [kind for kind in known.visit_kinds().items() if policy.counted(kind[0])],
        "uncounted": [kind for kind in known.visit_kinds().items() if not policy.counted(kind[0])],
        "part": Paginator(shown, 50).get_page(request.GET.get("page")),
        "states": [(code, in_words(title), counts[code]) for code, title in reckoning.STATES.items()],
        "state": state,
        "titles": reckoning.STATES,
    }
    return render(request, "plan/caps.html", context)
