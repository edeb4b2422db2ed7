"""A full disk, a database that somebody holds, a mistake of the program: a Chinese page says what happened and what to do, and nothing is half done."""

import errno
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from sunlot.office.roster import queries


@pytest.fixture
def clerk(client_of: Callable[[str], Client]) -> Client:
    """A clerk's browser, which is shown an error's page instead of the error."""
    client = client_of("clerk")
    client.raise_request_exception = False
    return client


@pytest.fixture
def only_sqlite(office: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the limit and the lock are SQLite's")


def test_a_database_that_another_program_holds(clerk: Client, only_sqlite: None, office: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 100")
    holder = sqlite3.connect(office / "office.sqlite3", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    answer = clerk.post("/roster/snapshots/take/", {"date": "2026-01-05"})
    holder.execute("ROLLBACK")
    holder.close()
    assert answer.status_code == 503
    assert "请过一两分钟再办一次" in answer.content.decode()


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), 507, "清理磁盘"),
        (RuntimeError("a mistake"), 500, "错误已写入服务日志"),
    ],
)
def test_what_a_view_could_not_foresee(
    clerk: Client, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, said: str
) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setattr(queries, "listed", fail)
    answer = clerk.get("/roster/")
    assert answer.status_code == status
    assert said in answer.content.decode()
    assert "Traceback" not in answer.content.decode()
