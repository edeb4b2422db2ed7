"""What was reckoned from the tables stands until the log grows, for every write leaves an event."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings

from sunlot.office.journal.store import size_of_log

T = TypeVar("T")
_kept: dict[str, tuple[tuple[str, str, int], Any]] = {}


def remembered(name: str, reckon: Callable[[], T]) -> T:
    """Return what `reckon` returns, from memory while no event has come since it was last called under this name.

    `name` holds whatever else it depends on, such as the day or a rule. Not to be called within a deed, whose rows nobody else sees yet.
    """
    now = (
        str(settings.HOME),
        settings.DATABASE_URL,
        size_of_log(),
    )  # read first: what comes meanwhile is reckoned again
    kept = _kept.get(name)
    if kept is None or kept[0] != now:
        kept = _kept[name] = (now, reckon())
    found: T = kept[1]
    return found
