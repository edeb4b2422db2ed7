"""What anybody may see: the list in force with the articles it stands on, its editions, and the same as files."""

import csv
import io

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from sunlot.intake.writing import safe
from sunlot.office.catalog import queries
from sunlot.office.catalog.basis import read_basis
from sunlot.office.catalog.entries import TITLES, Entry
from sunlot.office.catalog.models import ItemList
from sunlot.office.catalog.published import canonical_text, entries_of
from sunlot.office.catalog.sheet import line_of
from sunlot.office.shell.sending import download
from sunlot.policy.items_template import ITEM_CLASSES


def in_force(request: HttpRequest) -> HttpResponse:
    """The list in force today."""
    return _show(request, queries.list_in_force(timezone.localdate()))


def edition(request: HttpRequest, edition: int) -> HttpResponse:
    """One published edition: in force, to come, or replaced."""
    return _show(request, get_object_or_404(queries.published_lists(timezone.localdate()), edition=edition))


def file(request: HttpRequest, edition: int, form: str) -> HttpResponse:
    """A published edition as CSV for a spreadsheet, or as the canonical JSON whose SHA-256 is the published digest."""
    item_list = get_object_or_404(queries.published_lists(timezone.localdate()), edition=edition)
    name = f"随机抽查事项清单第{edition}版"
    if form == "json":
        return download(f"{name}.json", canonical_text(item_list), "application/json")
    if form == "csv":
        return download(f"{name}.csv", _csv(entries_of(item_list)), "text/csv; charset=utf-8")
    raise Http404


def _show(request: HttpRequest, shown: ItemList | None) -> HttpResponse:
    today = timezone.localdate()
    entries = entries_of(shown) if shown else ()
    words, wanted = request.GET.get("q", "").split(), request.GET.get("class", "")
    found = [entry for entry in entries if _fits(entry, words, wanted)]
    day = queries.day_of(shown, today) if shown else today
    context = {
        "edition": queries.published_lists(today).filter(pk=shown.pk).first() if shown else None,
        "standings": queries.STANDINGS,
        "editions": queries.published_lists(today).order_by("-edition"),
        "lines": [(entry, read_basis(entry.basis, day)) for entry in found if entry.enabled],
        "unused": [entry for entry in found if not entry.enabled],
        "classes": ITEM_CLASSES.items(),
        "query": request.GET.get("q", ""),
        "wanted": wanted,
        "day": day,
    }
    return render(request, "catalog/public.html", context)


def _fits(entry: Entry, words: list[str], wanted: str) -> bool:
    text = f"{entry.number} {entry.name} {entry.category} {entry.content} {entry.basis}"
    return all(word in text for word in words) and wanted in ("", entry.item_class)


def _csv(entries: tuple[Entry, ...]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(TITLES.values())
    for entry in entries:
        writer.writerow([safe(cell) for cell in line_of(entry, tuple(TITLES))])
    return text.getvalue().encode("utf-8-sig")
