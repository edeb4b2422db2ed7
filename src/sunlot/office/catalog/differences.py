"""What changed from one edition to the next, item by item and field by field."""

from collections.abc import Iterable
from dataclasses import dataclass

from sunlot.office.catalog.entries import PLAIN, TITLES, Entry, shown


@dataclass(frozen=True)
class Difference:
    """One item that differs. `what`: added, removed or changed; `fields`: title, before, after of each field that changed; of a new item, of each that says something."""

    number: str
    name: str
    what: str
    fields: tuple[tuple[str, str, str], ...] = ()

    @property
    def reads(self) -> str:
        """Return what became of the item, in Chinese."""
        return {"added": "新增", "removed": "删去", "changed": "修改"}[self.what]


def differences(before: Iterable[Entry], after: Iterable[Entry]) -> tuple[Difference, ...]:
    """Return every item that differs: those of the later edition in its order, then those it no longer has."""
    old, new = {entry.number: entry for entry in before}, {entry.number: entry for entry in after}
    found = []
    for number, entry in new.items():
        if number not in old:
            found.append(Difference(number, entry.name, "added", tuple(_filled(entry))))
        elif changed := tuple(_changed(old[number], entry)):
            found.append(Difference(number, entry.name, "changed", changed))
    found += [Difference(number, entry.name, "removed") for number, entry in old.items() if number not in new]
    return tuple(found)


def _filled(entry: Entry) -> Iterable[tuple[str, str, str]]:
    for name in (*PLAIN, "points"):
        if value := getattr(entry, name):
            yield TITLES[name], "", shown(name, value)


def _changed(before: Entry, after: Entry) -> Iterable[tuple[str, str, str]]:
    for name in (*PLAIN, "points"):
        one, other = getattr(before, name), getattr(after, name)
        if one != other:
            yield TITLES[name], shown(name, one), shown(name, other)
