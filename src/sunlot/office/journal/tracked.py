"""Which tables the journal answers for: every row of a tracked table must equal what its events say.

A model declares its public fields, written into the event as they are, its personal ones, of which only a salted
commitment is written, and those that events told formerly and no longer do.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Model

M = TypeVar("M", bound=type[Model])


@dataclass(frozen=True)
class Tracked:
    """A tracked model with the names of its fields. `formerly`: those that old events committed to; the audit does not ask for them any more."""

    model: type[Model]
    public: tuple[str, ...]
    personal: tuple[str, ...]
    formerly: tuple[str, ...] = ()


TRACKED: dict[str, Tracked] = {}


def tracked(
    public: tuple[str, ...], personal: tuple[str, ...] = (), formerly: tuple[str, ...] = ()
) -> Callable[[M], M]:
    """Register a model; its table's name in events is `app.model`."""

    def register(model: M) -> M:
        TRACKED[model._meta.label_lower] = Tracked(model, public, personal, formerly)
        return model

    return register


def plain(value: Any) -> Any:
    """Return a column's value as canonical JSON holds it: no floats, times in UTC text."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if value is None or isinstance(value, bool | int | str | list | dict):
        return value
    raise TypeError(f"{type(value).__name__} cannot stand in the journal")


def public_values(row: Model) -> dict[str, Any]:
    """Return the public fields of a row by name."""
    return {name: plain(getattr(row, name)) for name in TRACKED[row._meta.label_lower].public}


def personal_values(row: Model) -> Iterator[tuple[str, str]]:
    """Yield name and text of the personal fields that hold something."""
    for name in TRACKED[row._meta.label_lower].personal:
        if (value := plain(getattr(row, name))) not in (None, ""):
            yield name, str(value)
