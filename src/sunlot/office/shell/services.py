"""What the shell itself writes: that data left the office, that a closed door was tried."""

from typing import Any

from sunlot.office.journal.services import deed


def record_export(user: Any, what: str, rows: int) -> None:
    """Note that somebody took a list out of the office: which list and how many rows, never its content."""
    with deed(by=user.actor) as doing:
        doing.record("data.exported", "export", {"list": what, "rows": rows})


def record_denial(user: Any, page: str, method: str) -> None:
    """Note that somebody tried a page that is closed to him."""
    with deed(by=user.actor) as doing:
        doing.record("access.denied", user.actor, {"page": page, "method": method})
