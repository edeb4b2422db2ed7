"""What stands of releases on other pages of the public site: the first, a draw's, a firm's, what the figures mean, the data files."""

from typing import Any

from django.template.loader import render_to_string

from sunlot.office.disclosure.registry import Visit
from sunlot.office.release.models import Kind
from sunlot.office.release.site import meters
from sunlot.office.release.site.pages import of_firm
from sunlot.office.release.site.shown import every
from sunlot.office.shell.panels import Panel


def _piece(visit: Visit, name: str, **context: Any) -> str:
    return render_to_string(f"disclosure/release/{name}.html", {"visit": visit, **context})


def front(visit: Visit, thing: Any) -> str:
    """How many results are public, to come, late; the newest."""
    latest = list(every(Kind.RESULT).values())[:5]
    meter = meters.of_results()
    return _piece(visit, "front", meter=meter, latest=latest) if latest or meter.waiting else ""


def draw(visit: Visit, thing: Any) -> str:
    """How far the results of a draw are."""
    if not meters.by_draw().get(thing.name) or thing.sealed:
        return ""
    return _piece(visit, "of_draw", draw=thing, meter=meters.of_draw(thing.name))


def firm(visit: Visit, thing: Any) -> str:
    """The results of a firm and its penalties."""
    rows = [row for kind in Kind for row in of_firm(kind, str(thing))]
    return _piece(visit, "of_firm", rows=rows) if rows else ""


def about(visit: Visit, thing: Any) -> str:
    """What the figures of a release mean."""
    return _piece(visit, "words")


def data(visit: Visit, thing: Any) -> str:
    """The data files of releases."""
    return _piece(visit, "files")


ADDITIONS: dict[str, Panel] = {"front": front, "draw": draw, "firm": firm, "about": about, "data": data}
