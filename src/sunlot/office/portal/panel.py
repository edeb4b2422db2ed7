"""What the page of a firm shows of its codes."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from sunlot.office.portal.models import AccessCode
from sunlot.office.roster.models import Firm
from sunlot.office.visits import moment


def codes_of(request: HttpRequest, firm: Firm) -> str:
    """Return the firm's valid codes, and the way to give one."""
    valid = AccessCode.objects.filter(firm=firm, revoked_at=None, until__gte=moment.today()).order_by("pk")
    return render_to_string("portal/panel.html", {"firm": firm, "codes": valid, "user": request.user}, request)
