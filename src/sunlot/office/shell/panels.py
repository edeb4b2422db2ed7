"""What later apps show on the page of an earlier one: a visit's page shows its documents and orders without knowing their apps.

>>> register("visit", documents)  # documents(request, visit) returns safe HTML, "" for nothing
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

Panel = Callable[[HttpRequest, Any], str]

_PANELS: dict[str, list[Panel]] = {}


def register(place: str, panel: Panel) -> None:
    """Add a panel to a place (`visit`, `firm`); apps do it when they are ready."""
    _PANELS.setdefault(place, []).append(panel)


def shown_at(place: str, request: HttpRequest, row: Any) -> SafeString:
    """Return the HTML of every panel of a place, in the order of the apps."""
    return mark_safe("".join(panel(request, row) for panel in _PANELS.get(place, ())))
