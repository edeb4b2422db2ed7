"""What was reckoned from the tables stands until the log tells of a change of them, for every write leaves an event with its rows."""

from collections.abc import Callable, Collection
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Q

from sunlot.office.journal.models import Event
from sunlot.office.journal.store import size_of_log

T = TypeVar("T")
LOOKED_THROUGH = 500  # events; after more than these it is quicker to reckon again than to read them
_kept: dict[str, tuple[tuple[str, str], int, Any]] = {}


def remembered(name: str, reckon: Callable[[], T], tables: Collection[str] = ()) -> T:
    """Return what `reckon` returns, from memory while nothing has come that changes it since it was last called under this name.

    `tables`: the tracked tables that it reads and no others, as events name them (`roster.firm`); events that change none of them do not
    count. Without, every event counts. `name` holds whatever else it depends on, such as the day or a rule. Not to be called within a deed,
    whose rows nobody else sees yet.
    """
    office = (str(settings.HOME), settings.DATABASE_URL)
    size = size_of_log()  # read first: what comes meanwhile is reckoned again
    kept = _kept.get(name)
    if kept is None or kept[0] != office or not _stands(kept[1], size, tables):
        kept = (office, size, reckon())
    _kept[name] = (office, size, kept[2])
    found: T = kept[2]
    return found


def _stands(then: int, now: int, tables: Collection[str]) -> bool:
    """Return whether no event between two sizes of the log can have changed the tables."""
    if then == now:
        return True
    if not tables or not 0 < now - then <= LOOKED_THROUGH:
        return False
    named = Q()
    for table in tables:
        named |= Q(leaf__contains=f'"t":"{table}"')  # as journal.services writes a changed row
    return not Event.objects.filter(named, seq__gte=then, seq__lt=now).exists()
