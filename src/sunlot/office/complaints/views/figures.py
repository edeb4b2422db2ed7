"""The figures, on screen and as Excel; without identities for whoever reads them."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_noop as noop

from sunlot.office.complaints import statistics as figures
from sunlot.office.complaints.forms import SpanForm
from sunlot.office.shell.excel import workbook
from sunlot.office.shell.language import in_chinese
from sunlot.office.shell.services import record_export
from sunlot.office.visits.moment import today

NAME = noop("投诉举报统计")


def statistics(request: HttpRequest) -> HttpResponse:
    """Reports of a span by month, kind, township, state and result; this year's unless asked otherwise."""
    form = SpanForm(request.GET or None)
    asked: dict[str, Any] = form.cleaned_data if form.is_bound and form.is_valid() else {}
    first = asked.get("first") or date(today().year, 1, 1)
    last = asked.get("last") or today()
    if request.GET.get("as") == "xlsx":
        return _excel(request, first, last)
    found = figures.of(first, last)
    shown = SpanForm(initial={"first": first, "last": last})
    return render(
        request, "complaints/statistics.html", {"figures": found, "form": shown, "query": request.GET.urlencode()}
    )


def _excel(request: HttpRequest, first: date, last: date) -> HttpResponse:
    with in_chinese():
        found = figures.of(first, last)
        lines = [(str(table.title), name, count) for table in found.tables for name, count in table.lines]
        lines.append(("合计", "", found.total))
        record_export(request.user, NAME, len(lines))
        return workbook(NAME, ["统计口径", "项目", "件数"], lines, note=f"{first} 至 {last}")
