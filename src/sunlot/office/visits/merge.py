"""What holds of all that was entered (docs/sync.md): any set of entries gives one state, whatever order they came in and how often.

>>> a = Entry("a", "place", "一车间", (), "phone-1", 1)
>>> b = Entry("b", "place", "二车间", (), "phone-2", 1)
>>> held = merge([a, b])["place"]
>>> held.value, held.parallel
('二车间', ['一车间'])
>>> merge([Entry("c", "place", "一车间", ("a", "b"), "phone-1", 2), b, a])["place"].parallel
[]
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Entry:
    """One entry. `over`: the entries of this field that its author saw; `counter`: a Lamport clock, so that who has seen another is greater."""

    id: str
    field: str
    value: Any
    over: tuple[str, ...]
    device: str
    counter: int

    @property
    def rank(self) -> tuple[int, str, str]:
        """The order of entries, the same everywhere."""
        return self.counter, self.device, self.id


@dataclass(frozen=True)
class Held:
    """What a field holds. `heads`: the entries that nobody has superseded, the winner first."""

    heads: tuple[Entry, ...]

    @property
    def winner(self) -> Entry:
        """The greatest entry."""
        return self.heads[0]

    @property
    def value(self) -> Any:
        """The value that holds."""
        return self.heads[0].value

    @property
    def parallel(self) -> list[Any]:
        """Other values, typed by somebody who had not seen the winner."""
        return [entry.value for entry in self.heads[1:] if entry.value != self.value]


def merge(entries: Iterable[Entry]) -> dict[str, Held]:
    """Return by field what it holds."""
    by_field: dict[str, dict[str, Entry]] = {}
    for entry in entries:
        by_field.setdefault(entry.field, {})[entry.id] = entry
    return {field: Held(_heads(list(known.values()))) for field, known in sorted(by_field.items())}


def _heads(entries: list[Entry]) -> tuple[Entry, ...]:
    """Return those not superseded, greatest first; only a greater entry supersedes, so the greatest always stays."""
    heads: list[Entry] = []
    named: set[str] = set()
    devices: set[str] = set()
    for entry in sorted(entries, key=lambda entry: entry.rank, reverse=True):
        if entry.id not in named and entry.device not in devices:
            heads.append(entry)
        named.update(entry.over)
        devices.add(entry.device)
    return tuple(heads)


def sheet(entries: Iterable[Entry]) -> dict[str, Any]:
    """Return by field the value that holds, fields that were emptied left out."""
    return {field: held.value for field, held in merge(entries).items() if held.value is not None}
