"""What later apps add to pages of the public site: a draw's page shows how far its results are without knowing them.

>>> add("firm", results)  # results(visit, identity) returns safe HTML, "" for nothing
"""

from collections.abc import Callable
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from sunlot.office.disclosure.registry import Visit

Addition = Callable[[Visit, Any], str]

_ADDITIONS: dict[str, list[Addition]] = {}


def add(place: str, addition: Addition) -> None:
    """Add to a place (`front`, `draw`, `firm`, `about`, `data`); apps do it when they are ready."""
    _ADDITIONS.setdefault(place, []).append(addition)


def added(place: str, visit: Visit, thing: Any) -> SafeString:
    """Return the HTML of everything added to a place."""
    return mark_safe("".join(addition(visit, thing) for addition in _ADDITIONS.get(place, ())))
