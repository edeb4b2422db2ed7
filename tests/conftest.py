"""What every test may ask for."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import django
import pytest
from django.utils import translation

import scratch
from databases import drop_database, fresh_database, server_programs

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


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Databases with all tables and nothing in them, one of each kind, made once; each test gets a copy."""
    from django.db import connection

    from sunlot.office.start import open_office

    made = {}
    for folder in scratch.left("office"):
        shutil.rmtree(folder, ignore_errors=True)
    for kind in ("sqlite", "postgresql"):
        if kind == "postgresql" and server_programs() is None:
            continue
        home = tmp_path_factory.mktemp(f"migrated-{kind}")
        name = f"migrated{uuid4().hex}"
        open_office(home, fresh_database(name) if kind == "postgresql" else "")
        connection.close()
        made[kind] = name if kind == "postgresql" else str(home / "office.sqlite3")
    return made


@pytest.fixture(autouse=True)
def chinese_again() -> Iterator[None]:
    """The language of the last request stays with the thread: whoever read English in one test does not in the next."""
    yield
    translation.deactivate()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Services are tested on both databases, pages (whatever asks for a logged-in client) on SQLite; SUNLOT_ALL_DATABASES=1 tests all on both."""
    if os.environ.get("SUNLOT_ALL_DATABASES"):
        return
    twice = [item for item in items if _is_page_on_postgresql(item)]
    config.hook.pytest_deselected(items=twice)
    items[:] = [item for item in items if item not in set(twice)]


def _is_page_on_postgresql(item: pytest.Item) -> bool:
    on = getattr(item, "callspec", None)
    return bool(on and on.params.get("office") == "postgresql" and "client_of" in getattr(item, "fixturenames", ()))


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, migrated: dict[str, str]) -> Iterator[Path]:
    """An office's folder with an empty, migrated database of either kind."""
    from django.core.cache import cache

    from sunlot.office.start import open_office

    if request.param not in migrated:
        pytest.skip("PostgreSQL is not installed on this machine")
    home, url = scratch.fresh("office"), ""
    if request.param == "postgresql":
        url = fresh_database(f"t{uuid4().hex}", copy_of=migrated["postgresql"])
    else:
        shutil.copyfile(migrated["sqlite"], home / "office.sqlite3")
    cache.clear()
    open_office(home, url)
    yield home
    from django.db import connection

    connection.close()
    shutil.rmtree(home, ignore_errors=True)
    if url:
        drop_database(url)
