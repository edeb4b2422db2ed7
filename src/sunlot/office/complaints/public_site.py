"""On the public site: how to report, and the figures of whole months, since the change from one day to the next would tell of single reports.

The live site links to the form. A copy of files links to it only where the bureau has said its own address (本机关) and the world can reach that;
else it names telephone and address.
"""

import csv
import io
import ipaddress
import json
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sunlot.office.bureau.models import Bureau
from sunlot.office.bureau.queries import site
from sunlot.office.catalog.policies import office_policy
from sunlot.office.complaints import statistics
from sunlot.office.complaints.models import Report
from sunlot.office.disclosure.registry import Answer, Pages, Visit, register
from sunlot.office.disclosure.state import remembered
from sunlot.office.visits.moment import today

FORMAT = "sunlot/1 complaint statistics"
CSV, JSON = "text/csv; charset=utf-8", "application/json; charset=utf-8"


def register_pages() -> None:
    """Add the section."""
    register(
        Pages("complaints/index.html", page, translated=True, menu=_("投诉举报")),
        Pages("complaints/statistics.csv", as_csv, listed=False),
        Pages("complaints/statistics.json", as_json, listed=False),
    )


def page(visit: Visit) -> Answer:
    """How to report, and the figures."""
    policy, bureau = office_policy(today()), Bureau.objects.first()
    facts: dict[str, Any] = {
        "figures": figures(),
        "bureau": bureau,
        "form": form_address(visit, "complaints:new"),
        "tracking": form_address(visit, "complaints:track"),
        "accept_workdays": policy.count("complaint.accept_workdays"),
        "finish_days": policy.count("complaint.finish_days"),
        "least": policy.count("complaint.small_number"),
    }
    return visit.page("complaints.html", facts)


def form_address(visit: Visit, name: str) -> str:
    """Return where the form is, empty for a copy of files that does not know the live site."""
    if not visit.static:
        return reverse(name)
    live = site()
    return live + reverse(name) if _reached_from_outside(live) else ""


def _reached_from_outside(live: str) -> bool:
    """Return whether an address is the web's, not one of the office's own network."""
    parts = urlsplit(live)
    host = parts.hostname or ""
    try:
        return parts.scheme in ("http", "https") and ipaddress.ip_address(host).is_global
    except ValueError:
        return parts.scheme in ("http", "https") and "." in host and not host.endswith((".local", ".lan"))


@remembered
def figures() -> statistics.Statistics | None:
    """Return the figures of the whole months of this year and the last, None before there is one with a report."""
    last = today().replace(day=1) - timedelta(days=1)
    first = date(last.year - 1, 1, 1)
    if not Report.objects.filter(received_at__date__lte=last).exists():
        return None
    return statistics.of(first, last)


def as_csv(visit: Visit) -> Answer:
    """The figures as a table: by, item, reports."""
    text, found = io.StringIO(), figures()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(["by", "item", "reports"])
    for table in found.tables if found else ():
        out.writerows([table.code, name, count] for name, count in table.lines)
    if found:
        out.writerow(["total", "", found.total])
    return Answer("\ufeff".encode() + text.getvalue().encode(), CSV)


def as_json(visit: Visit) -> Answer:
    """The figures for machines."""
    found = figures()
    body: dict[str, Any] = {"format": FORMAT}
    if found:
        body |= {"from": str(found.first), "to": str(found.last), "total": found.total, "days_to_answer": found.days}
        body["tables"] = {table.code: dict(table.lines) for table in found.tables}
    return Answer(json.dumps(body, ensure_ascii=False, indent=1).encode() + b"\n", JSON)
