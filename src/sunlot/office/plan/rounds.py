"""Writing the rounds of a draft. A round that already has a draw stays as it was drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from sunlot.office.accounts.models import User
from sunlot.office.journal.services import Deed, deed
from sunlot.office.plan import known
from sunlot.office.plan.held import held_rounds
from sunlot.office.plan.items import codes_of, joined, must_be_listed
from sunlot.office.plan.models import Kind, Plan, PlannedRound
from sunlot.office.plan.services import draft_to_change
from sunlot.office.shell.forms import StaleEdit
from sunlot.refusal import Refusal


@dataclass(frozen=True)
class RoundFields:
    """A round as a form gives it; the fields are those of PlannedRound. Either `share` (percent) or `count` is given."""

    title: str
    kind: str
    first_day: date
    last_day: date
    scope: str
    population: int
    items: str
    undertaker: str
    share: Decimal | None = None
    count: int | None = None
    visits_each: int = 1
    days: Decimal = Decimal("1.0")
    officers: int = 2
    by_lot: bool = True
    from_above: bool = False
    secret: bool = False
    basis: str = ""
    content: str = ""
    method: str = ""
    departments: str = ""
    remark: str = ""


def add_round(user: User, number: int, fields: RoundFields) -> PlannedRound:
    """Return a new round of a draft. Raises Refusal or PlanError that says what cannot be."""
    with deed(by=user.actor) as doing:
        plan = draft_to_change(number)
        sequence = next_number(plan.year)
        each = PlannedRound(plan=plan, number=sequence, code=f"{plan.year}-{sequence:02d}")
        return _keep(doing, each, fields, "plan.round_added")


def change_round(user: User, pk: int, version: int, fields: RoundFields) -> PlannedRound:
    """Return the round with new fields. Raises StaleEdit when somebody was faster."""
    with deed(by=user.actor) as doing:
        each = _of_a_draft(pk)
        if each.version != version:
            raise StaleEdit(str(each))
        each.version += 1
        return _keep(doing, each, fields, "plan.round_changed")


def drop_round(user: User, pk: int) -> Plan:
    """Take a round out of a draft and return the plan; key firms in it stand on the list without a round again."""
    with deed(by=user.actor) as doing:
        each = _of_a_draft(pk)
        plan, code = each.plan, each.code
        for entry in each.key_firms.all():
            entry.round = None
            doing.save(entry)
        doing.delete(each)
        doing.record("plan.round_dropped", plan.obj, {"title": str(plan), "round": code})
    return plan


def next_number(year: int) -> int:
    """Return the number of the year's next round; one taken in any edition is not used again."""
    return 1 + max(PlannedRound.objects.filter(plan__year=year).values_list("number", flat=True), default=0)


def _of_a_draft(pk: int) -> PlannedRound:
    each = PlannedRound.objects.select_related("plan").get(pk=pk)
    each.plan = draft_to_change(each.plan_id)
    if each.code in held_rounds(each.plan.year):
        raise Refusal("round_held", f"轮次 {each.code} 已经公告或抽取，不能再改；如有变化，请另增一轮。")
    return each


def _keep(doing: Deed, each: PlannedRound, fields: RoundFields, act: str) -> PlannedRound:
    fill(each, fields)
    doing.save(each)
    doing.record(act, each.plan.obj, {"title": str(each.plan), "round": each.code})
    return each


def fill(each: PlannedRound, fields: RoundFields) -> None:
    """Give a round its fields; nothing is saved. Raises Refusal or PlanError that says what cannot be."""
    for name, value in _completed(each.plan.year, fields).items():
        setattr(each, name, value)
    _must_be_possible(each)


def _completed(year: int, fields: RoundFields) -> Mapping[str, Any]:
    """Return the fields; what was left empty about the items is taken from the list."""
    items = known.plannable_items(year, timezone.localdate())
    found = dict(vars(fields))
    found["items"] = must_be_listed(fields.items, items)
    for part in ("basis", "content", "method"):
        found[part] = getattr(fields, part).strip() or joined(codes_of(found["items"]), items, part)
    found["item_names"] = "；".join(f"{code} {items[code].name}" for code in codes_of(found["items"]) if code in items)
    found["method"] = found["method"][:100]
    found["days"] = Decimal(fields.days).quantize(Decimal("0.1"))
    found["share"] = None if fields.share is None else Decimal(fields.share).quantize(Decimal("0.01"))
    return found


def _must_be_possible(each: PlannedRound) -> None:
    if (each.share is None) == (each.count is None):
        raise Refusal("share_or_count", "抽查比例和抽查户数请填写其中一项，且只填一项。")
    if each.last_day < each.first_day:
        raise Refusal("window_backwards", f"结束日期 {each.last_day} 早于开始日期 {each.first_day}。")
    if each.kind == Kind.JOINT and not each.departments.strip():
        raise Refusal("departments_missing", "联合检查请写明参加的部门。")
    if each.kind == Kind.COVERT and not each.secret:
        raise Refusal("covert_is_secret", "暗查暗访不得事先公开，请勾选“不事先公开”。")
    if not each.visits_each:
        raise Refusal("no_visits", "每户次数至少为 1。")
    if each.group.firms == 0:
        raise Refusal("nobody_visited", f"“{each.title}”按所填比例或户数一户也不检查。")
