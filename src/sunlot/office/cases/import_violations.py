"""Entries of 违法行为信息库 as a kind of import: penalties and confirmed hazards of before. A second person decides, as about one entered by hand."""

from collections.abc import Mapping, Sequence
from typing import Any

from sunlot.office.accounts.queries import doer_of
from sunlot.office.cases.violation_models import Violation, ViolationKind, ViolationState
from sunlot.office.cases.violations import end, enter
from sunlot.office.imports.kinds import ADDED, Comparison, ImportKind, Row, Touched
from sunlot.office.imports.rows import Fate, UnfitError, compared, key, one_of, wanted, whole_day
from sunlot.office.journal.services import Deed
from sunlot.office.roster.named import Named
from sunlot.office.shell.language import in_chinese
from sunlot.office.visits.moment import today

COLUMNS = {
    "firm_id": "统一社会信用代码",
    "firm_name": "单位名称",
    "kind": "类别",
    "what": "违法行为",
    "article": "违反的规定",
    "ground": "依据",
    "found_on": "认定日期",
    "state": "状态",
}
ENDED = {ViolationState.REPAIRED, ViolationState.WITHDRAWN}


def compare(rows: Sequence[Row], aside: Sequence[Row]) -> Comparison:
    """Return which entries are new, which are here, and which cannot be entered and why."""
    named = Named(rows)
    known = named.known(Violation.objects.all(), "kind", "ground", "found_on")
    with in_chinese():
        kinds = {str(code): str(title) for code, title in ViolationKind.choices}
        ended = {str(state.label) for state in ENDED}

    def judge(row: Row) -> Fate:
        fields = _fields(row, named, kinds)
        if (entry := (fields["firm"].pk, fields["kind"], fields["ground"], fields["on"])) in known:
            return "", "", ""
        if row["state"] in ended:
            raise UnfitError(f"文件中为“{row['state']}”，不再列入，未导入")
        known.add(entry)
        return ADDED, fields["firm"].name, f"{kinds[fields['kind']]}，{fields['ground']}（{fields['on']}）"

    return compared(rows, "违法行为信息", judge, lambda row: row["firm_name"] or row["firm_id"])


def _fields(row: Row, named: Named, kinds: Mapping[str, str]) -> dict[str, Any]:
    """Return the entry that a row says. Raises UnfitError."""
    on = whole_day(row, "found_on", "认定日期")
    if on > today():
        raise UnfitError(f"认定日期 {on} 在今天之后，未导入")
    return {
        "firm": named.firm(row),
        "kind": one_of(row, "kind", "类别", dict(kinds)),
        "ground": wanted(row, "ground", "依据", 160),
        "what": wanted(row, "what", "违法行为", 4000),
        "article": wanted(row, "article", "违反的规定", 300),
        "on": on,
    }


def write(doing: Deed, rows: Sequence[Row]) -> list[Touched]:
    """Enter them, each with its own event and its cause in the roster; level and expiry are those of the policy on the day."""
    named, user, touched = Named(rows), doer_of(doing), []
    kinds = {str(code): str(title) for code, title in ViolationKind.choices}
    for row in rows:
        entry = enter(doing, user, case=None, **_fields(row, named, kinds))
        touched.append(Touched(str(entry.pk), entry.firm.name, None, entry.version))
    return touched


def restore(doing: Deed, touched: Sequence[Touched]) -> list[str]:
    """Withdraw what was brought in, and with it the cause in the roster; what has ended or was changed since stays."""
    left, user = [], doer_of(doing)
    rows = Violation.objects.select_for_update().in_bulk([int(row.key) for row in touched])
    for row in touched:
        entry = rows[int(row.key)]
        if entry.state != ViolationState.STANDING or entry.version != row.version:
            left.append(row.key)
            continue
        end(doing, user, entry, ViolationState.WITHDRAWN, "撤销导入")
    return left


VIOLATIONS = ImportKind(
    code="violations",
    title="违法行为信息",
    table="violations",
    columns=COLUMNS,
    key=key,
    compare=compare,
    write=write,
    restore=restore,
    always="列入违法行为信息库须由另一名负责人确认",
)
