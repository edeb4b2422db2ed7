"""The list of key firms as a kind of import: rows go into the draft of their year, firms that the roster does not know are named row by row."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from zlib import crc32

from django.utils import timezone
from django.utils.translation import gettext_noop as noop

from sunlot.draw.canonical import dumps
from sunlot.intake.cells import tidy
from sunlot.office.accounts.roles import CHIEF, CLERK
from sunlot.office.imports.kinds import (
    ADDED,
    CHANGED,
    PASSED_OVER,
    Change,
    Comparison,
    Difference,
    ImportKind,
    Row,
    Touched,
)
from sunlot.office.journal.services import Deed
from sunlot.office.plan import known
from sunlot.office.plan.known import FirmFact
from sunlot.office.plan.models import KeyListEntry, Kind, Plan, PlannedRound
from sunlot.office.plan.states import State

COLUMNS = {
    "firm_id": "统一社会信用代码",
    "firm_name": "单位名称",
    "key_class": "列入情形",
    "reason": "列入理由",
    "round": "检查轮次",
    "year": noop("计划年度"),
}
NONE = ("未列入", "无", "暂不列入")  # a round that is none
KEPT = ("name", "key_class", "reason", "round_id")  # what an import sets, and puts back
LONGEST = 60  # of the key under which an import speaks of a row


class Unfit(Exception):
    """Why a row cannot be taken in, as the row's report says it."""


@dataclass
class Draft:
    """A plan that still can be changed, with what its rows are held against."""

    plan: Plan
    classes: Mapping[str, str] = field(init=False)
    rounds: Mapping[str, PlannedRound] = field(init=False)
    listed: dict[str, KeyListEntry] = field(init=False)

    def __post_init__(self) -> None:
        self.classes = known.policy_for(self.plan.year, timezone.localdate()).labels("plan.key_classes")
        each = [(name, round_) for round_ in self.plan.rounds.filter(kind=Kind.KEY) for name in _names(round_)]
        self.rounds = dict(each)
        self.listed = {entry.firm: entry for entry in self.plan.key_list.select_related("round")}

    def class_of(self, text: str) -> str:
        """Return the code of a class written as its code, its label, or the beginning of just one label."""
        found = [code for code, label in self.classes.items() if text in (code, label)]
        found = found or [code for code, label in self.classes.items() if text and label.startswith(text)]
        if len(found) != 1:
            why = f"列入情形“{text}”不在政策规则的分类中" if text else "没有写列入情形"
            raise Unfit(f"{why}，未列入；可填：{'；'.join(self.classes.values())}")
        return found[0]

    def round_of(self, text: str) -> PlannedRound | None:
        """Return the key round written as its code, its title or both."""
        if not text or text in NONE:
            return None
        if text not in self.rounds:
            known_ones = (
                "、".join(sorted({str(each) for each in self.rounds.values()})) or "（本计划还没有重点检查轮次）"
            )
            raise Unfit(f"检查轮次“{text}”不是本计划的重点检查轮次，未列入；可填：{known_ones}")
        return self.rounds[text]


class Held:
    """What rows are held against: the drafts there are, and the firms on the roster that the rows name."""

    def __init__(self, rows: Sequence[Row], plans: Sequence[Plan]) -> None:
        self.rows = rows
        self.drafts = {plan.year: Draft(plan) for plan in plans}

    @cached_property
    def firms(self) -> Mapping[str, FirmFact]:
        return known.firms({row["firm_id"] for row in self.rows if row["firm_id"]})

    @cached_property
    def named(self) -> Mapping[str, list[FirmFact]]:
        return known.firms_named({row["firm_name"] for row in self.rows if not row["firm_id"]})

    @cached_property
    def has_roster(self) -> bool:
        return known.has_roster()

    def entry(self, row: Row) -> tuple[KeyListEntry, dict[str, Any] | None]:
        """Return the entry as the row would have it, not saved, and its values as they are, None for a new one. Raises Unfit."""
        draft, firm = self._draft(row["year"]), self._firm(row)
        entry = draft.listed.get(firm.id)
        before = _values(entry) if entry else None
        entry = entry or KeyListEntry(plan=draft.plan, firm=firm.id)
        entry.name = firm.name
        if row["key_class"] or not before:
            entry.key_class = draft.class_of(row["key_class"])
        if row["reason"] and row["reason"] != tidy(entry.reason):
            entry.reason = _short(row["reason"])
        if row["round"]:
            entry.round = draft.round_of(row["round"])
        return entry, before

    def _draft(self, text: str) -> Draft:
        year = re.search(r"20\d\d", text)
        if text and not year:
            raise Unfit(f"计划年度“{text}”不是年份，未列入；应如 2027")
        if not text and len(self.drafts) == 1:
            return next(iter(self.drafts.values()))
        drafts = "、".join(f"{each}" for each in sorted(self.drafts)) or "没有"
        if not year:
            raise Unfit(f"没有写计划年度，未列入；正在起草或修订的计划：{drafts}")
        if int(year[0]) not in self.drafts:
            raise Unfit(f"{year[0]} 年没有正在起草或修订的计划，未列入；正在起草或修订的：{drafts}")
        return self.drafts[int(year[0])]

    def _firm(self, row: Row) -> FirmFact:
        code, name = row["firm_id"], row["firm_name"]
        if code in self.firms:
            return self.firms[code]
        if code and name and not self.has_roster:
            return FirmFact(code, name)
        if code:
            raise Unfit(f"名录中没有 {code} {name}，未列入；请核对代码，或先把该单位补入名录".replace("  ", " "))
        found = self.named.get(name, [])
        if len(found) != 1:
            how_many = f"有 {len(found)} 户同名" if found else "没有这个名称"
            raise Unfit(f"没有写代码，名录中{how_many}：{name}，未列入；请补填统一社会信用代码")
        return found[0]


def _names(round_: PlannedRound) -> tuple[str, ...]:
    return round_.code, round_.title, str(round_)


def _short(text: str) -> str:
    longest = KeyListEntry._meta.get_field("reason").max_length or 0
    if len(text) > longest:
        raise Unfit(f"列入理由有 {len(text)} 字，最多 {longest} 字，未列入")
    return text


def _values(entry: KeyListEntry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in KEPT}


def _mark(entry: KeyListEntry) -> int:
    """Return a number that tells whether an entry is still as it was written; entries have no versions."""
    return crc32(dumps(_values(entry))) & 0x7FFFFFFF


def key(row: Row) -> str:
    """Return the year and the firm's code or name."""
    text = f"{row['year']} {row['firm_id'] or row['firm_name']}".strip()
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 9]}#{crc32(text.encode()):08x}"


def compare(rows: Sequence[Row], aside: Sequence[Row]) -> Comparison:
    """Return which firms would be listed or listed otherwise, and which cannot be. An empty cell changes nothing of an entry."""
    held = Held(rows, list(Plan.objects.filter(state=State.DRAFT)))
    differences, unchanged, taken = list[Difference](), list[str](), set[tuple[int, str]]()
    for row in rows:
        name = row["firm_name"] or row["firm_id"]
        try:
            entry, before = held.entry(row)
            if (entry.plan_id, entry.firm) in taken:
                raise Unfit(f"{entry.name} 在文件中既写了代码又只写了名称，列了两次；只列入其中一行")
            taken.add((entry.plan_id, entry.firm))
        except Unfit as why:
            differences.append(Difference(key(row), name, PASSED_OVER, (("未列入", "", str(why)),)))
            continue
        if changes := _changes(held, entry, before):
            differences.append(Difference(key(row), entry.name, CHANGED if before else ADDED, changes))
        else:
            unchanged.append(key(row))
    return Comparison(tuple(differences), tuple(unchanged))


def _changes(held: Held, entry: KeyListEntry, before: dict[str, Any] | None) -> tuple[Change, ...]:
    draft = held.drafts[entry.plan.year]
    titles = {each.pk: str(each) for each in draft.rounds.values()}
    old = before or dict.fromkeys(KEPT, "")
    shown = (
        ("单位名称", old["name"], entry.name),
        (
            "列入情形",
            draft.classes.get(old["key_class"], old["key_class"]),
            draft.classes.get(entry.key_class, entry.key_class),
        ),
        ("列入理由", old["reason"], entry.reason),
        ("检查轮次", titles.get(old["round_id"], ""), titles.get(entry.round_id or 0, "")),
    )
    plan = () if before else (("计划", "", str(entry.plan)),)
    return (*plan, *((title, was, now) for title, was, now in shown if was != now))


def write(doing: Deed, rows: Sequence[Row]) -> list[Touched]:
    """Save the entries; the plan's own events tell how many are new."""
    held = Held(rows, list(Plan.objects.select_for_update().filter(state=State.DRAFT).order_by("pk")))
    wanted = [held.entry(row) for row in rows]
    for draft in held.drafts.values():
        new = [entry for entry, before in wanted if before is None and entry.plan_id == draft.plan.pk]
        for entry in new:
            doing.save(entry)
        if new:
            doing.record("plan.key_listed", draft.plan.obj, {"title": str(draft.plan), "firms": len(new)})
    for entry, before in wanted:
        if before is not None:
            doing.save(entry)
    return [Touched(str(entry.pk), entry.name, before, _mark(entry)) for entry, before in wanted]


def restore(doing: Deed, touched: Sequence[Touched]) -> list[str]:
    """Take off what was brought in and put the values before back; what is no longer a draft's, or was changed since, stays."""
    rows = KeyListEntry.objects.select_related("plan").select_for_update(of=("self",))
    entries = {str(entry.pk): entry for entry in rows.filter(pk__in=[row.key for row in touched])}
    rounds = set(PlannedRound.objects.filter(plan__state=State.DRAFT).values_list("pk", flat=True))
    left = []
    for row in touched:
        entry = entries.get(row.key)
        gone = entry is None or entry.plan.state != State.DRAFT or _mark(entry) != row.version
        if entry is None or gone or (row.before and row.before["round_id"] not in {None, *rounds}):
            left.append(row.key)
        elif row.before is None:
            doing.delete(entry)
        else:
            for name in KEPT:
                setattr(entry, name, row.before[name])
            doing.save(entry)
    return left


KEY_LIST = ImportKind(
    code="key_list",
    title="重点单位名单",
    table="key_list",
    columns=COLUMNS,
    key=key,
    compare=compare,
    write=write,
    restore=restore,
    roles=frozenset({CLERK, CHIEF}),
)
