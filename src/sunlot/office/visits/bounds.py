"""Between which moments of the office something was entered: after the last word it had given the device, before it received the entry (docs/sync.md).

The device's clock decides nothing here; these are the moments that the office vouches for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sunlot.draw.moments import seconds_of
from sunlot.office.visits.merge import Held
from sunlot.office.visits.models import Change, Visit


@dataclass(frozen=True)
class Bounds:
    """UTC texts. `after`: empty when the device had not yet heard of the office; `before`: when the entry was received."""

    after: str
    before: str


def bounds_of(visit: Visit, held: Mapping[str, Held]) -> dict[str, Bounds]:
    """Return by field the bounds of the entry that holds; times of the visit and check-ins only. One query."""
    names = {name: one.winner.id for name, one in held.items() if name.startswith(("times/", "checkin/"))}
    rows = Change.objects.filter(visit=visit, pk__in=names.values()).values_list("pk", "stamp", "received_at")
    found = {pk: Bounds(stamp, received) for pk, stamp, received in rows}
    return {name: found[pk] for name, pk in names.items() if pk in found}


def first_checkin(visit: Visit, changes: Iterable[str]) -> Bounds | None:
    """Return between which moments somebody first checked in, of the entries named: `after` is empty unless every device had heard of the office."""
    rows = visit.changes.filter(pk__in=list(changes), field__startswith="checkin/").exclude(value="null")
    there = list(rows.values_list("stamp", "received_at"))
    if not there:
        return None
    return Bounds(min(stamp for stamp, _ in there), min(received for _, received in there))


def minutes_outside(moment: str, bounds: Bounds) -> int:
    """Return by how many whole minutes a moment lies outside its bounds; 0 within.

    >>> minutes_outside("2026-03-02T01:00:00Z", Bounds("2026-03-02T03:00:00Z", "2026-03-02T03:10:00Z"))
    120
    >>> minutes_outside("2026-03-02T01:00:00Z", Bounds("", "2026-03-02T03:10:00Z"))
    0
    """
    at = seconds_of(moment)
    early = seconds_of(bounds.after) - at if bounds.after else 0
    return max(early, at - seconds_of(bounds.before), 0) // 60
