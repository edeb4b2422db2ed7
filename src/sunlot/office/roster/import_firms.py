"""Firms as a kind of import: what a file would change in the roster, how its rows are written and taken back."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils import timezone

from sunlot.draw.canonical import CONTROL
from sunlot.intake.cells import tidy
from sunlot.office.imports.kinds import (
    ADDED,
    CHANGED,
    MISSING,
    PASSED_OVER,
    Change,
    Comparison,
    Difference,
    ImportKind,
    Row,
    Touched,
)
from sunlot.office.journal.services import Deed
from sunlot.office.roster.facts import LENGTHS, TITLES
from sunlot.office.roster.guards import open_round
from sunlot.office.roster.models import FACTS, Firm, IntensityCause, Status, VisitEntry

PRESENT = ("", Status.NORMAL.value, Status.IDLE.value)  # of whom one expects that a new list still names them
BY_ID = 500  # of one SELECT … IN


def compare(rows: Sequence[Row], aside: Sequence[Row]) -> Comparison:
    """Return what the rows would change. An empty cell never empties a field; a firm is MISSING only within the file's territories."""
    known = {firm["id"]: firm for firm in Firm.objects.values("id", *FACTS, "listed", "merged_into_id").iterator()}
    differences, unchanged = list[Difference](), list[str]()
    for row in rows:
        found = _difference(row, known.get(row["id"]))
        if found:
            differences.append(found)
        else:
            unchanged.append(row["id"])
    return Comparison((*differences, *_missing(rows, aside, known)), tuple(unchanged))


def _difference(row: Row, firm: dict[str, Any] | None) -> Difference | None:
    key, title = row["id"], row["name"] or (firm or {}).get("name", "") or row["id"]
    if wrong := _unfit(row):
        return Difference(key, title, PASSED_OVER, tuple(wrong))
    if firm is None:
        facts = tuple((TITLES[field], "", row[field]) for field in FACTS if row.get(field))
        return Difference(key, title, ADDED, facts)
    if firm["merged_into_id"]:
        return Difference(key, title, PASSED_OVER, (("已并入", "", firm["merged_into_id"]),))
    changes = [(TITLES[field], firm[field], row[field]) for field in FACTS if _differs(row.get(field, ""), firm[field])]
    changes += [] if firm["listed"] else [("在册", "否", "是")]
    return Difference(key, title, CHANGED, tuple(changes)) if changes else None


def _differs(text: str, held: str) -> bool:
    """Return whether a cell says something else than is held; line breaks do not come back from a file, and stay."""
    return bool(text) and text not in (held, tidy(held))


def _unfit(row: Row) -> list[Change]:
    """Return why a row cannot be kept: no name, a text that is too long, a sign that no table of a draw may hold."""
    wrong = [] if row["name"] else [("单位名称", "", "没有单位名称，未导入")]
    for field in ("id", *FACTS):
        text, length = row.get(field, ""), LENGTHS.get(field)
        if length and len(text) > length:
            wrong.append((TITLES[field], text[:40] + "…", f"超过 {length} 字，未导入"))
        elif CONTROL.search(text):
            wrong.append((TITLES[field], "", "含有控制字符，未导入"))
    return wrong


def _missing(rows: Sequence[Row], aside: Sequence[Row], known: dict[str, dict[str, Any]]) -> Iterator[Difference]:
    """Yield the firms that the file does not name, under any code: of its territories, or of all where it tells none."""
    places = {row["territory"] for row in rows} - {""}
    here = {row["id"] for row in rows} | {row.get("id", "") for row in aside}
    names = {row["name"] for row in rows} | {row.get("name", "") for row in aside}
    for key, firm in known.items():
        expected = firm["listed"] and firm["status"] in PRESENT and (not places or firm["territory"] in places)
        if expected and key not in here and firm["name"] not in names:
            change = (TITLES["status"], firm["status"], Status.IN_DOUBT.value)
            yield Difference(key, firm["name"], MISSING, (change,))


def write(doing: Deed, rows: Sequence[Row]) -> list[Touched]:
    """Save new firms, and the filled cells of known ones as a new version."""
    known, today = _locked(row["id"] for row in rows), timezone.localdate()
    touched = []
    for row in rows:
        firm = known.get(row["id"])
        before = _values(firm) if firm else None
        firm = firm or Firm(id=row["id"], version=0)
        for field in FACTS:
            if _differs(row.get(field, ""), getattr(firm, field)):
                setattr(firm, field, row[field])
        firm.listed, firm.confirmed_on, firm.version = True, today, firm.version + 1
        doing.save(firm)
        touched.append(Touched(firm.pk, firm.name, before, firm.version))
    return touched


def mark(doing: Deed, keys: Sequence[str]) -> list[Touched]:
    """Mark firms that a new list does not name: 停业核查, to be looked into. Nothing is deleted."""
    touched = []
    for firm in _locked(keys).values():
        before = _values(firm)
        firm.status, firm.version = Status.IN_DOUBT.value, firm.version + 1
        doing.save(firm)
        touched.append(Touched(firm.pk, firm.name, before, firm.version))
    return touched


def restore(doing: Deed, touched: Sequence[Touched]) -> list[str]:
    """Put the values before back; what the import brought in leaves the list, unless it has been visited or listed for intensity since."""
    known = _locked(row.key for row in touched)
    relied = {row.key for row in touched if row.before is None} & _relied_upon(known)
    left = []
    for row in touched:
        firm = known[row.key]
        if firm.version != row.version or row.key in relied:
            left.append(row.key)
            continue
        for field, value in (row.before or {"listed": False}).items():
            setattr(firm, field, value)
        firm.version += 1
        doing.save(firm)
    return left


def _relied_upon(keys: Iterable[str]) -> set[str]:
    """Return those of the firms that have been visited or listed for intensity."""
    wanted = list(keys)
    visited = VisitEntry.objects.filter(firm_id__in=wanted).values_list("firm_id", flat=True)
    return set(visited) | set(IntensityCause.objects.filter(firm_id__in=wanted).values_list("firm_id", flat=True))


def seen(doing: Deed, keys: Sequence[str]) -> None:
    """Note the day on which a list confirmed what stands here; the import's event says so."""
    today = timezone.localdate()
    for start in range(0, len(keys), BY_ID):
        Firm.objects.filter(pk__in=keys[start : start + BY_ID]).update(confirmed_on=today)


def _locked(keys: Iterable[str]) -> dict[str, Firm]:
    return {firm.pk: firm for firm in Firm.objects.select_for_update().filter(pk__in=list(keys)).order_by("pk")}


def _values(firm: Firm) -> dict[str, Any]:
    return {field: getattr(firm, field) for field in (*FACTS, "listed")}


FIRMS = ImportKind(
    code="firms",
    title="检查对象",
    table="firms",
    columns={field: TITLES[field] for field in ("id", *FACTS)},
    key=lambda row: row["id"],
    compare=compare,
    write=write,
    restore=restore,
    guard=open_round,
    mark=mark,
    mark_title="把不在新名录中的单位标为“停业核查”",
    seen=seen,
)
