"""Requests for correction as a kind of import: what firms handed in on paper, typed once into a file. Each is decided as one entered by hand."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from sunlot.office.accounts.roles import OFFICE
from sunlot.office.imports.kinds import ADDED, Comparison, ImportKind, Row, Touched
from sunlot.office.imports.rows import Fate, UnfitError, compared, fitting, key, wanted, whole_day
from sunlot.office.journal.services import Deed
from sunlot.office.roster.facts import clean_fact, title_of
from sunlot.office.roster.models import FACTS, Correction, Step
from sunlot.office.roster.named import Named

COLUMNS = {
    "firm_id": "统一社会信用代码",
    "firm_name": "单位名称",
    "field": "要更正的项目",
    "wanted": "应为",
    "ground": "理由和证明材料",
    "asked_by": "申请人",
    "contact": "申请人联系方式",
    "asked_on": "申请日期",
}
UNDONE = "撤销导入，未办理。"


def compare(rows: Sequence[Row], aside: Sequence[Row]) -> Comparison:
    """Return which requests are new, which were entered already, and which cannot be and why."""
    named = Named(rows)
    known = named.known(Correction.objects.exclude(answer=UNDONE), "field", "wanted", "asked_on")

    def judge(row: Row) -> Fate:
        fields = _fields(row, named)
        entry = (fields["firm"].pk, fields["field"], fields["wanted"], fields["asked_on"])
        if entry in known:
            return "", "", ""
        if fields["wanted"] == (now := getattr(fields["firm"], fields["field"])):
            raise UnfitError(f"{title_of(fields['field'])}现在就是“{now}”，未导入")
        known.add(entry)
        says = f"{title_of(fields['field'])}：{now or '（空）'} → {fields['wanted']}（{fields['asked_on']} 申请）"
        return ADDED, fields["firm"].name, says

    return compared(rows, "更正申请", judge, lambda row: row["firm_name"] or row["firm_id"])


def _fields(row: Row, named: Named) -> Mapping[str, Any]:
    """Return the request that a row says. Raises UnfitError, or Refusal for a value that cannot be."""
    firm = named.firm(row)
    fact = next((name for name in FACTS if row["field"] in (name, title_of(name))), "")
    if not fact:
        raise UnfitError(f"“{row['field']}”不是可以更正的项目，未导入；可填：{'、'.join(map(title_of, FACTS))}")
    asked_on = whole_day(row, "asked_on", "申请日期")
    if asked_on > timezone.localdate():
        raise UnfitError(f"申请日期 {asked_on} 在今天之后，未导入")
    return {
        "firm": firm,
        "field": fact,
        "wanted": clean_fact(fact, fitting(row, "wanted", "应为", 300)),
        "ground": wanted(row, "ground", "理由和证明材料", 2000),
        "asked_by": wanted(row, "asked_by", "申请人", 80),
        "contact": fitting(row, "contact", "申请人联系方式", 80),
        "asked_on": asked_on,
    }


def write(doing: Deed, rows: Sequence[Row]) -> list[Touched]:
    """Save the requests."""
    named, touched = Named(rows), []
    for row in rows:
        correction = Correction(**_fields(row, named))
        doing.save(correction)
        touched.append(Touched(str(correction.pk), correction.firm.name, None, correction.version))
    return touched


def restore(doing: Deed, touched: Sequence[Touched]) -> list[str]:
    """Close what was brought in; what has been decided or sent on since stays."""
    left = []
    found = Correction.objects.select_for_update().in_bulk([int(row.key) for row in touched])
    for row in touched:
        correction = found[int(row.key)]
        if correction.state != Step.ASKED or correction.version != row.version:
            left.append(row.key)
            continue
        correction.state, correction.answer = Step.REFUSED, UNDONE
        correction.decided_on, correction.version = timezone.localdate(), correction.version + 1
        doing.save(correction)
    return left


CORRECTIONS = ImportKind(
    code="corrections",
    title="更正申请",
    table="corrections",
    columns=COLUMNS,
    key=key,
    compare=compare,
    write=write,
    restore=restore,
    readers=OFFICE,
)
