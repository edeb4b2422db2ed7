"""What anybody may read: the published plans, without what their unannounced rounds are."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from sunlot.documents.plan_word import plan_word
from sunlot.office.plan import queries
from sunlot.office.plan.models import Plan
from sunlot.office.plan.printing import plan_document
from sunlot.office.plan.views.documents import WORD
from sunlot.office.plan.whole import Whole
from sunlot.office.shell.sending import download


def list_all(request: HttpRequest) -> HttpResponse:
    """The years whose plan is public."""
    plans = Plan.objects.filter(published_on__isnull=False).order_by("-year", "-edition")
    return render(request, "plan/public_list.html", {"plans": plans})


def one(request: HttpRequest, year: int) -> HttpResponse:
    """The plan of a year: the latest published edition, or an earlier one by `?edition=`."""
    plan = _asked(request, year)
    document = plan_document(Whole(plan, timezone.localdate()), public=True)
    others = queries.published(year).exclude(pk=plan.pk)
    context = {"document": document, "plan": plan, "others": others, "heading": document.title}
    return render(request, "plan/public.html", context)


def word(request: HttpRequest, year: int) -> HttpResponse:
    """The same as a Word file."""
    plan = _asked(request, year)
    return download(f"{plan}.docx", plan_word(plan_document(Whole(plan, timezone.localdate()), public=True)), WORD)


def _asked(request: HttpRequest, year: int) -> Plan:
    edition = request.GET.get("edition", "")
    plans = queries.published(year)
    plan = plans.filter(edition=int(edition)).first() if edition.isdecimal() else plans.first()
    if plan is None:
        raise Http404
    return plan
