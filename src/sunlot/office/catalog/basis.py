"""What an item stands on, as of a day: the articles it cites with their wording, and what is wrong with them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sunlot.office.catalog.entries import Entry
from sunlot.policy.statutes.basis import Basis, look_up
from sunlot.policy.statutes.citations import StatuteError

BARRED = ("unreadable", "wrong_place", "repealed")  # no list with such a basis is published while the item is in use


@dataclass(frozen=True)
class Reading:
    """The places a basis cites, or, where it cannot be read, the sentence that says why."""

    places: tuple[Basis, ...] = ()
    unreadable: str = ""

    @property
    def alarms(self) -> tuple[tuple[str, str], ...]:
        """Return finding and sentence of the places the item must not rest on as it is written; places with one fault share a sentence."""
        if self.unreadable:
            return (("unreadable", self.unreadable),)
        wrong: dict[tuple[str, str], list[str]] = {}
        for place in self.places:
            if place.alarming:
                wrong.setdefault((str(place.finding), place.sentence), []).append(str(place.citation))
        return tuple((finding, f"{'、'.join(where)}：{sentence}") for (finding, sentence), where in wrong.items())


@dataclass(frozen=True)
class Doubt:
    """An item whose basis is in doubt. `barred`: it keeps the list from being published while the item is in use."""

    number: str
    name: str
    enabled: bool
    basis: str
    sentences: tuple[str, ...]
    barred: bool


@lru_cache(maxsize=2000)
def read_basis(text: str, day: date) -> Reading:
    """Return what a basis says on the day; nothing is raised, since whoever looks wants to see what is wrong."""
    try:
        return Reading(look_up(text, day))
    except StatuteError as failure:
        return Reading(unreadable=failure.sentence)


def doubts(entries: Iterable[Entry], day: date) -> Iterator[Doubt]:
    """Yield the items whose basis cannot be read, or does not hold on the day."""
    for entry in entries:
        if alarms := read_basis(entry.basis, day).alarms:
            yield Doubt(
                number=entry.number,
                name=entry.name,
                enabled=entry.enabled,
                basis=entry.basis,
                sentences=tuple(sentence for _, sentence in alarms),
                barred=entry.enabled and any(finding in BARRED for finding, _ in alarms),
            )
