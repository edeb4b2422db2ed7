"""The plan as a Word file and as a sheet to print, for the office."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from sunlot.documents.plan_word import plan_word
from sunlot.office.plan.models import Plan
from sunlot.office.plan.printing import plan_document
from sunlot.office.plan.whole import Whole
from sunlot.office.shell.sending import download
from sunlot.office.shell.services import record_export

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word(request: HttpRequest, number: int) -> HttpResponse:
    """The whole plan, unannounced rounds included: for the office only."""
    plan = get_object_or_404(Plan, pk=number)
    document = plan_document(Whole(plan, timezone.localdate()), public=False)
    record_export(request.user, str(plan), len(document.sections))
    return download(f"{plan}.docx", plan_word(document), WORD)


def print_view(request: HttpRequest, number: int) -> HttpResponse:
    """The whole plan on one page to print."""
    plan = get_object_or_404(Plan, pk=number)
    document = plan_document(Whole(plan, timezone.localdate()), public=False)
    return render(request, "plan/print.html", {"document": document, "at": timezone.now()})
