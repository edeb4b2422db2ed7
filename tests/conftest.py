"""What every test may ask for."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import django
import pytest

from databases import fresh_database, server_programs

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sunlot.office.settings")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps a loop of its own in this thread
django.setup()  # models can be imported only after this

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The project's shared reference data, which is not part of the repository."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the shared reference data is not here")
    return folder


@pytest.fixture(scope="session")
def whole_bag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A witnessed bag that nobody has touched; copy it before spoiling it."""
    import bags

    return bags.make(tmp_path_factory.mktemp("county"))


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """An office's folder with an empty, migrated database of either kind."""
    from sunlot.office.start import open_office

    url = ""
    if request.param == "postgresql":
        if server_programs() is None:
            pytest.skip("PostgreSQL is not installed on this machine")
        url = fresh_database(f"t{uuid4().hex}")
    open_office(tmp_path / "office", url)
    yield tmp_path / "office"
    from django.db import connection

    connection.close()
