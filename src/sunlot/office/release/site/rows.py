"""A release as a row of a table, made once for each language and depth of address: it stands in a month, a township and several items."""

from collections.abc import Iterable

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from sunlot.office.disclosure.registry import Visit
from sunlot.office.disclosure.state import remembered
from sunlot.office.release.site.shown import Shown, every


def rows_html(visit: Visit, rows: Iterable[Shown]) -> SafeString:
    """Return the rows as they stand on a page. Links are relative, so they depend on the page's depth alone."""
    folder, *deeper = visit.path.split("/")
    place = "/".join([folder, *("-" for _ in deeper)])
    return mark_safe("".join(_row(row.kind, row.number, place, visit.english, visit.static) for row in rows))


@remembered
def _row(kind: str, number: str, place: str, english: bool, static: bool) -> str:
    at = Visit(place, english, static)
    return render_to_string("disclosure/release/row.html", {"visit": at, "row": every(kind)[number]})
