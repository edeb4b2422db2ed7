"""An order to put something right, as the firm sees it: problems, deadline, what was handed in; here it hands in more, or asks for more time."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sunlot.office.followup import evidence, extensions
from sunlot.office.followup.files import bytes_of
from sunlot.office.followup.models import File, Order
from sunlot.office.followup.states import COLOURS, OPEN_ORDERS, ORDERS, may
from sunlot.office.portal import own
from sunlot.office.portal.doors import for_firm, page
from sunlot.office.portal.forms import EvidenceForm, ExtensionForm
from sunlot.office.roster.models import Firm
from sunlot.office.shell.forms import refused_on
from sunlot.office.shell.sending import handed_in
from sunlot.office.visits import moment
from sunlot.office.visits.firm import BY


@for_firm
def order(request: HttpRequest, firm: Firm, number: int) -> HttpResponse:
    """One order; a post hands in evidence, or asks for more time."""
    row = get_object_or_404(own.orders(firm.pk), pk=number)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    handing = EvidenceForm(request.POST, request.FILES, prefix="e") if act == "hand-in" else EvidenceForm(prefix="e")
    asking = ExtensionForm(request.POST if act == "extend" else None, prefix="x")
    if act == "hand-in" and handing.is_valid():
        with refused_on(handing):
            data = handing.cleaned_data
            evidence.hand_in(row.pk, BY, data["text"], data["pictures"], data["done"])
            messages.success(request, _("材料已收到。"))
            return redirect("portal:order", number)
    if act == "extend" and asking.is_valid():
        with refused_on(asking):
            extensions.request(row.pk, BY, asking.cleaned_data["wanted"], asking.cleaned_data["reason"])
            messages.success(request, _("延期申请已收到，办理结果会显示在本页；批准之前期限不变。"))
            return redirect("portal:order", number)
    status = 422 if handing.errors or asking.errors else 200
    return page(request, "order.html", firm, status, **_context(row), handing=handing, asking=asking)


def _context(row: Order) -> dict[str, Any]:
    return {
        "order": row,
        "colour": COLOURS[row.state],
        "problems": row.problems.order_by("position"),
        "handed": row.evidence.order_by("-pk").prefetch_related("files"),
        "asked": row.extensions.select_related("approval").order_by("-pk"),
        "left": (row.deadline - moment.today()).days,
        "takes": row.state in OPEN_ORDERS,
        "may_report": may(ORDERS, row.state, "report"),
        "may_extend": may(ORDERS, row.state, "extend") and row.deadline >= moment.today(),
    }


@require_safe
@for_firm
def handed(request: HttpRequest, firm: Firm, number: int, file: int) -> HttpResponse:
    """A file that was handed in for one of the firm's orders."""
    row = get_object_or_404(File, pk=file, evidence__order__in=own.orders(firm.pk).filter(pk=number).order_by())
    return handed_in(row.name, bytes_of(row), row.media)
