"""What a visit is about, for the officers who go: why, by which paper, and what later apps know of it, such as the problems of the order that is rechecked.

def problems(visits: Sequence[Visit]) -> Mapping[int, Sequence[str]]: ...   # visit → sentences; a fixed number of queries
briefs.register(problems)

It is told to the team only, never put into the record's frame. Who reported something is nowhere in it: the reason of a visit that verifies a
report is fixed words with the report's number (complaints.verifying).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sunlot.office.visits.models import Visit

Source = Callable[[Sequence[Visit]], Mapping[int, Sequence[str]]]
SOURCES: list[Source] = []


def register(source: Source) -> None:
    """Make a source of sentences known; an app does so when Django starts. Registering it twice is once."""
    if source not in SOURCES:
        SOURCES.append(source)


def briefs_of(visits: Sequence[Visit]) -> dict[int, dict[str, Any]]:
    """Return by visit its `reason` and `source` as they were approved, and `problems`: the sentences of the registered sources."""
    told = [source(visits) for source in SOURCES]
    return {
        visit.pk: {
            "reason": visit.reason,
            "source": visit.source,
            "problems": [sentence for one in told for sentence in one.get(visit.pk, ())],
        }
        for visit in visits
    }
