"""Rows that were reckoned and not read: a list in memory that a Listing filters, sorts and pages as it does a QuerySet.

A row has a `pk` and is reached into by the paths that a Column uses (`standing__left`).
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, overload


class Reckoned:
    """The rows, in the order in which they were reckoned. Nothing is copied until somebody narrows or sorts them."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self._rows = rows

    def filter(self, **wanted: Any) -> "Reckoned":
        """Return the rows whose values are the wanted ones, as text."""
        return self.having(lambda row: all(str(follow(row, path)) == str(value) for path, value in wanted.items()))

    def having(self, holds: Callable[[Any], bool]) -> "Reckoned":
        """Return the rows of which something holds."""
        return Reckoned([row for row in self._rows if holds(row)])

    def containing(self, paths: Sequence[str], word: str) -> "Reckoned":
        """Return the rows that hold a word in one of several texts, whatever its case."""
        low = word.casefold()
        return self.having(lambda row: any(low in str(follow(row, path)).casefold() for path in paths))

    def order_by(self, *paths: str) -> "Reckoned":
        """Return the rows sorted, the first path first and a minus turning it round; equal ones stay in the order they had."""
        rows = self._rows
        for path in reversed(paths):
            rows = sorted(rows, key=partial(_value, path=path.lstrip("-")), reverse=path.startswith("-"))
        return Reckoned(rows)

    def iterator(self, chunk_size: int = 0) -> Iterator[Any]:
        """Return the rows one by one."""
        return iter(self._rows)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, part: int) -> Any: ...
    @overload
    def __getitem__(self, part: slice) -> Sequence[Any]: ...
    def __getitem__(self, part: int | slice) -> Any:
        return self._rows[part]


def follow(row: Any, path: str) -> Any:
    """Return what a path of attributes leads to (`firm__name`), called if it can be; None as soon as one is None."""
    for part in path.split("__"):
        if row is None:
            return None
        row = getattr(row, part)
    return row() if callable(row) else row


def _value(row: Any, path: str) -> Any:
    return follow(row, path)
