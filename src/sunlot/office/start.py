"""Open an office from a program: choose its folder, set Django up, bring the database to today's tables."""

import os
from pathlib import Path


def open_office(home: Path, database_url: str | None = None) -> None:
    """Make `home` the office of this process; its tables are created or migrated. Calling it again with another folder changes over."""
    home = home.resolve()
    home.mkdir(parents=True, exist_ok=True)
    url = os.environ.get("SUNLOT_DATABASE", "") if database_url is None else database_url
    os.environ["SUNLOT_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sunlot.office.settings")
    _compile_catalogues()
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()
    _use(home, url)
    _migrate()


def own_host() -> str:
    """Return the host of the address that the open office has kept as its own, empty while there is none."""
    from sunlot.office.bureau.queries import listens_at

    return listens_at()[0]


def _use(home: Path, url: str) -> None:
    from django.conf import settings
    from django.db import connections

    from sunlot.office.home import secret_key
    from sunlot.office.settings import database

    wanted = database(home, url)
    settings.HOME, settings.DATABASE_URL = home, url
    settings.SECRET_KEY = os.environ.get("SUNLOT_SECRET_KEY") or secret_key(home)
    connections["default"].close()
    connections.settings["default"] = wanted
    connections.configure_settings(connections.settings)
    connections["default"] = connections.create_connection("default")


def _migrate() -> None:
    """Apply what is missing; nothing is written where nothing is."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


def _compile_catalogues() -> None:
    """Compile each translation that is newer than its compiled form; a folder that cannot be written keeps what it has."""
    for source in (Path(__file__).parent / "locale").glob("*/LC_MESSAGES/django.po"):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        with source.open("rb") as file:
            catalogue = read_po(file)
        beside = compiled.with_suffix(f".{os.getpid()}")
        with beside.open("wb") as file:
            write_mo(file, catalogue)
        beside.replace(compiled)
