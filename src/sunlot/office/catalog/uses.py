"""When items were last used: plans and visits come later than this app and tell it by registering a counter.

def planned(day: date) -> Mapping[str, date]: ...   # item number → last day of use up to `day`
uses.register(planned)
"""

from collections.abc import Callable, Mapping
from datetime import date

LastUse = Callable[[date], Mapping[str, date]]
COUNTERS: list[LastUse] = []


def register(counter: LastUse) -> None:
    """Make a counter known; an app does so when Django starts. Registering it twice is once."""
    if counter not in COUNTERS:
        COUNTERS.append(counter)


def last_uses(day: date) -> dict[str, date]:
    """Return the last day on which anything used each item, up to a day, by the item's number."""
    found: dict[str, date] = {}
    for counter in COUNTERS:
        for number, used in counter(day).items():
            if used <= day:
                found[number] = max(used, found.get(number, used))
    return found
