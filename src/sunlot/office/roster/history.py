"""Everything that happened to a firm, as the log tells it: when, who, the sentence, what changed, and why."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sunlot.draw.moments import seconds_of
from sunlot.office.accounts.models import User
from sunlot.office.imports.queries import events_touching
from sunlot.office.journal.models import Event, Opening
from sunlot.office.journal.queries import reads
from sunlot.office.roster.facts import title_of
from sunlot.office.roster.models import DRAWABLE, OTHER, Firm

SHOWN = (*DRAWABLE[1:], *OTHER, "listed")


@dataclass(frozen=True)
class Entry:
    """One event. `changes`: (title, before, after) of the facts that are not personal; of personal ones only that they are sealed."""

    seq: int
    when: datetime
    who: str
    sentence: str
    changes: list[tuple[str, str, str]]
    reason: str

    @property
    def pk(self) -> int:
        """Its number, as a list asks for it."""
        return self.seq


def history(firm: Firm) -> list[Entry]:
    """Return the events of a firm, the latest first."""
    objects = [f"firm/{firm.pk}", *events_touching("firms", firm.pk)]
    events = list(Event.objects.filter(obj__in=objects).order_by("seq"))
    leaves = [json.loads(event.leaf) for event in events]
    names = _names({leaf["by"] for leaf in leaves})
    reasons = dict(
        Opening.objects.filter(seq__in=[event.seq for event in events], name="reason").values_list("seq", "value")
    )
    before: dict[str, Any] = {}
    found = []
    for event, leaf in zip(events, leaves, strict=True):
        after = _row(leaf, firm.pk) or before
        sentence = reads(event).replace(f"firm/{firm.pk}", firm.name)
        who = names.get(leaf["by"], leaf["by"])
        changes = _changes(before, after) if before else []
        found.append(
            Entry(
                event.seq,
                datetime.fromtimestamp(seconds_of(leaf["at"]), UTC),
                who,
                sentence,
                changes,
                reasons.get(event.seq, ""),
            )
        )
        before = after
    return found[::-1]


def _row(leaf: dict[str, Any], key: str) -> dict[str, Any]:
    found = [change["v"] for change in leaf.get("rows", []) if change["t"] == "roster.firm" and change["k"] == key]
    return found[-1] if found else {}


def _changes(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str, str]]:
    pairs = ((field, _text(before.get(field)), _text(after.get(field))) for field in SHOWN)
    return [(title_of(field), old, new) for field, old, new in pairs if old != new]


def _text(value: Any) -> str:
    return {True: "是", False: "否", None: ""}[value] if value is None or isinstance(value, bool) else str(value)


def _names(actors: set[str]) -> dict[str, str]:
    numbers = [int(actor[2:]) for actor in actors if actor.startswith("u/") and actor[2:].isdigit()]
    return {f"u/{user.pk}": user.name for user in User.objects.filter(pk__in=numbers)}


def reasons_between(first: int, last: int) -> dict[str, list[str]]:
    """Return, by firm, what the log says happened to it in the events from `first` up to but without `last`."""
    found: dict[str, list[str]] = {}
    events = Event.objects.filter(seq__gte=first, seq__lt=last)
    for event in (events.filter(act__startswith="roster.") | events.filter(act__startswith="import.")).order_by("seq"):
        leaf = json.loads(event.leaf)
        for key in {change["k"] for change in leaf.get("rows", []) if change["t"] == "roster.firm"}:
            found.setdefault(key, []).append(_public(event, key))
    return found


def _public(event: Event, key: str) -> str:
    """Return an event's sentence without the address of the firm itself, which stands beside it."""
    return reads(event).replace(f"firm/{key} ", "").replace("firm/", "")
