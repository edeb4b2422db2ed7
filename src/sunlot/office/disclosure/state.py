"""What the pages are made of at one moment: the log's size, its latest checkpoint, the minute. While none changes, nothing is computed twice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.db import connection

from sunlot.office.journal.clock import now
from sunlot.office.journal.models import Checkpoint, Event

State = tuple[str, str, int, int, str]
P = ParamSpec("P")
R = TypeVar("R")
_state: ContextVar[State | None] = ContextVar("state", default=None)
_memory: dict[State, dict[Any, Any]] = {}
KEPT = 2  # a page being made while the log grows still finds its own state
_QUESTION = f"SELECT (SELECT MAX(seq) FROM {Event._meta.db_table}), (SELECT MAX(size) FROM {Checkpoint._meta.db_table})"


def state() -> State:
    """Return the state in which pages are made now: the one held, else the present one, which costs one query."""
    if (held := _state.get()) is not None:
        return held
    with connection.cursor() as cursor:
        cursor.execute(_QUESTION)
        seq, size = cursor.fetchone()
    place = str(connection.settings_dict["NAME"])
    return (str(settings.HOME), place, -1 if seq is None else seq, size or 0, now()[:16])


@contextmanager
def held(at: State | None = None) -> Iterator[State]:
    """Hold one state while a page, or the whole site, is made."""
    token = _state.set(at or state())
    try:
        found = _state.get()
        assert found
        yield found
    finally:
        _state.reset(token)


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """Return a function whose results are kept as long as the state stays the same."""

    @wraps(function)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        memory = memory_of(state())
        key = (function, args, tuple(kwargs.items()))
        if key not in memory:
            memory[key] = function(*args, **kwargs)
        found: R = memory[key]
        return found

    return asked


def memory_of(at: State) -> dict[Any, Any]:
    """Return what is remembered of a state; older ones are forgotten."""
    if at not in _memory:
        for old in list(_memory)[: -KEPT + 1 or None]:
            _memory.pop(old, None)
        _memory[at] = {}
    return _memory[at]
