"""The firm's side: the door, its entry, its draws, its visits, a request for correction."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sunlot.office.bureau import queries as bureau
from sunlot.office.disclosure.lines import lines_of
from sunlot.office.disclosure.roll import firms
from sunlot.office.followup.states import COLOURS
from sunlot.office.papers.printing import PDF, paper_pdf
from sunlot.office.portal import codes, guessing, own
from sunlot.office.portal.doors import for_firm, let_in, let_out, page
from sunlot.office.portal.forms import CorrectionForm, EnterForm
from sunlot.office.roster import corrections
from sunlot.office.roster.facts import title_of
from sunlot.office.roster.models import Correction, Firm
from sunlot.office.shell.forms import refused_on
from sunlot.office.shell.language import in_words
from sunlot.office.shell.sending import download
from sunlot.office.visits import moment
from sunlot.office.visits.firm import BY
from sunlot.office.visits.labels import kind_told
from sunlot.office.visits.models import Visit


def enter(request: HttpRequest) -> HttpResponse:
    """The door: a code opens it. An address with a code, as in the QR of the letter, only fills it in."""
    form = EnterForm(request.POST or None, initial={"code": request.GET.get("code", "")[:80]})
    if request.method == "POST" and form.is_valid():
        with refused_on(form):
            guessing.refuse_guessing(request)
            if entrance := codes.entrance_of(form.cleaned_data["code"]):
                let_in(request, entrance)
                return redirect("portal:home")
            guessing.note_wrong_code(request)
            form.add_error("code", _("没有这个码，或者已经到期、停用；请核对后再输，或向监管部门索取新的登录码。"))
    context = {"form": form, "ended": "ended" in request.GET, "organ": bureau.name()}
    return render(request, "portal/enter.html", context, status=422 if form.errors else 200)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close the firm's pages in this browser."""
    let_out(request)
    return redirect("portal:enter")


@require_safe
@for_firm
def home(request: HttpRequest, firm: Firm) -> HttpResponse:
    """The firm's entry, its requests for correction, its visits."""
    asked = Correction.objects.filter(firm=firm).order_by("-pk")
    context: dict[str, Any] = {
        "entry": own.entry(firm),
        "orders": [(row, COLOURS[row.state], (row.deadline - moment.today()).days) for row in own.orders(firm.pk)],
        "visits": [(visit, _told(visit)) for visit in own.visits(firm.pk)],
        "papers": own.papers(firm.pk),
        "corrections": [(title_of(row.field), row) for row in asked],
    }
    return page(request, "home.html", firm, **context)


def _told(visit: Visit) -> str:
    return in_words(kind_told(visit.kind, visit.draw, moment.today()))


@require_safe
@for_firm
def paper(request: HttpRequest, firm: Firm, number: int) -> HttpResponse:
    """A document that reached the firm, as PDF."""
    row = get_object_or_404(own.papers(firm.pk), pk=number)
    return download(f"{row}.pdf", paper_pdf(row), PDF, inline=True)


@require_safe
@for_firm
def draws(request: HttpRequest, firm: Firm) -> HttpResponse:
    """Every announced draw whose roster it stands in: its ticket, its chance, its rank, and where the proof lies."""
    lines = lines_of(firm.pk) if firm.pk in firms() else []
    return page(request, "draws.html", firm, lines=lines)


@for_firm
def correct(request: HttpRequest, firm: Firm) -> HttpResponse:
    """The firm says that its entry is wrong."""
    form = CorrectionForm(firm, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_on(form):
            own.refuse_too_many(firm.pk)
            data: dict[str, Any] = form.cleaned_data
            corrections.ask(BY, firm.pk, on=moment.today(), **data)
            messages.success(request, _("更正申请已收到，办理结果会显示在本页。"))
            return redirect("portal:home")
    return page(request, "correct.html", firm, form=form, status=422 if form.errors else 200)
