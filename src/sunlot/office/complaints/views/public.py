"""Without login: the form, and the page behind the tracking code. The code travels in posts only, never in an address or a session."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from sunlot.office.bureau.models import Bureau
from sunlot.office.catalog.policies import office_policy
from sunlot.office.complaints import doorkeeper, intake, queries, questions, reporter
from sunlot.office.complaints.forms import AddForm, CodeForm, ReportForm
from sunlot.office.complaints.intake import Arrival, kind_title
from sunlot.office.complaints.models import Report
from sunlot.office.complaints.states import ENDED, State
from sunlot.office.complaints.uploads import in_memory
from sunlot.office.complaints.views.received import received
from sunlot.office.shell.forms import refused_on
from sunlot.office.visits.moment import today
from sunlot.refusal import Refusal


@never_cache
@in_memory()
def new(request: HttpRequest) -> HttpResponse:
    """The form; returned in order, it shows the tracking code once."""
    if request.method != "POST":
        return _form(request, ReportForm(initial={"firm": request.GET.get("firm", "")[:200]}), questions.ask())
    form = ReportForm(request.POST, request.FILES)
    valid, question = form.is_valid(), _question(form)
    if valid:
        with refused_on(form):
            once = questions.settle(
                form.cleaned_data["ticket"], form.cleaned_data["answer"], form.cleaned_data["web_address"]
            )
            report, code = intake.receive(_arrival(form.cleaned_data, once, doorkeeper.admit(request)))
            doorkeeper.note_report(request)
            return _sent(request, report, code)
    return _form(request, form, question, 422)


def _question(form: ReportForm) -> questions.Question:
    """Return the question that the form was filled from, or a fresh one when its time is over or its sum was wrong."""
    ticket, answer, trap = (form.data.get(name, "") for name in ("ticket", "answer", "web_address"))
    try:
        questions.settle(ticket, answer, trap)
    except Refusal as refusal:
        if refusal.kind in ("wrong_sum", "no_ticket", "old_ticket"):
            return questions.ask()
    return questions.asked(ticket)


def _arrival(data: dict[str, Any], once: str, queue: bool) -> Arrival:
    names = ("kind", "text", "firm", "place", "township", "when", "name", "phone", "photos")
    return Arrival(**{name: data[name] for name in names}, once=once, queue=queue)


def _form(request: HttpRequest, form: ReportForm, question: questions.Question, status: int = 200) -> HttpResponse:
    chosen = bool(request.FILES)
    context = {"form": form, "question": question, "bureau": Bureau.objects.first(), "photos_lost": chosen}
    return render(request, "complaints/new.html", context | _clocks(), status=status)


def _sent(request: HttpRequest, report: Report, code: str) -> HttpResponse:
    return render(request, "complaints/sent.html", received(request, report, code) | _clocks())


def _clocks() -> dict[str, Any]:
    policy = office_policy(today())
    return {
        "accept_workdays": policy.count("complaint.accept_workdays"),
        "finish_days": policy.count("complaint.finish_days"),
        "identity_readers": policy.labels("complaint.identity_readers"),
    }


@never_cache
@in_memory()
def track(request: HttpRequest) -> HttpResponse:
    """Where a report stands, what was answered, and adding to it."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    report = None
    if request.method == "POST" and form.is_valid():
        with refused_on(form):
            report = _found(request, form.cleaned_data["code"])
    if report is None:
        return render(request, "complaints/track.html", {"form": form}, status=422 if form.errors else 200)
    return _report(request, report, form.cleaned_data["code"])


def _found(request: HttpRequest, code: str) -> Report:
    doorkeeper.refuse_guessing(request)
    if (report := reporter.report_of(code)) is None:
        doorkeeper.note_wrong_code(request)
        raise Refusal("no_such_code", _("没有这个查询码。请核对每一个字母和数字；遗失的查询码无法找回。"))
    return report


def _report(request: HttpRequest, report: Report, code: str) -> HttpResponse:
    adding, done = request.POST.get("act") == "add", False
    form = AddForm(request.POST, request.FILES) if adding else AddForm()
    if adding and form.is_valid():
        with refused_on(form):
            reporter.add(code, form.cleaned_data["text"], list(form.cleaned_data["photos"]))
            form, done = AddForm(), True
    first = reporter.leading(report)
    context = {
        "report": report,
        "first": first,
        "kind": kind_title(report),
        "received": queries.received_on(report),
        "words": reporter.words(report),
        "form": form,
        "code": code,
        "done": done,
        "may_add": report.state not in ENDED or report.state == State.JOINED,
    }
    return render(request, "complaints/report.html", context, status=422 if form.errors else 200)
