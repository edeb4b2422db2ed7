"""While others go on writing, an audit reads the office as it was when it began: no false alarm, and nobody waits for it."""

from pathlib import Path
from threading import Thread

from django.db import connection

from sunlot.office.journal.checkpoints import open_log
from sunlot.office.journal.services import deed
from sunlot.office.journal.store import size_of_log, snapshot


def write_elsewhere() -> None:
    """Append an event from another connection."""

    def write() -> None:
        with deed(by="u/1") as doing:
            doing.record("account.logout", "u/1", {})
        connection.close()

    thread = Thread(target=write)
    thread.start()
    thread.join(timeout=10)
    assert not thread.is_alive()


def test_what_is_written_meanwhile_is_not_seen(office: Path) -> None:
    open_log(office, "qinghe.example")
    with snapshot():
        before = size_of_log()
        write_elsewhere()
        assert size_of_log() == before
    assert size_of_log() == before + 1
