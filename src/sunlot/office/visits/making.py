"""Making visits: those of a draw, one a drawn firm with its team; or one for a reason, which a second person approves."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from sunlot.office.accounts.models import User
from sunlot.office.catalog.models import ItemList
from sunlot.office.catalog.queries import list_in_force, plannable
from sunlot.office.inspectors.models import Role
from sunlot.office.journal.services import Deed, deed
from sunlot.office.lottery.models import Round
from sunlot.office.lottery.queries import drawn_list
from sunlot.office.lottery.register import folder_of
from sunlot.office.plan.models import PlannedRound
from sunlot.office.plan.queries import rounds_to_hold
from sunlot.office.roster.models import Firm
from sunlot.office.visits import joint, moment
from sunlot.office.visits.models import Officer, Origin, Part, Visit
from sunlot.office.visits.offsite import OFFSITE
from sunlot.office.visits.staff import Card, cards, refuse_unfit
from sunlot.office.visits.states import State, after, may
from sunlot.policy.vocabulary import VISIT_KINDS
from sunlot.refusal import Refusal

CHUNK = 200  # visits an event
KINDS = {"random": "random", "key": "key", "campaign": "campaign", "joint": "joint", "covert": "random"}


def make_visits(user: User, draw: str) -> int:
    """Return how many visits a draw brought: one a drawn firm with its team. Called again, it follows what was substituted since.

    Raises Refusal before the teams are drawn, for a void draw and for a rehearsal.
    """
    with deed(by=user.actor) as doing:
        row = Round.objects.select_for_update().filter(draw_id=draw).first()
        drawn = _drawn(draw, row)
        known = {visit.firm_id: visit for visit in Visit.objects.filter(draw=draw).prefetch_related("team")}
        new = [entry for entry in drawn if entry["id"] not in known]
        _follow(doing, known, {entry["id"]: entry for entry in drawn})
        if new:
            _make(doing, user, row, draw, new)
        elif known:
            doing.record("visit.followed", f"draw/{draw}", {"draw": draw})
    return len(new)


def follow_substitution(user: User, draw: str) -> None:
    """Bring visits that were made to a substitution that was just written. What stands in the way is said where visits are made."""
    if Visit.objects.filter(draw=draw).exists():
        with suppress(Refusal):
            make_visits(user, draw)


def _drawn(draw: str, row: Round | None) -> list[dict[str, Any]]:
    folder = folder_of(draw)
    folder.need("teams-outcome", "检查组还没有抽出，不能产生检查；请先完成检查组抽取。")
    if folder.void:
        raise Refusal("draw_void", f"抽取 {draw} 已经作废，不能据以检查。")
    if row is None:
        raise Refusal("no_round", f"抽取 {draw} 没有对应的抽查轮次。")
    if row.rehearsal:
        raise Refusal("rehearsal", "演练的抽取不产生检查。")
    drawn = drawn_list(folder)
    missing = {entry["id"] for entry in drawn} - set(Firm.objects.values_list("pk", flat=True))
    if missing:
        raise Refusal("no_such_firm", f"名录中没有 {'、'.join(sorted(missing))}；请先把这些单位补入名录。")
    return drawn


def _make(doing: Deed, user: User, row: Round | None, draw: str, entries: Sequence[Mapping[str, Any]]) -> None:
    assert row is not None
    item_list, items = checklist_for(_day(row.window_from), row.items.replace("、", " ").split())
    firms = Firm.objects.in_bulk([entry["id"] for entry in entries])
    people = cards({person for entry in entries for person in dict(entry["members"])}, _day(row.window_from))
    for start in range(0, len(entries), CHUNK):
        part = entries[start : start + CHUNK]
        for entry in part:
            visit = Visit(
                token=secrets.token_urlsafe(18),
                **_place(firms[entry["id"]]),
                origin=Origin.DRAW,
                kind=_kind_of(row),
                round=row,
                draw=draw,
                item_list=item_list,
                items=items,
                window_from=row.window_from,
                window_to=row.window_to,
                secret=row.secret,
                arranged_by=user,
            )
            _with_team(doing, visit, dict(entry["members"]), entry["leader"], people)
        doing.record("visit.made", f"draw/{draw}", {"draw": draw, "count": len(part)})


def _kind_of(row: Round) -> str:
    planned: PlannedRound | None = rounds_to_hold(row.year).filter(code=row.planned).first() if row.planned else None
    if planned is None:
        return "random"
    return "campaign_from_above" if planned.from_above else KINDS[planned.kind]


def _follow(doing: Deed, known: Mapping[str, Visit], drawn: Mapping[str, Mapping[str, Any]]) -> None:
    """Bring visits that exist to what the draw says now: firms that went, inspectors that were substituted."""
    for firm, visit in known.items():
        if firm not in drawn:
            if may(visit.state, "cancel"):
                visit.state, visit.version = after(visit.state, "cancel"), visit.version + 1
                doing.save(visit)
                doing.record("visit.cancelled", visit.obj, {}, {"reason": "已由候补替换"})
            continue
        team = {officer.inspector_id for officer in visit.team.all() if not officer.out}
        members = dict(drawn[firm]["members"])
        if team != members.keys() and visit.state not in (State.DONE, State.REFUSED, State.FAILED, State.CANCELLED):
            replace_team(doing, visit, members, drawn[firm]["leader"], "按抽取结果替换")


def replace_team(doing: Deed, visit: Visit, members: Iterable[str], leader: str, why: str) -> None:
    """Let the given inspectors go and nobody else; who no longer goes stays on the record as replaced."""
    wanted, rows = list(members), {officer.inspector_id: officer for officer in visit.team.all()}
    out = [row for row in rows.values() if not row.out and row.inspector_id not in wanted]
    for row in out:
        row.out, row.why = True, why
        doing.save(row)
    lead = leader if leader in wanted else wanted[0]
    people = cards(wanted, _day(visit.window_from))
    for person in wanted:
        officer = rows.get(person) or Officer(visit=visit, inspector_id=person)
        officer.part, officer.out = _part(people[person], person == lead), False
        officer.name, officer.certificate = people[person].name, people[person].certificate
        doing.save(officer)
    doing.record("visit.team", visit.obj, {"count": len(out)})


def checklist_for(day: date, numbers: Iterable[str] = ()) -> tuple[ItemList, str]:
    """Return the item list in force and the numbers to check, the must-check ones always among them; all, when none is named.

    Raises Refusal while no list is in force, and for an item that is not on it: what is not on the list must not be inspected.
    """
    found = list_in_force(day)
    if found is None:
        raise Refusal("no_list", f"{day} 没有施行中的随机抽查事项清单；未列入清单的事项不得检查，请先公布清单。")
    items = {item.number: item for item in plannable(day)}
    wanted = list(dict.fromkeys(numbers))
    if unknown := [number for number in wanted if number not in items]:
        raise Refusal(
            "not_on_the_list",
            f"事项 {'、'.join(unknown)} 不在{found}的启用事项中，不得检查；请改用清单上的事项编号。",
        )
    chosen = [number for number, item in items.items() if not wanted or number in wanted or item.mandatory]
    return found, "、".join(chosen)


@dataclass(frozen=True)
class Arrangement:
    """A visit for a reason. `team`: numbers of inspectors, the leader first; `source`: the paper it rests on."""

    firm: str
    origin: str
    kind: str
    reason: str
    source: str
    window_from: date
    window_to: date
    team: tuple[str, ...]
    items: tuple[str, ...] = ()
    secret: bool = False
    urgent: bool = False
    offsite: bool = False
    departments: tuple[joint.Department, ...] = ()


def arrange(doing: Deed, user: User, wanted: Arrangement) -> Visit:
    """Return a visit that did not come from a draw, made within a deed. Raises Refusal for what may not be inspected, when, or by whom."""
    firm = Firm.objects.filter(pk=wanted.firm, listed=True).first()
    if firm is None:
        raise Refusal("no_such_firm", f"名录中没有在册的 {wanted.firm}；请核对统一社会信用代码，或先把该单位加入名录。")
    if (
        wanted.kind not in VISIT_KINDS
        or wanted.kind == OFFSITE
        or wanted.origin not in Origin.values
        or wanted.origin == Origin.DRAW
    ):
        raise Refusal("no_such_kind", "请选择检查的来源和种类；抽取产生的检查由抽取结果生成。")
    if not wanted.reason.strip() or not wanted.source.strip():
        raise Refusal("reason_missing", "非抽取的检查请写明理由和来源文书（例如投诉编号、方案文号）。")
    if wanted.window_to < wanted.window_from:
        raise Refusal("ends_before_it_begins", f"检查期止 {wanted.window_to} 早于检查期起 {wanted.window_from}。")
    refuse_unfit(wanted.team, firm, wanted.window_from)
    item_list, items = checklist_for(_day(wanted.window_from), _wanted_items(wanted))
    visit = Visit(
        token=secrets.token_urlsafe(18),
        **_place(firm),
        origin=wanted.origin,
        kind=wanted.kind,
        reason=wanted.reason.strip(),
        source=wanted.source.strip(),
        item_list=item_list,
        items=items,
        window_from=wanted.window_from,
        window_to=wanted.window_to,
        secret=wanted.secret,
        urgent=wanted.urgent,
        offsite=wanted.offsite,
        arranged_by=user,
    )
    _with_team(doing, visit, wanted.team, wanted.team[0], cards(wanted.team, _day(wanted.window_from)))
    joint.write(doing, visit, wanted.departments)
    doing.record("visit.arranged", visit.obj, {})
    return visit


def _wanted_items(wanted: Arrangement) -> list[str]:
    """Return the numbers that are named, those of partner departments among them; none when all of the list are meant."""
    return [*wanted.items, *(item for one in wanted.departments for item in one.items)] if wanted.items else []


def _with_team(doing: Deed, visit: Visit, members: Iterable[str], leader: str, people: Mapping[str, Card]) -> None:
    doing.save(visit)
    for person in members:
        officer = Officer(visit=visit, inspector_id=person, part=_part(people[person], person == leader))
        officer.name, officer.certificate = people[person].name, people[person].certificate
        doing.save(officer)


def _part(card: Card, leads: bool) -> str:
    if card.role != Role.INSPECTOR:
        return card.role
    return (Part.LEADER if leads else Part.MEMBER).value


def _place(firm: Firm) -> dict[str, Any]:
    return {"firm": firm, "firm_name": firm.name, "firm_address": firm.address}


def _day(window_from: date) -> date:
    return max(moment.today(), window_from)
