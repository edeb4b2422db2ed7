"""Visits as a kind of import: what other departments' lists add to the ledger of all visits."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from sunlot.draw.canonical import CONTROL
from sunlot.office.imports.kinds import ADDED, PASSED_OVER, Comparison, Difference, ImportKind, Row, Touched, end_added
from sunlot.office.imports.rows import UnfitError, key
from sunlot.office.journal.services import Deed
from sunlot.office.roster.guards import open_round
from sunlot.office.roster.models import Firm, VisitEntry
from sunlot.office.roster.named import Named
from sunlot.policy.vocabulary import VISIT_KINDS

COLUMNS = {
    "firm_id": "统一社会信用代码",
    "firm_name": "单位名称",
    "date": "检查日期",
    "kind": "检查类型",
    "department": "检查部门",
}
KINDS_BY_TITLE = {title: kind for kind, title in VISIT_KINDS.items()}
Known = tuple[str, date, str, str]  # firm, day, kind, department


def compare(rows: Sequence[Row], aside: Sequence[Row]) -> Comparison:
    """Return which visits are new, which the ledger has already, and which cannot be entered and why."""
    named = Named(rows)
    known = named.known(VisitEntry.objects.all(), "date", "kind", "department")
    differences, unchanged = list[Difference](), list[str]()
    for row in rows:
        try:
            firm = named.firm(row)
            visit = _visit(row, firm)
        except UnfitError as why:
            title = row["firm_name"] or row["firm_id"]
            differences.append(Difference(key(row), title, PASSED_OVER, (("检查台账", "", str(why)),)))
            continue
        if visit in known:
            unchanged.append(key(row))
            continue
        known.add(visit)
        shown = " ".join(filter(None, (row["date"], VISIT_KINDS[visit[2]], visit[3])))
        differences.append(Difference(key(row), firm.name, ADDED, (("检查台账", "", shown), *_other_name(row, firm))))
    return Comparison(tuple(differences), tuple(unchanged))


def _other_name(row: Row, firm: Firm) -> tuple[tuple[str, str, str], ...]:
    """Return that the file calls the firm by another name, for the clerk to look at; the roster's stays."""
    same = row["firm_name"] in ("", firm.name)
    return () if same else (("单位名称", firm.name, f"文件中写作“{row['firm_name']}”，以信用代码为准"),)


def _visit(row: Row, firm: Firm) -> Known:
    day, kind, department = row["date"], row["kind"], row["department"]
    code = kind if kind in VISIT_KINDS else KINDS_BY_TITLE.get(kind, "")
    if len(day) != 10:
        raise UnfitError(f"检查日期“{day}”不是完整的日期，未导入；应如 2026-03-02")
    if date.fromisoformat(day) > timezone.localdate():
        raise UnfitError(f"检查日期 {day} 在今天之后，未导入")
    if not code:
        raise UnfitError(f"检查类型“{kind}”不在检查种类中，未导入；可填：{'、'.join(KINDS_BY_TITLE)}")
    if len(department) > 80 or CONTROL.search(department):
        raise UnfitError("检查部门超过 80 字或含有控制字符，未导入")
    return firm.pk, date.fromisoformat(day), code, department


def write(doing: Deed, rows: Sequence[Row]) -> list[Touched]:
    """Save the visits."""
    named, touched = Named(rows), []
    for row in rows:
        firm = named.firm(row)
        _, day, kind, department = _visit(row, firm)
        entry = VisitEntry(firm=firm, date=day, kind=kind, department=department)
        doing.save(entry)
        touched.append(Touched(str(entry.pk), firm.name, None, 1))
    return touched


def restore(doing: Deed, touched: Sequence[Touched]) -> list[str]:
    """Take back what was brought in: it stays in the log, but counts nowhere any more. What is taken back already is left."""
    return end_added(doing, VisitEntry.objects.all(), touched, undone=True)


VISITS = ImportKind(
    code="visits",
    title="检查台账",
    table="visits",
    columns=COLUMNS,
    key=key,
    compare=compare,
    write=write,
    restore=restore,
    guard=open_round,
)
