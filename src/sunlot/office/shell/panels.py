"""What later apps show on the page of an earlier one: a visit's page shows its documents and orders without knowing their apps.

>>> register("visit", documents)  # documents(request, visit) returns safe HTML, "" for nothing

A page of the office hands over its request, a page of the public site (`public/draw`) its visit.
"""

from collections.abc import Callable
from typing import Any

from django.utils.safestring import SafeString, mark_safe

Panel = Callable[[Any, Any], str]

_PANELS: dict[str, list[Panel]] = {}


def register(place: str, panel: Panel) -> None:
    """Add a panel to a place (`visit`, `firm`, `code`; `public/front`, `public/draw` …); apps do it when they are ready."""
    _PANELS.setdefault(place, []).append(panel)


def shown_at(place: str, asked: Any, row: Any) -> SafeString:
    """Return the HTML of every panel of a place, in the order of the apps."""
    return mark_safe("".join(panel(asked, row) for panel in _PANELS.get(place, ())))
