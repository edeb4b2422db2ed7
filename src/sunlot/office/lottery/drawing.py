"""The result, and what may still happen to it: void with a second person, a reserve besides, opening after execution."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop as noop

from sunlot.documents.forms import forms
from sunlot.draw import deeds
from sunlot.draw.sources import describe
from sunlot.draw.state import Draw as DrawFolder
from sunlot.draw.voids import refuse_unseeded, unseeded_sources
from sunlot.office.accounts.models import User
from sunlot.office.accounts.queries import doer_of
from sunlot.office.accounts.roles import APPROVERS
from sunlot.office.approvals.kinds import Change, Kind
from sunlot.office.approvals.models import Approval, State
from sunlot.office.approvals.services import ask as ask_approval
from sunlot.office.journal import clock
from sunlot.office.journal.order import refuse_wrong_clock
from sunlot.office.journal.services import Deed
from sunlot.office.lottery import moment, rounds
from sunlot.office.lottery.announcing import finish
from sunlot.office.lottery.models import Round
from sunlot.office.lottery.progress import prefix_of
from sunlot.office.lottery.register import folder_of
from sunlot.refusal import Refusal


def run(user: User, name: str) -> DrawFolder:
    """Compute the open stage's result, once, and return the draw."""
    now = moment.now()
    refuse_wrong_clock(now)
    draw = deeds.run(folder_of(name), now, forms)
    finish(user.actor)
    return draw


def add(user: User, name: str, request: Mapping[str, Any]) -> tuple[str, str]:
    """Add the next reserve besides a firm that was tried in vain, and return for whom and who. `request` as draw.addition takes it."""
    now = moment.now()
    refuse_wrong_clock(now)
    draw = deeds.add(folder_of(name), request, now)
    finish(user.actor)
    record = draw.steps[-1].read_json("addition.json")
    return str(record["for"]), str(record["in"])


def ask_void(user: User, name: str, reason: str, missing: Sequence[int] = ()) -> Approval:
    """Ask a second person to void a draw. `missing`: numbers, from 1, of the notice's sources that never came.

    Raises DrawError once a source is known and the seed is not recorded: nobody voids what he could have computed.
    """
    _refuse_void(name, missing)
    payload = {"draw": name, "reason": reason, "missing": list(missing)}
    return ask_approval(user, VOID.code, f"draw/{name}", f"{prefix_of(name)}作废抽取 {name}", payload, reason)


def _refuse_void(name: str, missing: Sequence[int]) -> None:
    draw = folder_of(name)
    draw.refuse_if("void", "本次抽取已经作废。")
    refuse_unseeded(draw, missing, moment.now())


def never_came(name: str) -> list[tuple[int, str]]:
    """Return number and name of the sources of the open notice that should be known by now and are not recorded."""
    now = moment.now()
    sources = enumerate(unseeded_sources(folder_of(name)), 1)
    return [(number, describe(source)) for number, source in sources if source["known_at"] <= now]


def ask_opening(user: User, number: int, reason: str) -> Approval:
    """Ask a second person to open an unannounced round that has been carried out."""
    row = Round.objects.get(pk=number)
    if not row.secret or row.executed_at or not row.draw_id:
        raise Refusal("nothing_to_open", "只有尚未公开的暗查暗访抽取需要公开结果。")
    return ask_approval(user, OPEN.code, row.obj, f"公开暗查结果：{row.shown}", {"round": row.pk}, reason)


def _void(doing: Deed, payload: Mapping[str, Any], approval: Approval) -> None:
    """The void's step is written once the decision has been committed; settling.py makes up for a crash between the two."""
    name, reason = payload["draw"], payload["reason"]
    missing = payload.get("missing", [])
    _refuse_void(name, missing)
    asker = User.objects.get(pk=approval.asked_by_id)
    decider = doer_of(doing)

    doing.record("draw.void-approved", f"draw/{name}", {"draw": name})
    names, now = [asker.name, decider.name], moment.now()
    transaction.on_commit(lambda: write_void(name, reason, names, doing.by, now, missing))


def write_void(name: str, reason: str, approvers: list[str], by: str, at: str, missing: Sequence[int] = ()) -> None:
    """Write the step of a void that two persons have decided, with the time of their decision."""
    draw = folder_of(name)
    still = (
        missing if unseeded_sources(draw) else ()
    )  # the seed may have come while a crash kept the void from being written
    deeds.void(draw, reason, approvers, max(at, draw.steps[-1].record["at"]), still)
    finish(by)


def unwritten_voids() -> list[Approval]:
    """Return the granted voids whose step a crash has kept from being written."""
    granted = Approval.objects.filter(kind="lottery.void", state=State.GRANTED).select_related("asked_by", "decided_by")
    return [row for row in granted if not folder_of(row.obj.removeprefix("draw/")).void]


def _open(doing: Deed, payload: Mapping[str, Any], approval: Approval) -> None:
    row = rounds.take(payload["round"])
    if row.executed_at:
        raise Refusal("open_already", "这一轮已经公开。")
    open_within(doing, row)


def open_within(doing: Deed, row: Round) -> None:
    """Open an unannounced round that has been carried out, within a deed that holds it: its lists are public from now on."""
    rounds.move(doing, row, row.state, executed_at=clock.moment())
    doing.record("round.opened", row.obj, {"title": row.title, "draw": row.draw_id})


def _void_changes(payload: Mapping[str, Any]) -> Sequence[Change]:
    return [
        ("抽取", "有效", "作废（仍要计算并公布结果，让大家看到作废会放过谁）"),
        ("理由", "", str(payload["reason"])),
        *_missing_changes(payload),
    ]


def _missing_changes(payload: Mapping[str, Any]) -> list[Change]:
    names = dict(enumerate(map(describe, unseeded_sources(folder_of(payload["draw"]))), 1))
    told = "、".join(names[number] for number in payload.get("missing", []) if number in names)
    return [(noop("没有产生的来源（公众可以核对）"), "", told)] if told else []


def _open_changes(payload: Mapping[str, Any]) -> Sequence[Change]:
    row = Round.objects.get(pk=payload["round"])
    return [(row.title, "只有本组人员看到自己的任务", "全部名单和保密随机数公开，任何人可以重算")]


def _round_address(payload: Mapping[str, Any]) -> str:
    from django.urls import reverse

    return reverse("lottery:round", args=[payload["round"]])


def _draw_address(payload: Mapping[str, Any]) -> str:
    from django.urls import reverse

    return reverse("lottery:draw", args=[payload["draw"]])


VOID = Kind("lottery.void", "作废抽取", APPROVERS, _void, _void_changes, _draw_address)
OPEN = Kind("lottery.open", "公开暗查结果", APPROVERS, _open, _open_changes, _round_address)
