"""How an event is told to people who may know who is who: names in place of the journal's pseudonyms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sunlot.office.journal.models import Event
from sunlot.office.journal.queries import leaf_of
from sunlot.office.journal.vocabulary import sentence


@dataclass(frozen=True)
class Told:
    """One event: its number, when, by whom, about what, and its sentence."""

    seq: int
    at: datetime
    by: str
    obj: str
    text: str


def told(event: Event, names: Mapping[str, str]) -> Told:
    """Return the event as it is told; `names` as accounts.queries.names_by_actor gives them."""
    body = leaf_of(event)
    by, obj = names.get(body["by"], body["by"]), names.get(body["obj"], body["obj"])
    text = sentence(event.act, {**body["pub"], "by": by, "obj": obj})
    return Told(event.seq, datetime.fromisoformat(body["at"]), by, body["obj"], text)
