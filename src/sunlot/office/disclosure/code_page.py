"""What the page of a visit's check code says of the draw: where the firm's own line, its chance and its proof stand in public."""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from sunlot.office.disclosure.roll import firms
from sunlot.office.visits.models import Visit


def of_visit(request: Any, visit: Visit) -> str:
    """Return the way to the firm's line on the public site, "" where it was not drawn or its draw is not public yet."""
    known = firms().get(visit.firm_id) if visit.draw else None
    if known is None or visit.draw not in known.draws:
        return ""
    address = reverse("disclosure:page", args=[f"firms/{known.id}/"])
    return render_to_string("disclosure/code_page.html", {"address": address}, request)
