"""The way of a plan from draft to publication, one form a step."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sunlot.office.bureau.queries import absolute
from sunlot.office.plan import services
from sunlot.office.plan.forms import Filing, Publication, Reason
from sunlot.office.plan.models import Plan
from sunlot.office.plan.whole import Whole
from sunlot.office.shell.forms import form_page


def submit(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for approval; what stands in the way or must be explained is said above the form."""
    user: Any = request.user
    plan = get_object_or_404(Plan, pk=number)
    services.must_be_draft(plan)

    def act(data: dict[str, Any]) -> str:
        asked = services.submit(user, number, data["reason"])
        messages.success(request, _("已送审，等待另一人批准。"))
        return reverse("approvals:one", args=[asked.pk])

    context = {"heading": _("%s：送审") % plan, "submit": _("送审"), "back": _back(number)}
    found = Whole(plan, timezone.localdate()).reckoning
    return form_page(request, Reason(request.POST or None), act, "plan/submit.html", found=found, plan=plan, **context)


@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Make a plan that was turned down a draft again."""
    user: Any = request.user
    get_object_or_404(Plan, pk=number)
    services.take_back(user, number)
    messages.success(request, _("已退回为草稿，可以修改。"))
    return redirect("plan:one", number)


def drop(request: HttpRequest, number: int) -> HttpResponse:
    """Give a draft up."""
    user: Any = request.user
    plan = get_object_or_404(Plan, pk=number)
    services.must_be_draft(plan)

    def act(data: dict[str, Any]) -> str:
        services.drop(user, number, data["reason"])
        return reverse("plan:list")

    heading = _("%s：放弃草稿") % plan
    return form_page(request, Reason(request.POST or None), act, heading=heading, submit=_("放弃"), back=_back(number))


def file(request: HttpRequest, number: int) -> HttpResponse:
    """Enter the filing."""
    user: Any = request.user
    plan = get_object_or_404(Plan, pk=number)

    def act(data: dict[str, Any]) -> str:
        services.file(user, number, data["on"], data["filed_with"], data["approved_as"])
        return _back(number)

    form = Filing(request.POST or None, initial={"on": timezone.localdate()})
    return form_page(request, form, act, heading=_("%s：登记备案") % plan, back=_back(number))


def publish(request: HttpRequest, number: int) -> HttpResponse:
    """Enter the publication; from then on the public page shows the plan."""
    user: Any = request.user
    plan = get_object_or_404(Plan, pk=number)

    def act(data: dict[str, Any]) -> str:
        services.publish(user, number, data["on"], data["published_at"])
        return _back(number)

    here = absolute(request, reverse("plan:public_year", args=[plan.year]))
    form = Publication(request.POST or None, initial={"on": timezone.localdate(), "published_at": here})
    return form_page(request, form, act, heading=_("%s：登记公布") % plan, back=_back(number))


def amend(request: HttpRequest, number: int) -> HttpResponse:
    """Begin a new edition."""
    user: Any = request.user
    plan = get_object_or_404(Plan, pk=number)

    def act(data: dict[str, Any]) -> str:
        return reverse("plan:one", args=[services.amend(user, number, data["reason"]).pk])

    heading = _("%s：修订") % plan
    return form_page(
        request, Reason(request.POST or None), act, heading=heading, submit=_("着手修订"), back=_back(number)
    )


def _back(number: int) -> str:
    return reverse("plan:one", args=[number])
