"""What was done about a person, read back from the journal."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sunlot.office.accounts.models import User
from sunlot.office.imports.queries import events_touching
from sunlot.office.inspectors.models import Inspector
from sunlot.office.journal.models import Event, Opening
from sunlot.office.journal.queries import leaf_of
from sunlot.office.journal.vocabulary import sentence


@dataclass(frozen=True)
class Entry:
    """One event: when, by whom, what, and the reason where the reader may see it."""

    at: datetime
    who: str
    sentence: str
    reason: str


def of(person: Inspector, with_reasons: bool) -> list[Entry]:
    """Return the events of a person and of the numbers merged into him, newest first."""
    numbers = [person, *person.duplicates.all()]
    names = [number.obj for number in numbers]
    names += [obj for number in numbers for obj in events_touching("inspectors", number.pk)]
    events = list(Event.objects.filter(obj__in=names).order_by("-seq"))
    reasons = {}
    if with_reasons:
        openings = Opening.objects.filter(seq__in=[event.seq for event in events], name="reason")
        reasons = dict(openings.values_list("seq", "value"))
    leaves = [(event, leaf_of(event)) for event in events]
    people = _names({leaf["by"] for _, leaf in leaves})
    return [_entry(event, leaf, people, reasons.get(event.seq, "")) for event, leaf in leaves]


def _entry(event: Event, leaf: dict[str, Any], people: dict[str, str], reason: str) -> Entry:
    said = sentence(event.act, {"by": leaf["by"], "obj": leaf["obj"], **leaf["pub"]})
    return Entry(datetime.fromisoformat(leaf["at"]), people.get(leaf["by"], leaf["by"]), said, reason)


def _names(actors: set[str]) -> dict[str, str]:
    numbers = [actor[2:] for actor in actors if actor.startswith("u/") and actor[2:].isdigit()]
    return {user.actor: user.name for user in User.objects.filter(pk__in=numbers)}
