"""Writing the list of key firms (重点单位名单) of a draft."""

from collections.abc import Iterable, Mapping, Sequence

from sunlot.office.accounts.models import User
from sunlot.office.journal.services import Deed, deed
from sunlot.office.plan import known
from sunlot.office.plan.known import FirmFact
from sunlot.office.plan.models import KeyListEntry, Plan, PlannedRound
from sunlot.office.plan.services import draft_to_change
from sunlot.refusal import Refusal

CHUNK = 500


def add_firms(
    user: User, number: int, lines: Sequence[tuple[str, str]], key_class: str, reason: str, round_id: int | None
) -> int:
    """Return how many firms were added; those listed already stay. `lines`: identifier and name; with a roster its name stands.

    Raises Refusal that names every line the roster does not know.
    """
    with deed(by=user.actor) as doing:
        plan = draft_to_change(number)
        found = _known(lines)
        return _add(doing, plan, found, key_class, reason.strip(), _round(plan, round_id))


def add_from_roster(user: User, number: int, key_class: str, round_id: int | None) -> int:
    """Return how many of the firms that the roster marks as key units were added."""
    with deed(by=user.actor) as doing:
        plan = draft_to_change(number)
        return _add(doing, plan, known.key_firms(), key_class, "名录标记为重点单位", _round(plan, round_id))


def take_off(user: User, number: int, entries: Iterable[int]) -> int:
    """Return how many entries were taken off the list of a draft."""
    with deed(by=user.actor) as doing:
        plan = draft_to_change(number)
        rows = list(plan.key_list.filter(pk__in=list(entries)).order_by("pk"))
        for start in range(0, len(rows), CHUNK):
            part = rows[start : start + CHUNK]
            for row in part:
                doing.delete(row)
            doing.record("plan.key_unlisted", plan.obj, {"title": str(plan), "firms": len(part)})
    return len(rows)


def place(user: User, number: int, entries: Iterable[int], round_id: int) -> int:
    """Return how many entries were placed in a round of the same draft."""
    with deed(by=user.actor) as doing:
        plan = draft_to_change(number)
        round_ = _round(plan, round_id)
        rows = list(plan.key_list.filter(pk__in=list(entries)).order_by("pk"))
        for start in range(0, len(rows), CHUNK):
            part = rows[start : start + CHUNK]
            for row in part:
                row.round = round_
                doing.save(row)
            code = round_.code if round_ else ""
            doing.record("plan.key_placed", plan.obj, {"title": str(plan), "firms": len(part), "round": code})
    return len(rows)


def _known(lines: Sequence[tuple[str, str]]) -> list[FirmFact]:
    if not known.has_roster():
        if nameless := [firm for firm, name in lines if not name]:
            raise Refusal("name_missing", f"名录中还没有企业，请在编号后写上单位名称：{'、'.join(nameless[:10])}。")
        return [FirmFact(firm, name) for firm, name in lines]
    found: Mapping[str, FirmFact] = known.firms(firm for firm, _ in lines)
    if missing := [firm for firm, _ in lines if firm not in found]:
        more = f" 等 {len(missing)} 户" if len(missing) > 10 else ""
        raise Refusal("firm_unknown", f"名录中没有：{'、'.join(missing[:10])}{more}。请核对编号，或先补入名录。")
    return [found[firm] for firm, _ in lines]


def _add(
    doing: Deed, plan: Plan, firms: Sequence[FirmFact], key_class: str, reason: str, round_: PlannedRound | None
) -> int:
    listed = set(plan.key_list.values_list("firm", flat=True))
    new = [firm for firm in {firm.id: firm for firm in firms}.values() if firm.id not in listed]
    for start in range(0, len(new), CHUNK):
        part = new[start : start + CHUNK]
        for firm in part:
            doing.save(
                KeyListEntry(plan=plan, firm=firm.id, name=firm.name, key_class=key_class, reason=reason, round=round_)
            )
        doing.record("plan.key_listed", plan.obj, {"title": str(plan), "firms": len(part)})
    return len(new)


def _round(plan: Plan, round_id: int | None) -> PlannedRound | None:
    if not round_id:
        return None
    round_ = plan.rounds.filter(pk=round_id).first()
    if round_ is None:
        raise Refusal("no_such_round", "这个轮次不在本计划中，请重新选择。")
    return round_
