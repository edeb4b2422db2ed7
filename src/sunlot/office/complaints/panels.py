"""What the page of a firm shows of reports: number and state, to those who may open the list of reports."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from sunlot.office.complaints import queries
from sunlot.office.complaints.pages import PAGES
from sunlot.office.roster.models import Firm

SHOWN = 20


def of_firm(request: HttpRequest, firm: Firm) -> str:
    """Return the reports about a firm as HTML, empty for whoever may not know of them."""
    if not PAGES["complaints:list"].open_to(getattr(request.user, "role", "")):
        return ""
    rows = list(queries.rows().filter(firm=firm).order_by("-pk")[:SHOWN])
    return render_to_string("complaints/panel.html", {"reports": rows}, request) if rows else ""
