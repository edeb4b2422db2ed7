"""The rounds of a plan as a kind of import: rows go into the draft of their year, as the form of a round would take them."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from zlib import crc32

from django.utils.translation import gettext_noop as noop

from sunlot.draw.canonical import dumps
from sunlot.office.accounts.roles import CHIEF, CLERK
from sunlot.office.imports.kinds import ADDED, CHANGED, Comparison, ImportKind, Row, Touched
from sunlot.office.imports.rows import (
    Fate,
    UnfitError,
    as_kept,
    compared,
    fitting,
    key,
    number,
    one_of,
    wanted,
    whole_day,
    yes,
)
from sunlot.office.journal.services import Deed
from sunlot.office.plan.held import held_rounds
from sunlot.office.plan.models import Kind, Plan, PlannedRound
from sunlot.office.plan.rounds import RoundFields, fill, next_number
from sunlot.office.plan.states import State
from sunlot.office.shell.language import in_chinese

COLUMNS = {
    "code": noop("编号"),
    "title": "名称",
    "kind": "类别",
    "by_lot": "抽签产生",
    "from_above": "上级部署",
    "first_day": "开始",
    "last_day": "结束",
    "scope": "检查对象范围",
    "population": "名录户数",
    "share": noop("抽查比例（%）"),
    "count": "抽查户数",
    "visits_each": "每户次数",
    "days": "每次天数",
    "officers": "每次人数",
    "items": "检查事项编号",
    "basis": "实施依据",
    "content": "检查内容",
    "method": "检查方式",
    "undertaker": "承办机构",
    "departments": "联合部门",
    "secret": "不事先公开",
    "remark": "备注",
    "year": noop("计划年度"),
}
KEPT = ("item_names", *RoundFields.__dataclass_fields__)  # what an import sets, and puts back
DAYS = ("first_day", "last_day")
DECIMALS = ("share", "days")


def _drafts() -> dict[int, Plan]:
    return {plan.year: plan for plan in Plan.objects.filter(state=State.DRAFT).order_by("pk")}


class Held:
    """What rows are held against: the drafts with their rounds, and the rounds whose draw has begun."""

    def __init__(self) -> None:
        self.drafts = _drafts()
        rounds = PlannedRound.objects.filter(plan__in=self.drafts.values()).select_related("plan")
        self.rounds = {(each.plan.year, each.code): each for each in rounds}
        self.held = {year: held_rounds(year) for year in self.drafts}
        self.titles = {(year, each.title) for (year, _code), each in self.rounds.items()}
        self.taken = set[tuple[int, str]]()

    def round(self, row: Row) -> tuple[PlannedRound, dict[str, Any] | None]:
        """Return the round as the row would have it, not saved, and its values as they are, None for a new one. Raises UnfitError, Refusal."""
        plan = self._plan(row)
        each = self.rounds.get((plan.year, row["code"]))
        fields = _fields(
            as_kept(row, each, ("scope", "basis", "content", "method", "departments", "remark")) if each else row
        )
        if each is None:
            if row["code"]:
                raise UnfitError(f"{plan}没有轮次 {row['code']}，未导入；新增的轮次编号留空，由系统编")
            if (plan.year, fields.title) in self.titles:
                raise UnfitError(f"{plan}已有名为“{fields.title}”的轮次，未导入；要修改它请写上编号")
            self.titles.add((plan.year, fields.title))
            each = PlannedRound(plan=plan)
            fill(each, fields)
            return each, None
        if (plan.year, each.code) in self.taken:
            raise UnfitError(f"轮次 {each.code} 在文件中列了两次而内容不同，未导入；只留一行")
        self.taken.add((plan.year, each.code))
        before = values(each)
        fill(each, fields)
        if changed(each, before) and each.code in self.held[plan.year]:
            raise UnfitError(f"轮次 {each.code} 已经公告或抽取，不能再改；如有变化，请另增一轮。未导入")
        return each, before

    def _plan(self, row: Row) -> Plan:
        text = row["year"] or (row["code"].partition("-")[0] if "-" in row["code"] else "")
        drafts = "、".join(map(str, sorted(self.drafts))) or "没有"
        if not text and len(self.drafts) == 1:
            return next(iter(self.drafts.values()))
        if not text:
            raise UnfitError(f"没有写计划年度，未导入；正在起草或修订的计划：{drafts}")
        year = re.search(r"20\d\d", text)
        if not year or int(year[0]) not in self.drafts:
            raise UnfitError(f"“{text}”没有正在起草或修订的计划，未导入；正在起草或修订的：{drafts}")
        return self.drafts[int(year[0])]


def values(each: PlannedRound) -> dict[str, Any]:
    """Return what an import sets, as JSON holds it."""
    return {name: None if (value := getattr(each, name)) is None else _plain(value) for name in KEPT}


def changed(each: PlannedRound, before: Mapping[str, Any]) -> list[str]:
    """Return which of the columns say something else than before."""
    return [name for name, value in values(each).items() if name in COLUMNS and value != before[name]]


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int | str) else str(value)


def _mark(each: PlannedRound) -> int:
    return crc32(dumps({**values(each), "version": each.version})) & 0x7FFFFFFF


def _fields(row: Row) -> RoundFields:
    """Return the round as a row says it. Raises UnfitError."""
    with in_chinese():
        kinds = {str(code): str(title) for code, title in Kind.choices}
    return RoundFields(
        title=wanted(row, "title", "名称", 100),
        kind=one_of(row, "kind", "类别", kinds),
        first_day=whole_day(row, "first_day", "开始"),
        last_day=whole_day(row, "last_day", "结束"),
        scope=wanted(row, "scope", "检查对象范围", 300),
        population=number(row, "population", "名录户数"),
        items=row["items"],
        undertaker=wanted(row, "undertaker", "承办机构", 80),
        share=_decimal(row, "share", "抽查比例", 100) if row["share"] else None,
        count=number(row, "count", "抽查户数") if row["count"] else None,
        visits_each=number(row, "visits_each", "每户次数", 1),
        days=_decimal(row, "days", "每次天数", 99) if row["days"] else Decimal("1.0"),
        officers=number(row, "officers", "每次人数", 2),
        by_lot=yes(row, "by_lot", "抽签产生") if row["by_lot"] else True,
        from_above=yes(row, "from_above", "上级部署"),
        secret=yes(row, "secret", "不事先公开"),
        basis=row["basis"],
        content=row["content"],
        method=fitting(row, "method", "检查方式", 100),
        departments=fitting(row, "departments", "联合部门", 200),
        remark=fitting(row, "remark", "备注", 200),
    )


def _decimal(row: Row, field: str, title: str, largest: int) -> Decimal:
    try:
        found = Decimal(row[field].removesuffix("%"))
    except InvalidOperation:
        found = Decimal(-1)
    if not found.is_finite() or not 0 <= found <= largest:
        raise UnfitError(f"{title}“{row[field]}”不是 0 到 {largest} 的数，未导入")
    return found


def compare(rows: Sequence[Row], aside: Sequence[Row]) -> Comparison:
    """Return which rounds are new, which the file has otherwise, and which cannot be planned and why."""
    held = Held()

    def judge(row: Row) -> Fate:
        each, before = held.round(row)
        if before is None:
            return ADDED, each.title, f"{each.plan}：{each.first_day} 至 {each.last_day}，{each.firms} 户"
        now = values(each)
        told = [
            f"{COLUMNS[name]}：{before[name] or '（空）'} → {now[name] or '（空）'}" for name in changed(each, before)
        ]
        if not told:
            return "", "", ""
        says = "；".join(told)
        return CHANGED, str(each), says

    return compared(rows, "检查轮次", judge, lambda row: row["title"] or row["code"])


def write(doing: Deed, rows: Sequence[Row]) -> list[Touched]:
    """Save the rounds, each with the plan's own event."""
    list(Plan.objects.select_for_update().filter(state=State.DRAFT).order_by("pk"))
    held, touched = Held(), []
    for row in rows:
        each, before = held.round(row)
        if before is None:
            each.number = next_number(each.plan.year)
            each.code = f"{each.plan.year}-{each.number:02d}"
        else:
            each.version += 1
        _save(doing, each, "plan.round_changed" if before else "plan.round_added")
        touched.append(Touched(str(each.pk), str(each), before, _mark(each)))
    return touched


def _save(doing: Deed, each: PlannedRound, act: str) -> None:
    doing.save(each)
    doing.record(act, each.plan.obj, {"title": str(each.plan), "round": each.code})


def restore(doing: Deed, touched: Sequence[Touched]) -> list[str]:
    """Take out what was brought in and put the values before back; what is no draft's any more, was changed or drawn since, stays."""
    rows = PlannedRound.objects.select_related("plan").select_for_update(of=("self",))
    found = {str(each.pk): each for each in rows.filter(pk__in=[row.key for row in touched])}
    left = []
    for row in touched:
        each = found.get(row.key)
        if each is None or each.plan.state != State.DRAFT or _mark(each) != row.version or _in_use(each):
            left.append(row.key)
        elif row.before is None:
            doing.delete(each)
            doing.record("plan.round_dropped", each.plan.obj, {"title": str(each.plan), "round": each.code})
        else:
            _put_back(each, row.before)
            _save(doing, each, "plan.round_changed")
    return left


def _in_use(each: PlannedRound) -> bool:
    return each.code in held_rounds(each.plan.year) or each.key_firms.exists()


def _put_back(each: PlannedRound, before: Mapping[str, Any]) -> None:
    for name in KEPT:
        value = before[name]
        if name in DAYS:
            value = date.fromisoformat(value)
        elif name in DECIMALS and value is not None:
            value = Decimal(value)
        setattr(each, name, value)
    each.version += 1


ROUNDS = ImportKind(
    code="rounds",
    title="计划轮次",
    table="rounds",
    columns=COLUMNS,
    key=key,
    compare=compare,
    write=write,
    restore=restore,
    roles=frozenset({CLERK, CHIEF}),
)
