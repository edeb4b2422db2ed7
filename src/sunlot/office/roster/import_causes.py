"""Causes of intensity as a kind of import: what is entered firm by firm on its page, from a list of papers."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from sunlot.office.imports.kinds import ADDED, Comparison, ImportKind, Row, Touched, end_added
from sunlot.office.imports.rows import Fate, UnfitError, compared, key, number, wanted, whole_day
from sunlot.office.journal.services import Deed
from sunlot.office.roster.causes import LEVELS
from sunlot.office.roster.guards import open_round
from sunlot.office.roster.models import Cause, IntensityCause
from sunlot.office.roster.named import Named

COLUMNS = {
    "firm_id": "统一社会信用代码",
    "firm_name": "单位名称",
    "cause": "情形",
    "level": "级别",
    "since": "起",
    "until": "有效期至",
    "source": "依据文书",
    "withdrawn_on": "撤销日期",
}
SAID = ("cause", "level", "since", "until", "source")  # what tells the causes of a firm apart


def compare(rows: Sequence[Row], aside: Sequence[Row]) -> Comparison:
    """Return which causes are new, which are here (withdrawn ones too), and which cannot be entered and why."""
    named = Named(rows)
    known = named.known(IntensityCause.objects.all(), *SAID)

    def judge(row: Row) -> Fate:
        fields = _fields(row, named)
        if (entry := (fields["firm"].pk, *(fields[name] for name in SAID))) in known:
            return "", "", ""
        if row["withdrawn_on"]:
            raise UnfitError(f"已于 {row['withdrawn_on']} 撤销，未导入")
        known.add(entry)
        says = f"{fields['cause']} {fields['level']} 级，{fields['since']} 至 {fields['until']}，{fields['source']}"
        return ADDED, fields["firm"].name, says

    return compared(rows, "加大力度", judge, lambda row: row["firm_name"] or row["firm_id"])


def _fields(row: Row, named: Named) -> Mapping[str, Any]:
    """Return the cause that a row says. Raises UnfitError."""
    firm, level = named.firm(row), number(row, "level", "级别")
    since, until = whole_day(row, "since", "起"), whole_day(row, "until", "有效期至")
    if level not in LEVELS:
        raise UnfitError(f"级别应为 1 到 9，现为 {level}，未导入")
    if row["cause"] not in Cause.values:
        raise UnfitError(f"没有情形“{row['cause']}”，未导入；可填：{'、'.join(Cause.values)}")
    if until < since:
        raise UnfitError(f"有效期至 {until} 早于起始日期 {since}，未导入")
    source = wanted(row, "source", "依据文书", 200)
    return {"firm": firm, "level": level, "cause": row["cause"], "since": since, "until": until, "source": source}


def write(doing: Deed, rows: Sequence[Row]) -> list[Touched]:
    """Save the causes."""
    named, touched = Named(rows), []
    for row in rows:
        cause = IntensityCause(**_fields(row, named))
        doing.save(cause)
        touched.append(Touched(str(cause.pk), cause.firm.name, None, 1))
    return touched


def restore(doing: Deed, touched: Sequence[Touched]) -> list[str]:
    """Withdraw what was brought in; what has been withdrawn since stays so."""
    standing = IntensityCause.objects.filter(withdrawn_on=None)
    return end_added(doing, standing, touched, withdrawn_on=timezone.localdate(), withdrawn_why="撤销导入")


CAUSES = ImportKind(
    code="causes",
    title="加大力度情形",
    table="causes",
    columns=COLUMNS,
    key=key,
    compare=compare,
    write=write,
    restore=restore,
    guard=open_round,
)
