"""Leave as a kind of import. Why somebody is away is his own affair: only the office sees these imports."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sunlot.office.accounts.roles import OFFICE
from sunlot.office.imports.kinds import ADDED, PASSED_OVER, Comparison, Difference, ImportKind, Row, Touched, end_added
from sunlot.office.inspectors.import_files import day, key, people_named
from sunlot.office.inspectors.models import Inspector, Leave
from sunlot.office.journal.services import Deed

COLUMNS = {"inspector_id": "人员编号", "kind": "类型", "start": "开始", "end": "结束"}
Span = tuple[date, date, str]


def compare(rows: Sequence[Row], aside: Sequence[Row]) -> Comparison:
    """Return which leaves are new, which are here, and which cannot be entered: unknown people, wrong days, days taken already."""
    people, taken = people_named(rows), dict[str, list[Span]]()
    for leave in Leave.objects.filter(cancelled=False):
        taken.setdefault(leave.inspector_id, []).append((leave.start, leave.end, leave.kind))
    differences, unchanged = list[Difference](), list[str]()
    for row in rows:
        found = people.get(row["inspector_id"])
        spans = taken.setdefault(found.pk, []) if found else []
        start, end = day(row["start"]), day(row["end"])
        span = (start, end, row["kind"] or "其他") if start and end else None
        if span in spans:
            unchanged.append(key(row))
            continue
        why = _unfit(row, found, span, spans)
        if span and not why:
            spans.append(span)
        shown = why or f"{row['start']} 至 {row['end']} {row['kind']}"
        fate = PASSED_OVER if why else ADDED
        differences.append(Difference(key(row), str(found or row["inspector_id"]), fate, (("请假", "", shown),)))
    return Comparison(tuple(differences), tuple(unchanged))


def _unfit(row: Row, person: Inspector | None, span: Span | None, spans: Sequence[Span]) -> str:
    """Return why a leave cannot be entered, or nothing."""
    if person is None:
        return f"名录里没有编号 {row['inspector_id']}，未导入；请先导入人员"
    if span is None:
        return f"开始“{row['start']}”、结束“{row['end']}”不是完整的日期，未导入"
    start, end, kind = span
    if end < start:
        return f"结束 {end} 早于开始 {start}，未导入"
    if len(kind) > 20:
        return "类型超过 20 字，未导入"
    other = next((held for held in spans if held[0] <= end and start <= held[1]), None)
    return f"{start} 至 {end} 与 {other[0]} 至 {other[1]} 的{other[2]}重叠，未导入" if other else ""


def write(doing: Deed, rows: Sequence[Row]) -> list[Touched]:
    """Save the leaves."""
    people, touched = people_named(rows), []
    for row in rows:
        ends: dict[str, Any] = {"start": day(row["start"]), "end": day(row["end"])}
        leave = Leave(inspector=people[row["inspector_id"]], kind=row["kind"] or "其他", **ends)
        doing.save(leave)
        touched.append(Touched(str(leave.pk), str(leave.inspector), None, 1))
    return touched


def restore(doing: Deed, touched: Sequence[Touched]) -> list[str]:
    """Cancel what was brought in; what has been cancelled since stays so."""
    return end_added(doing, Leave.objects.filter(cancelled=False), touched, cancelled=True)


LEAVES = ImportKind(
    code="leaves",
    title="请假",
    table="leaves",
    columns=COLUMNS,
    key=key,
    compare=compare,
    write=write,
    restore=restore,
    readers=OFFICE,
)
