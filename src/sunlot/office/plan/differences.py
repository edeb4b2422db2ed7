"""What one edition of a plan has that another has not: figures, rounds by their code, key firms."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from sunlot.office.approvals.kinds import Change
from sunlot.office.plan.models import Kind, Plan, PlannedRound
from sunlot.office.shell.listing import shown

FIGURES = ("organ", "officers", "days_each", "other", "non_enforcement", "reserve", "basis", "measures")
ROUND = (
    "title", "kind", "by_lot", "from_above", "first_day", "last_day", "scope", "population", "share", "count", "visits_each",
    "days", "officers", "items", "basis", "content", "method", "undertaker", "departments", "secret", "remark",
)  # fmt: skip
NAMED = 20  # key firms named one by one; more are counted


def differences(old: Plan | None, new: Plan) -> list[Change]:
    """Return what `new` changes in `old`, or the whole of it when there is none before it."""
    return [*_figures(old, new), *_rounds(old, new), *_key_list(old, new)]


def _figures(old: Plan | None, new: Plan) -> Iterator[Change]:
    for name in FIGURES:
        before, after = (_text(getattr(plan, name)) if plan else "" for plan in (old, new))
        if before != after:
            yield _title(new, name), before, after


def _rounds(old: Plan | None, new: Plan) -> Iterator[Change]:
    before = {each.code: each for each in old.rounds.all()} if old else {}
    after = {each.code: each for each in new.rounds.all()}
    for code in sorted(before.keys() | after.keys()):
        if code not in before:
            yield _("轮次 %s") % code, "", summary(after[code])
        elif code not in after:
            yield _("轮次 %s") % code, summary(before[code]), _("（删去）")
        else:
            yield from _fields(code, before[code], after[code])


def _fields(code: str, before: PlannedRound, after: PlannedRound) -> Iterator[Change]:
    for name in ROUND:
        was, now = (_round_text(each, name) for each in (before, after))
        if was != now:
            yield f"{code} {_title(after, name)}", was, now


def _key_list(old: Plan | None, new: Plan) -> Iterator[Change]:
    before = dict(old.key_list.values_list("firm", "name")) if old else {}
    after = dict(new.key_list.values_list("firm", "name"))
    if gone := [name for firm, name in sorted(before.items()) if firm not in after]:
        yield _("重点单位名单移出"), _names(gone), ""
    if come := [name for firm, name in sorted(after.items()) if firm not in before]:
        yield _("重点单位名单增加"), "", _names(come)


def summary(each: PlannedRound) -> str:
    """Return a round in one line."""
    window = f"{each.first_day} 至 {each.last_day}"
    secret = _("，不事先公开") if each.secret else ""
    return f"{each.title}（{Kind(each.kind).label}，{window}）：{each.reach}，{each.visits} 户次{secret}"


def _names(names: list[str]) -> str:
    more = _(" 等 %s 户") % len(names) if len(names) > NAMED else ""
    return "、".join(names[:NAMED]) + more


def _title(row: Model, name: str) -> str:
    return str(row._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _round_text(each: PlannedRound, name: str) -> str:
    return each.get_kind_display() if name == "kind" else _text(getattr(each, name))


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(f"{name} {days}" for name, days in value if days)
    return shown(value)
