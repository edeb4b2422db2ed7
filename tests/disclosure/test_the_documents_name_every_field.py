"""docs/public-data.md is the schema: it names every field that a data file has, and docs/public.md every section."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from lottery.conftest import Clock, Story, code
from sunlot.office.disclosure.registry import every
from sunlot.office.roster.snapshots import take_snapshot

DOCS = Path(__file__).parents[2] / "docs"


def fields(value: Any) -> Iterator[str]:
    """Yield the name of every field, however deep."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from fields(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from fields(inner)


def test_every_field_is_named(story: Callable[..., Story], read: Callable[[str], str], clock: Clock) -> None:
    told = story().done()
    take_snapshot(told.people["clerk"], told.row.date)
    clock.at = "2023-11-01T01:00:00Z"
    text = (DOCS / "public-data.md").read_text()
    places = (
        "draws/index.json",
        f"draws/{told.name}/draw.json",
        f"firms/{code(3)}/proof.json",
        "rosters/snapshots.json",
    )
    found = {name for place in places for name in fields(json.loads(read(place)))}
    found |= set(read(f"draws/{told.name}/drawn.csv").splitlines()[0].split(","))
    assert {name for name in found - {"format", "draws", "snapshots"} if f"`{name}`" not in text} == set()


def test_every_section_is_named() -> None:
    text = (DOCS / "public.md").read_text()
    parts = {pages.pattern.split("/")[0] for pages in every()} - {"index.html", "about", "assets"}
    assert {part for part in parts if f"`{part}" not in text} == set()
