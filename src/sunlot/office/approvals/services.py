"""Asking, granting, refusing, withdrawing. Who asks cannot decide; what is granted is done in the same transaction."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from sunlot.draw.canonical import dumps
from sunlot.office.accounts.models import User
from sunlot.office.accounts.queries import same_person
from sunlot.office.approvals.kinds import KINDS, Kind
from sunlot.office.approvals.models import Approval, State
from sunlot.office.journal.clock import moment
from sunlot.office.journal.services import Deed, deed
from sunlot.refusal import Refusal


def ask(user: User, kind: str, obj: str, title: str, payload: Mapping[str, Any], reason: str) -> Approval:
    """Return a new request in a deed of its own."""
    with deed(by=user.actor) as doing:
        return ask_within(doing, user, kind, obj, title, payload, reason)


def ask_within(
    doing: Deed, user: User, kind: str, obj: str, title: str, payload: Mapping[str, Any], reason: str
) -> Approval:
    """Return a new request as part of a deed. Raises Refusal without a reason, or while one like it waits for the same thing."""
    if not reason.strip():
        raise Refusal("reason_missing", "请写明理由，审批人要据此判断。")
    if Approval.objects.filter(kind=kind, obj=obj, state=State.PENDING).exists():
        raise Refusal("already_asked", f"“{title}”已有一份申请在等待审批；请等它办结，或先撤回。")
    approval = Approval(
        kind=KINDS[kind].code,
        obj=obj,
        title=title,
        payload=dumps(dict(payload)).decode(),
        reason=reason.strip(),
        asked_by=user,
        asked_at=moment(),
    )
    doing.save(approval)
    doing.record("approval.asked", obj, {"approval": approval.pk, "kind": kind, "title": _told(approval)})
    return approval


def grant(user: User, number: int, remark: str = "", checked: Collection[str] = ()) -> Approval:
    """Do what was asked for and return the request. `checked`: the lines of the kind's checklist that this person ticked.

    Raises Refusal when this person may not decide it, has not ticked every line, or it cannot be done any more.
    """
    with deed(by=user.actor) as doing:
        approval, kind = _to_decide(user, number)
        payload = json.loads(approval.payload)
        checks = kind.checks(payload)
        if open_lines := [text for code, text in checks.items() if code not in checked]:
            raise Refusal("checks_missing", "请逐项核对并勾选后再批准，还没有勾选：" + "；".join(open_lines) + "。")
        kind.carry_out(doing, payload, approval)
        _decide(doing, approval, user, State.GRANTED, remark, sorted(checks))
    return approval


def refuse(user: User, number: int, remark: str) -> Approval:
    """Turn a request down with a remark and return it."""
    if not remark.strip():
        raise Refusal("remark_missing", "退回时请写明意见，申请人要据此修改。")
    with deed(by=user.actor) as doing:
        approval, _ = _to_decide(user, number)
        _decide(doing, approval, user, State.REFUSED, remark)
    return approval


def withdraw(user: User, number: int) -> Approval:
    """Take one's own request back and return it."""
    with deed(by=user.actor) as doing:
        approval = _pending(number)
        if approval.asked_by_id != user.pk:
            raise Refusal("not_yours", "只有申请人本人可以撤回。")
        _decide(doing, approval, user, State.WITHDRAWN, "")
    return approval


def _pending(number: int) -> Approval:
    approval = Approval.objects.select_for_update().get(pk=number)
    if approval.state != State.PENDING:
        raise Refusal("already_decided", f"这份申请{approval.get_state_display()}，不能再次办理。")
    return approval


def _to_decide(user: User, number: int) -> tuple[Approval, Kind]:
    approval = _pending(number)
    kind = KINDS[approval.kind]
    if approval.asked_by_id == user.pk or same_person(approval.asked_by, user):
        raise Refusal("own_request", "申请人不能审批自己的申请，请由另一人办理。")
    if user.role not in kind.approvers:
        raise Refusal("not_an_approver", "您的岗位不审批这类申请。")
    return approval, kind


def _decide(
    doing: Deed, approval: Approval, user: User, state: State, remark: str, checked: Collection[str] = ()
) -> None:
    approval.state, approval.decided_by, approval.decided_at = state, user, moment()
    approval.remark = remark.strip()
    doing.save(approval)
    ticked = {"checked": list(checked)} if checked else {}
    doing.record(f"approval.{state.value}", approval.obj, {"approval": approval.pk, "title": _told(approval), **ticked})


def _told(approval: Approval) -> str:
    """Return what the public log calls a request: of a confidential one only its kind."""
    kind = KINDS[approval.kind]
    return kind.title if kind.confidential else approval.title
