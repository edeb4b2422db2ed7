"""The result, and what may still happen to it: void with a second person, substitution by the next reserve, opening after execution."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from sunlot.documents.forms import forms
from sunlot.draw import deeds
from sunlot.draw.state import Draw as DrawFolder
from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import APPROVERS
from sunlot.office.approvals.kinds import Change, Kind
from sunlot.office.approvals.models import Approval, State
from sunlot.office.approvals.services import ask as ask_approval
from sunlot.office.journal.services import Deed
from sunlot.office.lottery import moment, rounds
from sunlot.office.lottery.announcing import finish, refuse_wrong_clock
from sunlot.office.lottery.models import Round
from sunlot.office.lottery.register import folder_of
from sunlot.refusal import Refusal


def run(user: User, name: str) -> DrawFolder:
    """Compute the open stage's result, once, and return the draw."""
    now = moment.now()
    refuse_wrong_clock(now)
    draw = deeds.run(folder_of(name), now, forms)
    finish(user.actor)
    return draw


def substitute(user: User, name: str, request: Mapping[str, str]) -> tuple[str, str]:
    """Replace a firm or an inspector by the next reserve and return who goes and who comes."""
    draw = deeds.substitute(folder_of(name), {**request, "by": user.name}, moment.now())
    finish(user.actor)
    record = draw.steps[-1].read_json("substitution.json")
    return str(record["out"]), str(record["in"])


def ask_void(user: User, name: str, reason: str) -> Approval:
    """Ask a second person to void a draw."""
    folder_of(name).refuse_if("void", "本次抽取已经作废。")
    return ask_approval(user, VOID.code, f"draw/{name}", f"作废抽取 {name}", {"draw": name, "reason": reason}, reason)


def ask_opening(user: User, number: int, reason: str) -> Approval:
    """Ask a second person to open an unannounced round that has been carried out."""
    row = Round.objects.get(pk=number)
    if not row.secret or row.executed_at or not row.draw_id:
        raise Refusal("nothing_to_open", "只有尚未公开的暗查暗访抽取需要公开结果。")
    return ask_approval(user, OPEN.code, row.obj, f"公开暗查结果：{row.title}", {"round": row.pk}, reason)


def _void(doing: Deed, payload: Mapping[str, Any], approval: Approval) -> None:
    """The void's step is written once the decision has been committed; settling.py makes up for a crash between the two."""
    name, reason = payload["draw"], payload["reason"]
    folder_of(name).refuse_if("void", "本次抽取已经作废。")
    asker = User.objects.get(pk=approval.asked_by_id)
    decider = User.objects.get(pk=int(doing.by.removeprefix("u/")))

    doing.record("draw.void-approved", f"draw/{name}", {"draw": name})
    transaction.on_commit(lambda: write_void(name, reason, [asker.name, decider.name], doing.by))


def write_void(name: str, reason: str, approvers: list[str], by: str) -> None:
    """Write the step of a void that two persons have decided."""
    deeds.void(folder_of(name), reason, approvers, moment.now())
    finish(by)


def unwritten_voids() -> list[Approval]:
    """Return the granted voids whose step a crash has kept from being written."""
    granted = Approval.objects.filter(kind="lottery.void", state=State.GRANTED).select_related("asked_by", "decided_by")
    return [row for row in granted if not folder_of(row.obj.removeprefix("draw/")).void]


def _open(doing: Deed, payload: Mapping[str, Any], approval: Approval) -> None:
    row = rounds.take(payload["round"])
    if row.executed_at:
        raise Refusal("open_already", "这一轮已经公开。")
    rounds.move(doing, row, row.state, executed_at=datetime.now(UTC))
    doing.record("round.opened", row.obj, {"title": row.title, "draw": row.draw_id})


def _void_changes(payload: Mapping[str, Any]) -> Sequence[Change]:
    return [
        ("抽取", "有效", "作废（仍要计算并公布结果，让大家看到作废会放过谁）"),
        ("理由", "", str(payload["reason"])),
    ]


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
