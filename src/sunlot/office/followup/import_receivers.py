"""The departments that the bureau often transfers to, as a kind of import."""

from collections.abc import Sequence
from typing import Any

from sunlot.office.accounts.roles import CHIEF, CLERK
from sunlot.office.followup.transfer_models import Receiver
from sunlot.office.imports.kinds import ADDED, CHANGED, Comparison, ImportKind, Row, Touched
from sunlot.office.imports.rows import Fate, UnfitError, compared, fitting, key, wanted, yes
from sunlot.office.journal.services import Deed

COLUMNS = {"name": "单位名称", "contact": "联系人和电话", "closed": "停用"}
KEPT = ("contact", "closed")


def compare(rows: Sequence[Row], aside: Sequence[Row]) -> Comparison:
    """Return which departments are new and which the file has otherwise."""
    held = {receiver.name: receiver for receiver in Receiver.objects.all()}
    taken = set[str]()

    def judge(row: Row) -> Fate:
        fields = _fields(row)
        name = fields["name"]
        if name in taken:
            raise UnfitError(f"{name} 在文件中列了两次而内容不同，未导入；只留一行")
        taken.add(name)
        receiver = held.get(name)
        if receiver and all(getattr(receiver, field) == fields[field] for field in KEPT):
            return "", "", ""
        says = "；".join(filter(None, [fields["contact"], "停用" if fields["closed"] else ""]))
        return (CHANGED if receiver else ADDED), name, says or "（空）"

    return compared(rows, "接收部门", judge, lambda row: row["name"])


def _fields(row: Row) -> dict[str, Any]:
    return {
        "name": wanted(row, "name", "单位名称", 80),
        "contact": fitting(row, "contact", "联系人和电话", 120),
        "closed": yes(row, "closed", "停用"),
    }


def write(doing: Deed, rows: Sequence[Row]) -> list[Touched]:
    """Save the departments."""
    fields = [_fields(row) for row in rows]
    names = [each["name"] for each in fields]
    held = {row.name: row for row in Receiver.objects.select_for_update().filter(name__in=names)}
    touched = []
    for each in fields:
        receiver = held.get(each["name"])
        before = {field: getattr(receiver, field) for field in KEPT} if receiver else None
        receiver = receiver or Receiver(name=each["name"], version=0)
        _save(doing, receiver, each)
        touched.append(Touched(str(receiver.pk), receiver.name, before, receiver.version))
    return touched


def _save(doing: Deed, receiver: Receiver, values: dict[str, Any]) -> None:
    for field in KEPT:
        setattr(receiver, field, values[field])
    receiver.version += 1
    doing.save(receiver)


def restore(doing: Deed, touched: Sequence[Touched]) -> list[str]:
    """Put the values before back and close what was brought in; what was changed since stays."""
    left = []
    rows = Receiver.objects.select_for_update().in_bulk([int(row.key) for row in touched])
    for row in touched:
        receiver = rows[int(row.key)]
        if receiver.version != row.version:
            left.append(row.key)
            continue
        _save(doing, receiver, row.before or {"contact": receiver.contact, "closed": True})
    return left


RECEIVERS = ImportKind(
    code="receivers",
    title="接收部门",
    table="receivers",
    columns=COLUMNS,
    key=key,
    compare=compare,
    write=write,
    restore=restore,
    roles=frozenset({CLERK, CHIEF}),
)
