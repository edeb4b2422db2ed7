"""Substitution (替换) by the next reserve: one person asks with reason and evidence, another grants, then the draw's step is written.

Of an unannounced draw whoever asks is told nothing but that he has asked: the list stays closed to him, and every asking is an event.
Whether the one he names is drawn at all is judged when a second person grants.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop as noop

from sunlot.draw import deeds, substitution
from sunlot.draw.errors import DrawError
from sunlot.draw.state import Draw as DrawFolder
from sunlot.draw.substitution import FIRM_REASONS, INSPECTOR_REASONS
from sunlot.office.accounts.models import User
from sunlot.office.accounts.queries import doer_of
from sunlot.office.accounts.roles import APPROVERS
from sunlot.office.approvals.kinds import Change, Kind
from sunlot.office.approvals.models import Approval, State
from sunlot.office.approvals.queries import visible_to
from sunlot.office.approvals.services import ask as ask_approval
from sunlot.office.journal.order import refuse_wrong_clock
from sunlot.office.journal.services import Deed
from sunlot.office.lottery import moment
from sunlot.office.lottery.announcing import finish
from sunlot.office.lottery.models import Round
from sunlot.office.lottery.progress import hidden, prefix_of
from sunlot.office.lottery.register import folder_of
from sunlot.refusal import Refusal

FOLLOWERS: list[Callable[[User, str], None]] = []  # what apps to the right do once a draw's substitution is written

Request = Mapping[str, str]


def ask(user: User, name: str, request: Request) -> Approval:
    """Ask a second person to have the next reserve come in. `request`: out (id), reason, evidence, and for an inspector visit.

    Raises Refusal for what can be told without the list: no result yet, a reason that is none, no evidence. Of a draw that is open it
    raises DrawError too for one who is not drawn and when the reserves are used up.
    """
    asked = {key: request.get(key, "").strip() for key in ("out", "visit", "reason", "evidence")}
    closed = is_closed(name)
    _refuse_without_list(name, asked)
    earlier = _requests(name)
    alike = earlier.filter(state=State.PENDING)
    if any(_same(row, asked) for row in (alike.filter(asked_by=user) if closed else alike)):
        raise Refusal("already_asked", f"抽取 {name} 的这项替换已有一份申请在等待审批；请等它办结，或先撤回。")
    if not closed:
        substitution.decide(folder_of(name), {**asked, "by": user.name}, moment.now())
    number = earlier.count() + 1
    title = f"{prefix_of(name)}以候补替换：抽取 {name}，第 {number} 份申请"
    kind = SUBSTITUTE_CLOSED if closed else SUBSTITUTE
    return ask_approval(user, kind.code, f"{_obj(name)}{number}", title, {"draw": name, **asked}, asked["evidence"])


def is_closed(name: str) -> bool:
    """Return whether a draw's lists are closed: unannounced and not yet opened."""
    return hidden(Round.objects.filter(draw_id=name).first())


def waiting(user: User, name: str) -> list[Approval]:
    """Return the requests for substitution in a draw that wait for a decision, of those this person may see."""
    return list(visible_to(user).filter(obj__startswith=_obj(name), state=State.PENDING).order_by("pk"))


def asked_for(name: str, firm: str) -> Approval | None:
    """Return the request to substitute a firm, or somebody of its team, that waits for a decision."""
    rows = _requests(name).filter(state=State.PENDING)
    return next((row for row in rows if firm in _whom(json.loads(row.payload))), None)


def _refuse_without_list(name: str, asked: Request) -> None:
    """Raise Refusal for what is wrong whoever is drawn."""
    folder = folder_of(name)
    if folder.void:
        raise Refusal("draw_void", f"抽取 {name} 已经作废，不再替换。")
    if asked["visit"]:
        folder.need("teams-outcome", "检查组还没有抽取，不能替换人员。")
    folder.need("outcome", "还没有抽取结果，不能替换。")
    if not asked["evidence"]:
        raise DrawError("evidence_missing", "替换必须写明证明材料和经办人。")
    allowed = INSPECTOR_REASONS if asked["visit"] else FIRM_REASONS
    if asked["reason"] not in allowed:
        known = "、".join(f"{code}（{text}）" for code, text in allowed.items())
        raise DrawError("reason_unknown", f"替换理由只能是：{known}。")


def _grant(doing: Deed, payload: Mapping[str, Any], approval: Approval) -> None:
    """The step is written once the decision has been committed; settling.py makes up for a crash between the two."""
    name = str(payload["draw"])
    decider = doer_of(doing)
    request = _dressed(payload, approval.asked_by, decider)
    refuse_wrong_clock(moment.now())
    _refuse_without_list(name, request)
    substitution.decide(folder_of(name), request, moment.now())
    doing.record("draw.substitution-approved", f"draw/{name}", {"draw": name})
    transaction.on_commit(lambda: write(name, request, approval.asked_by, doing.by, moment.now()))


def write(name: str, request: Request, asker: User, by: str, at: str) -> None:
    """Write the step that two persons have decided, and let those who follow the draw do so."""
    folder = folder_of(name)
    deeds.substitute(folder, request, max(at, folder.steps[-1].record["at"]))
    finish(by)
    for follow in FOLLOWERS:
        follow(asker, name)


def write_unwritten(row: Approval, at: str) -> None:
    """Write the step of a granted request that a crash has kept from being written."""
    payload = json.loads(row.payload)
    assert row.decided_by is not None
    request = _dressed(payload, row.asked_by, row.decided_by)
    write(payload["draw"], request, row.asked_by, row.decided_by.actor, at)


def unwritten() -> list[Approval]:
    """Return the granted substitutions whose step a crash has kept from being written. Nobody goes out of the same place twice."""
    rows = Approval.objects.filter(kind__in=CODES, state=State.GRANTED).select_related("asked_by", "decided_by")
    written: dict[str, set[tuple[str, str]]] = {}
    found = []
    for row in rows.order_by("decided_at", "pk"):
        payload = json.loads(row.payload)
        name = payload["draw"]
        if name not in written:
            written[name] = _gone(folder_of(name))
        if _whom(payload) not in written[name]:
            found.append(row)
    return found


def _gone(folder: DrawFolder) -> set[tuple[str, str]]:
    records = [*substitution.substitutions(folder, "firm"), *substitution.substitutions(folder, "inspector")]
    return {_whom(record) for record in records}


def _whom(facts: Mapping[str, Any]) -> tuple[str, str]:
    return str(facts["out"]), str(facts["visit"])


def _same(row: Approval, asked: Request) -> bool:
    return _whom(json.loads(row.payload)) == _whom(asked)


def _dressed(payload: Mapping[str, Any], asker: User, decider: User) -> dict[str, str]:
    words = {key: str(payload[key]) for key in ("out", "visit", "reason", "evidence")}
    return {**words, "by": f"{asker.name}（申请）、{decider.name}（批准）"}


def _obj(name: str) -> str:
    return f"draw/{name}/substitution-"


def _requests(name: str) -> Any:
    return Approval.objects.filter(kind__in=CODES, obj__startswith=_obj(name)).order_by("pk")


def _changes(payload: Mapping[str, Any]) -> Sequence[Change]:
    """Whom the request names, by what was typed: whether he is drawn the page does not say."""
    reasons = {**FIRM_REASONS, **INSPECTOR_REASONS}
    where = [(noop("检查组（企业代码）"), "", str(payload["visit"]))] if payload["visit"] else []
    return [
        (noop("被替换的"), str(payload["out"]), "次序最前的候补（由抽取时固定，任何人不能挑选）"),
        *where,
        ("理由", "", reasons.get(str(payload["reason"]), str(payload["reason"]))),
        (noop("证明材料"), "", str(payload["evidence"])),
    ]


def _address(payload: Mapping[str, Any]) -> str:
    from django.urls import reverse

    return reverse("lottery:draw", args=[payload["draw"]])


SUBSTITUTE = Kind("lottery.substitute", "以候补替换", APPROVERS, _grant, _changes, _address)
SUBSTITUTE_CLOSED = Kind(
    "lottery.substitute-closed", "以候补替换（暗查）", APPROVERS, _grant, _changes, _address, confidential=True
)
CODES = (SUBSTITUTE.code, SUBSTITUTE_CLOSED.code)
