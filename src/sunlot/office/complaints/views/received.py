"""What is shown this once of a report that has come in: its number and its tracking code, as text and as a link."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from sunlot.office.bureau.queries import absolute
from sunlot.office.complaints.intake import kind_title
from sunlot.office.complaints.models import Report


def received(request: HttpRequest, report: Report, code: str) -> dict[str, Any]:
    """Return the facts of the page. The code stands behind #, so that no server on the way sees it."""
    address = absolute(request, reverse("complaints:track"))
    facts = {"report": report, "code": code, "kind": kind_title(report)}
    return facts | {"address": address, "link": f"{address}#{code}"}
