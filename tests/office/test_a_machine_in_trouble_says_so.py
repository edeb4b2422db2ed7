"""A full disk, a database that somebody holds, a mistake of the program: a Chinese page says what happened and what to do, and nothing is half done."""

import errno
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from rosters import line, workbook
from sunlot.office.imports import services
from sunlot.office.imports.models import Batch, State
from sunlot.office.journal.audit import audit
from sunlot.office.roster import queries
from sunlot.office.roster.models import Firm


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


def limit_pages(more: int | None) -> None:
    """Let the database grow by so many pages of 4 KiB and no more: SQLite then says that the disk is full."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        now = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {now + more if more is not None else 1_000_000_000}")


def test_an_import_for_which_there_is_no_space(
    clerk: Client, people: object, only_sqlite: None, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx", (line(number) for number in range(600)))
    services.take_in(people["clerk"], [(path.name, path.read_bytes())])  # type: ignore[index]
    batch = Batch.objects.get()
    limit_pages(20)
    answer = clerk.post(f"/imports/{batch.pk}/apply/", {"version": batch.version})
    assert answer.status_code == 507
    assert "磁盘写满了" in answer.content.decode()
    assert "以页面显示的为准" in answer.content.decode()
    assert (Firm.objects.count(), Batch.objects.get().state) == (0, State.READ)
    assert audit().findings == []
    limit_pages(None)
    clerk.post(f"/imports/{batch.pk}/apply/", {"version": batch.version})
    assert (Firm.objects.count(), Batch.objects.get().state) == (600, State.APPLIED)


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
