"""The tables that the office writes go through the draw's own reader, with the same reasons as on the page."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

from sunlot.draw.inspectors import inspectors_frame
from sunlot.intake.columns import TABLES
from sunlot.office.inspectors.models import Inspector
from sunlot.office.inspectors.queries import reason, standing, write_staff_tables

DAY = date(2026, 11, 25)


def frame(folder: Path, window: tuple[str, str] = ("2026-11-25", "2026-11-25")) -> Any:
    write_staff_tables(folder, DAY)
    return inspectors_frame(folder, window, lambda: "00" * 32)


def test_who_is_drawable_is_the_same_on_the_page_and_in_the_draw(roster: dict[str, Inspector], tmp_path: Path) -> None:
    drawn = {row["id"]: row["drawable"] for row in frame(tmp_path / "tables").rows}
    assert drawn == {"J1": "yes", "J2": "yes", "J3": "expired", "J4": "yes", "Z1": "role"}
    assert drawn == {row.pk: reason(row) for row in standing(DAY)}


def test_a_certificate_that_ends_within_the_window_is_expired(roster: dict[str, Inspector], tmp_path: Path) -> None:
    drawn = {row["id"]: row["drawable"] for row in frame(tmp_path / "tables", ("2026-12-01", "2026-12-31")).rows}
    assert drawn["J4"] == "expired"


def test_the_columns_are_those_of_an_import(roster: dict[str, Inspector], tmp_path: Path) -> None:
    write_staff_tables(tmp_path, DAY)
    for kind in ("inspectors", "leaves", "recusals"):
        with (tmp_path / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == list(TABLES[kind])


def test_what_the_draw_does_not_need_stays_in_the_office(roster: dict[str, Inspector], tmp_path: Path) -> None:
    write_staff_tables(tmp_path, DAY)
    assert "13800000000" not in (tmp_path / "inspectors.csv").read_text()
    assert (tmp_path / "inspectors.csv").stat().st_mode & 0o077 == 0
