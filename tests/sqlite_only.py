"""An office on SQLite alone, for tests to which one kind of database is enough: those of a browser, and of the office's own files."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import scratch


@pytest.fixture(params=["sqlite"])
def office(request: pytest.FixtureRequest, migrated: dict[str, str]) -> Iterator[Path]:
    """An office's folder with an empty, migrated database."""
    from django.db import connection

    from sunlot.office.start import open_office

    home = scratch.fresh("office")
    shutil.copyfile(migrated["sqlite"], home / "office.sqlite3")
    open_office(home, "")
    yield home
    connection.close()
    shutil.rmtree(home, ignore_errors=True)
