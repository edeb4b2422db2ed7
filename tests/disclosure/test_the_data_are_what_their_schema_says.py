"""Every JSON and CSV file that the site writes is what the one description of it says, and the page 数据说明 and the schemas come from that description."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fastjsonschema
import pytest

from lottery.conftest import Clock, Story
from sunlot.office.catalog.entries import TITLES
from sunlot.office.disclosure import schema
from sunlot.office.disclosure.export import write_site
from sunlot.office.roster.snapshots import take_snapshot

OWN_FORMAT = (
    "draws/*/files/",
    "draws/*/bag/",
    "data/schema/",
)  # docs/draw-format.md, docs/bag-format.md, JSON Schema itself
Check = Callable[[Path], list[str]]


def faults(site: Path) -> list[str]:
    """Return what of a written site its schemas do not allow, and what they do not describe."""
    check = {key: fastjsonschema.compile(schema.schema(key)) for key, file in schema.files().items() if not file.table}
    found = []
    for path in sorted(path for path in site.rglob("*") if path.suffix in (".json", ".csv")):
        name = path.relative_to(site).as_posix()
        if any(name.startswith(start.split("*")[0]) and start.split("*")[-1] in name for start in OWN_FORMAT):
            continue
        file = schema.described(name)
        if file is None:
            found.append(f"{name} is not described")
        elif file.table:
            found += _of_table(name, file, path.read_text(encoding="utf-8-sig"))
        else:
            try:
                check[file.key](json.loads(path.read_bytes()))
            except fastjsonschema.JsonSchemaValueException as fault:
                found.append(f"{name}: {fault}")
    return found


def _of_table(name: str, file: schema.Described, text: str) -> list[str]:
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    expected = [each.name for each in file.fields] or list(TITLES.values())
    if head != expected:
        return [f"{name}: columns {head}, described {expected}"]
    return [
        f"{name}: {field.name} is {cell!r}, described {field.kind}"
        for row in rows
        for field, cell in zip(file.fields, row, strict=False)
        if not schema.fits(field.kind, cell)
    ]


@pytest.fixture
def site(story: Callable[..., Story], clock: Clock, tmp_path: Path) -> Path:
    told = story().done()
    take_snapshot(told.people["clerk"], told.row.date)
    clock.at = "2023-11-01T01:00:00Z"
    write_site(tmp_path / "site")
    return tmp_path / "site"


def test_every_file_is_what_its_schema_says(site: Path) -> None:
    assert faults(site) == []
    assert {"draws/index.json", "rosters/snapshots.json", "as-of/index.json"} <= {
        path.relative_to(site).as_posix() for path in site.rglob("*.json")
    }


def test_a_field_that_nobody_described_or_of_another_kind_is_named(site: Path) -> None:
    place = site / "draws/index.json"
    told: dict[str, Any] = json.loads(place.read_bytes())
    place.write_text(json.dumps(told | {"more": 1}))
    assert [fault for fault in faults(site) if "draws/index.json" in fault]
    told["draws"][0]["late"] = "no"
    place.write_text(json.dumps(told))
    assert [fault for fault in faults(site) if "draws/index.json" in fault]
    (site / "draws/index.csv").write_text("draw,title\n")
    (site / "draws/new.json").write_text("{}")
    assert len(faults(site)) == 3


def test_the_page_explains_every_field_and_the_schemas_lie_beside_it(site: Path) -> None:
    page = (site / "data/index.html").read_text()
    for one in (*schema.files().values(), *schema.records().values()):
        assert all(
            f"<code>{each.name}</code>" in page and each.means in page.replace("&quot;", '"') for each in one.fields
        )
        if one.paths and not one.table:
            written = json.loads((site / f"data/schema/{one.key}.json").read_bytes())
            assert written == schema.schema(one.key)
    assert "2026-11" in page and "自何时起" in page
