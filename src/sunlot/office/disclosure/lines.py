"""A firm's own line in every draw: why it was drawn or not, its chance, its row with its proof."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sunlot.draw.canonical import records_of
from sunlot.draw.explain import Why
from sunlot.ledger import tree
from sunlot.ledger.merkle import leaf_hash
from sunlot.office.disclosure.evidence import nonces_of
from sunlot.office.disclosure.roll import Kept, firms
from sunlot.office.disclosure.standing import Standing, draw_of


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
    chance: list[int]  # numerator and denominator; empty for a firm that took no part
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
    chances: dict[str, list[int]]


def _table(draw: Standing) -> _Table:
    nonce = str(nonces_of(draw).get("firms", ""))
    return _worked_out(Kept(draw.shown), draw.shown.check_code, draw.open, nonce)


@lru_cache(maxsize=32)  # a firm stands in the draws of many years
def _worked_out(kept: Kept, check_code: str, opened: bool, nonce: str) -> _Table:
    folder = kept.folder
    records = records_of(folder.need("notice", "").read("firms.csv"))
    results: dict[str, str] = {}
    if opened and folder.outcome:
        outcome = folder.outcome.read_json("outcome.json")
        for kind, key in (("reserve", "reserves"), ("selected", "selected")):
            results |= {entry["id"]: kind for entry in outcome[key]}
    why = Why(folder, nonce)
    places = {row: place for place, row in enumerate(why.firms)}
    reader = tree.reader_of([leaf_hash(record) for record in records])
    chances = {cell["cell"]: [*cell["chance"]] for cell in folder.firms_notice["cells"]}
    return _Table(why, records, places, reader, results, chances)


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
        chance=[] if excluded else table.chances[table.why.cells[identity]],
        result="excluded" if excluded else table.results.get(identity, "not_drawn") if drawn else "later",
    )
