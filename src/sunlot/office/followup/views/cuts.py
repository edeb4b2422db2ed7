"""Cutting a firm off from power or explosives, and restoring it: both go to another person."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from sunlot.office.followup import cuts
from sunlot.office.followup.cut_models import PowerCut
from sunlot.office.followup.forms import CutForm, RestoreForm
from sunlot.office.followup.models import Order
from sunlot.office.followup.views.hazards import visible
from sunlot.office.shell.forms import form_page
from sunlot.office.visits import moment


def cut(request: HttpRequest, number: int) -> HttpResponse:
    """The request to the bureau's head."""
    hazard = visible(request, number)
    last = Order.objects.order_by("-pk").first()
    initial = {"government": last.government, "court": last.court} if last else {}

    def act(data: dict[str, Any]) -> str:
        cuts.ask_cut(request.user, hazard.pk, cuts.Wanted(**data))  # type: ignore[arg-type]
        messages.success(request, _("已报批，由主要负责人决定；批准后文书自动制作。"))
        return reverse("followup:hazard", args=[hazard.pk])

    back, heading = reverse("followup:hazard", args=[hazard.pk]), f"{hazard} {hazard.firm_name}"
    return form_page(
        request, CutForm(request.POST or None, initial=initial), act, submit=_("报批"), back=back, heading=heading
    )


def restore(request: HttpRequest, number: int, key: int) -> HttpResponse:
    """The request to supply the firm again."""
    hazard = visible(request, number)
    row = get_object_or_404(PowerCut, hazard=hazard, pk=key)

    def act(data: dict[str, Any]) -> str:
        cuts.ask_lift(request.user, row.pk, **data)  # type: ignore[arg-type]
        messages.success(request, _("已报批，批准后恢复供应通知书自动制作。"))
        return reverse("followup:hazard", args=[hazard.pk])

    form = RestoreForm(request.POST or None, initial={"corrected_on": moment.today()})
    back, heading = reverse("followup:hazard", args=[hazard.pk]), f"{hazard} {hazard.firm_name}"
    return form_page(request, form, act, submit=_("报批"), back=back, heading=heading)
