"""The item list with all its editions: whatever is not on it is not inspected."""

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from sunlot.intake.writing import safe
from sunlot.office.catalog import queries
from sunlot.office.catalog.basis import read_basis
from sunlot.office.catalog.entries import TITLES
from sunlot.office.catalog.models import ItemList
from sunlot.office.catalog.published import canonical_text, entries_of
from sunlot.office.catalog.sheet import line_of
from sunlot.office.disclosure.registry import Answer, NotPublic, Pages, Visit, register
from sunlot.office.disclosure.standing import today


def register_pages() -> None:
    """Add the pages of this section."""
    register(
        Pages("items/index.html", in_force, translated=True, menu=_("事项清单")),
        Pages("items/{edition}/index.html", edition_page, _editions, translated=True),
        Pages("items/{edition}/items.json", as_json, _editions),
        Pages("items/{edition}/items.csv", as_csv, _editions),
    )


def _editions() -> Iterator[dict[str, str]]:
    numbers = queries.published_lists(today()).order_by("edition").values_list("edition", flat=True)
    return ({"edition": str(number)} for number in numbers)


def _asked(edition: str) -> ItemList:
    found = queries.published_lists(today()).filter(edition=int(edition)).first() if edition.isdecimal() else None
    if found is None or str(found.edition) != edition:
        raise NotPublic(edition)
    return found


def in_force(visit: Visit) -> Answer:
    """The list in force today."""
    found = queries.list_in_force(today())
    return _show(visit, queries.published_lists(today()).filter(pk=found.pk).first() if found else None)


def edition_page(visit: Visit, edition: str) -> Answer:
    """One published edition: in force, to come, or replaced."""
    return _show(visit, _asked(edition))


def as_json(visit: Visit, edition: str) -> Answer:
    """The canonical text whose SHA-256 is the published digest."""
    return Answer(canonical_text(_asked(edition)), "application/json")


def as_csv(visit: Visit, edition: str) -> Answer:
    """The same for a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(TITLES.values())
    writer.writerows([safe(cell) for cell in line_of(entry, tuple(TITLES))] for entry in entries_of(_asked(edition)))
    return Answer(text.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8")


def _show(visit: Visit, shown: ItemList | None) -> Answer:
    entries = entries_of(shown) if shown else ()
    day = queries.day_of(shown, today()) if shown else today()
    context = {
        "edition": shown,
        "standing": queries.STANDINGS[shown.standing] if shown else "",  # type: ignore[attr-defined]
        "editions": queries.published_lists(today()).order_by("-edition"),
        "lines": [(entry, read_basis(entry.basis, day)) for entry in entries if entry.enabled],
        "unused": [entry for entry in entries if not entry.enabled],
    }
    return visit.page("items.html", context)
