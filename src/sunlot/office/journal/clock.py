"""The office's clock. A rehearsal or a test may hold it at moments of its own; whoever serves an office never does."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sunlot.draw.moments import SPELLING


class Held:
    """A clock that stands at `at` (UTC text) until it is set anew."""

    def __init__(self, at: str) -> None:
        self.at = at


_held: list[Held] = []


def now() -> str:
    """Return the time as UTC text; every append asks for it, and this is the quickest way."""
    return _held[-1].at if _held else time.strftime(SPELLING, time.gmtime())


def moment() -> datetime:
    """Return the time as a datetime in UTC."""
    return datetime.fromisoformat(now())


@contextmanager
def held(at: str) -> Iterator[Held]:
    """Hold the clock of this process at a moment; the clock handed out can be set further."""
    _held.append(Held(at))
    try:
        yield _held[-1]
    finally:
        _held.pop()
