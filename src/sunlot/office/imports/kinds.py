"""What kinds of file the office takes in. An app registers its kinds when Django starts, so that the arrow points from the app to here.

The import itself (upload, mapping, dry run, report, apply, undo, events) is the same for all kinds. A kind only knows its own table:
what a clean row would change (`compare`), how to write rows (`write`), how to take back what was written (`restore`). All writing is
`doing.save(row)` inside the deed handed in; the import records the events.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from sunlot.office.accounts.roles import APPROVERS, CLERK, READERS
from sunlot.office.journal.services import Deed
from sunlot.office.shell import incoming

Row = Mapping[str, str]  # a clean row as sunlot.intake gives it
Change = tuple[str, str, str]  # title of the field, before, after
ADDED, CHANGED, MISSING, PASSED_OVER = "added", "changed", "missing", "passed_over"


@dataclass(frozen=True)
class Difference:
    """What applying would do to one row. `fate`: ADDED, CHANGED, MISSING (here but not in the file) or PASSED_OVER (left out, `changes` says why)."""

    key: str
    title: str
    fate: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """The differences in the order of the rows, and the keys of the rows that are here already just as the file has them."""

    differences: tuple[Difference, ...]
    unchanged: tuple[str, ...]


@dataclass(frozen=True)
class Touched:
    """A row that was written: its values before (None: it was not there), enough for `restore`, and its version afterwards."""

    key: str
    title: str
    before: dict[str, Any] | None
    version: int


@dataclass(frozen=True)
class ImportKind:
    """One kind of file.

    `code`: short English name, part of addresses; `table`: the name under which sunlot.intake knows such tables (intake.columns.TABLES);
    `columns`: the fields a column may be mapped to, with their Chinese titles, in order;
    `key(row)`: the key under which `compare` speaks of a clean row;
    `compare(rows, aside)`: reads only; called for the preview, and again inside the applying transaction: they must agree or nothing is
    applied. `aside`: the rows put aside (quarantined), so that what stands in the file with a wrong code is not called MISSING;
    `write(doing, rows)`: saves a chunk of rows that `compare` called ADDED or CHANGED;
    `restore(doing, touched)`: puts the values before back as new versions, and returns the keys of the rows it had to leave because they
    were changed after the import (version differs);
    `guard()`: names what makes a second person's approval necessary now (an open round), or ""; `always`: why it always is, for what needs
    two persons when it is entered by hand; `approval`: the kind of request (approvals.kinds), for kinds that others decide;
    `mark(doing, keys)`: marks MISSING rows; `mark_title` is the choice shown for it, "" for none;
    `seen(doing, keys)`: is told which rows were found unchanged;
    `roles` import, `approvers` decide while `guard` names something, `readers` see the imports of this kind.
    """

    code: str
    title: str
    table: str
    columns: Mapping[str, str]
    key: Callable[[Row], str]
    compare: Callable[[Sequence[Row], Sequence[Row]], Comparison]
    write: Callable[[Deed, Sequence[Row]], list[Touched]]
    restore: Callable[[Deed, Sequence[Touched]], list[str]]
    guard: Callable[[], str] = lambda: ""
    always: str = ""
    approval: str = "imports.batch"
    mark: Callable[[Deed, Sequence[str]], list[Touched]] = lambda doing, keys: []
    mark_title: str = ""
    seen: Callable[[Deed, Sequence[str]], None] = lambda doing, keys: None
    roles: frozenset[str] = frozenset({CLERK})
    approvers: frozenset[str] = APPROVERS
    readers: frozenset[str] = READERS

    def why_second(self) -> str:
        """Return why a second person has to decide now, or nothing."""
        return self.always or (f"{open_now}正在进行" if (open_now := self.guard()) else "")


KINDS: dict[str, ImportKind] = {}


def register(kind: ImportKind) -> None:
    """Make a kind known, and to the lists who brings it in."""
    KINDS[kind.code] = kind
    incoming.BROUGHT_BY[kind.code] = kind.roles


def end_added(doing: Deed, standing: QuerySet[Any], touched: Sequence[Touched], **ended: Any) -> list[str]:
    """Set the `ended` fields of the rows an import added, for a `restore`: what stands no longer stays as it is, and its keys are returned."""
    rows = standing.select_for_update().filter(pk__in=[row.key for row in touched]).order_by("pk")
    found = {str(row.pk): row for row in rows}
    for row in found.values():
        for field, value in ended.items():
            setattr(row, field, value)
        doing.save(row)
    return [row.key for row in touched if row.key not in found]
