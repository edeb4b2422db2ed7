"""On the public site: how to report, and the figures of whole months, since the change from one day to the next would tell of single reports.

The live site links to the form. A copy of files knows the form's address only when SUNLOT_LIVE_SITE says where the live site stands, such as
https://yj.example.gov.cn; else it names telephone and address.
"""

import csv
import io
import json
import os
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sunlot.office.bureau.models import Bureau
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
    live = os.environ.get("SUNLOT_LIVE_SITE", "").rstrip("/")
    return live + reverse(name) if live.startswith(("https://", "http://")) else ""


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
