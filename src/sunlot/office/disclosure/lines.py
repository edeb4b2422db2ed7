"""A firm's own line: finding it by code or name with typing errors forgiven, why it was drawn or not, its row with its proof."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sunlot.draw.canonical import records_of
from sunlot.draw.explain import Why
from sunlot.draw.state import Draw as Folder
from sunlot.draw.tables import Row
from sunlot.ledger import tree
from sunlot.ledger.merkle import leaf_hash
from sunlot.office.disclosure.evidence import nonces_of
from sunlot.office.disclosure.likeness import Names
from sunlot.office.disclosure.standing import Standing, draw_of, readable
from sunlot.office.disclosure.state import remembered


@dataclass(frozen=True)
class Known:
    """A firm that stands in the roster of a public notice: its latest name and township, and the draws whose roster it stands in."""

    id: str
    name: str
    territory: str
    draws: list[str] = field(default_factory=list, compare=False, hash=False)


@remembered
def firms() -> dict[str, Known]:
    """Return every firm of a public notice by its number, in the order of the numbers."""
    found: dict[str, Known] = {}
    for draw in readable():
        for row in _rows(_Kept(draw.shown), draw.shown.steps[0].digest):
            known = found.setdefault(row["id"], Known(row["id"], row["name"], row["territory"]))
            known.draws.append(draw.name)
    return dict(sorted(found.items()))


@remembered
def townships() -> dict[str, list[Known]]:
    """Return the firms by township, both in their order."""
    found: dict[str, list[Known]] = defaultdict(list)
    for firm in firms().values():
        found[firm.territory].append(firm)
    return {town: sorted(found[town], key=lambda firm: (firm.name, firm.id)) for town in sorted(found)}


def search(typed: str) -> list[Known]:
    """Return the firms meant by what somebody typed, the likeliest first; letters left out, doubled or mistaken are forgiven."""
    return [firms()[identity] for identity in _names().search(typed)]


@remembered
def _names() -> Names:
    return Names((firm.id, firm.name) for firm in firms().values())


@dataclass(frozen=True)
class Own:
    """One firm in one draw. `index` of its row among `rows`; `path` leads from it to `root`."""

    draw: str
    title: str
    sentences: list[str]
    record: str
    index: int
    rows: int
    root: str
    path: list[str]
    result: str  # selected, reserve, not_drawn, excluded, or later while the lists are closed

    def data(self) -> dict[str, Any]:
        """Return what the proof's file says (docs/public-data.md)."""
        return {key: value for key, value in self.__dict__.items() if key != "sentences"}


@dataclass(frozen=True)
class _Table:
    """A draw's roster with what its lines are explained and proven by."""

    why: Why
    records: list[bytes]
    places: dict[str, int]
    reader: tree.Reader
    results: dict[str, str]


def _table(draw: Standing) -> _Table:
    nonce = str(nonces_of(draw).get("firms", ""))
    return _worked_out(_Kept(draw.shown), draw.shown.check_code, draw.open, nonce)


class _Kept:
    """A draw's folder as a key: the same folder with the same check code is the same draw."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and other.folder.folder == self.folder.folder

    def __hash__(self) -> int:
        return hash(self.folder.folder)


@lru_cache(maxsize=8)
def _rows(kept: _Kept, notice: str) -> list[Row]:
    return kept.folder.frame()


@lru_cache(maxsize=8)
def _worked_out(kept: _Kept, check_code: str, opened: bool, nonce: str) -> _Table:
    folder = kept.folder
    records = records_of(folder.need("notice", "").read("firms.csv"))
    results: dict[str, str] = {}
    if opened and folder.outcome:
        outcome = folder.outcome.read_json("outcome.json")
        for kind, key in (("reserve", "reserves"), ("selected", "selected")):
            results |= {entry["id"]: kind for entry in outcome[key]}
    why = Why(folder, nonce)
    places = {row: place for place, row in enumerate(why.firms)}
    return _Table(why, records, places, tree.reader_of([leaf_hash(record) for record in records]), results)


def lines_of(identity: str) -> list[Own]:
    """Return the firm's line in every draw whose roster it stands in, newest first."""
    return [_own(name, identity) for name in firms()[identity].draws]


def _own(name: str, identity: str) -> Own:
    draw = draw_of(name)
    assert draw
    table = _table(draw)
    place = table.places[identity]
    drawn = draw.open and draw.shown.outcome
    excluded = identity in table.why.classified.excluded
    return Own(
        draw=name,
        title=str(draw.title),
        sentences=table.why.sentences(identity, result=draw.open),
        record=table.records[place].decode(),
        index=place,
        rows=len(table.records),
        root=draw.shown.firms_notice["frame"]["root"],
        path=[step.hex() for step in tree.inclusion_proof(place, len(table.records), table.reader)],
        result="excluded" if excluded else table.results.get(identity, "not_drawn") if drawn else "later",
    )
