"""Declaring recusals (回避声明) and taking them back: each step is a new version, in force only when the approver has granted it."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from sunlot.office.accounts.models import User
from sunlot.office.approvals.models import Approval, State
from sunlot.office.approvals.services import ask_within
from sunlot.office.inspectors.models import Inspector, Recusal, Step
from sunlot.office.inspectors.queries import inspector_of
from sunlot.office.journal.services import Deed, deed
from sunlot.refusal import Refusal

KIND = "inspectors.recusal"
TITLE = {False: "回避声明", True: "撤销回避声明"}
REASON = "内容仅申报人和审批人可见"  # a request's reason may be read by others than its content


def declare(user: User, day: date, firm_id: str, firm_name: str, ground: str, detail: str) -> Recusal:
    """Return a new declaration that waits for approval. Raises Refusal for who is no inspector, and for a firm declared already."""
    person = _who(user)
    with deed(by=user.actor) as doing:
        Inspector.objects.select_for_update().get(pk=person.pk)
        if declared(person, firm_id):
            raise Refusal("already_declared", f"您已对 {firm_name or firm_id} 申报过回避；如有变化，请在那一份上修改。")
        row = Recusal(inspector=person, firm_id=firm_id, firm_name=firm_name, ground=ground, detail=detail)
        row.declaration, row.declared_on = secrets.token_hex(6), day
        _propose(doing, user, row)
    return row


def revise(user: User, number: int, day: date, ground: str, detail: str) -> Recusal:
    """Return the next version of one's own declaration in other words. Raises Refusal."""
    with deed(by=user.actor) as doing:
        row = _next(user, number)
        row.ground, row.detail, row.declared_on = ground, detail, day
        _propose(doing, user, row)
    return row


def withdraw(user: User, number: int, day: date, why: str) -> Recusal:
    """Return the version that takes one's own declaration back; until it is granted the recusal holds. Raises Refusal."""
    if not why.strip():
        raise Refusal("reason_missing", "请写明为什么不再需要回避，审批人要据此判断。")
    with deed(by=user.actor) as doing:
        row = _next(user, number)
        row.detail, row.declared_on, row.withdraws = why.strip(), day, True
        _propose(doing, user, row)
    return row


def declared(person: Inspector, firm_id: str) -> bool:
    """Return whether this person's recusal from the firm is in force or waits for approval."""
    rows = Recusal.objects.filter(inspector=person, firm_id=firm_id)
    waiting = rows.filter(step=Step.PROPOSED, approval__state=State.PENDING)
    return rows.filter(step=Step.IN_FORCE, withdraws=False).exists() or waiting.exists()


def propose_many(doing: Deed, user: User, rows: Sequence[Recusal]) -> Approval:
    """Return one request for many new declarations, entered for others from a file, as part of a deed."""
    for row in rows:
        row.declaration = secrets.token_hex(6)
    obj = f"recusal/import-{secrets.token_hex(6)}"
    approval = ask_within(doing, user, KIND, obj, f"导入回避声明 {len(rows)} 份", _payload(rows), REASON)
    for row in rows:
        row.approval = approval
        doing.save(row)
    doing.record("recusal.imported", obj, {"count": len(rows)})
    return approval


def carry_out(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    """Put the declared versions in force; the versions before them end."""
    for row in proposed(payload).filter(step=Step.PROPOSED):
        for before in Recusal.objects.filter(declaration=row.declaration, step=Step.IN_FORCE):
            before.step = Step.ENDED
            doing.save(before)
        row.step = Step.IN_FORCE
        doing.save(row)
        doing.record("recusal.settled", _obj(row), {"declaration": row.declaration, "version": row.version})


def proposed(payload: Mapping[str, Any]) -> QuerySet[Recusal]:
    """Return the versions that a request is about."""
    rows = Recusal.objects.filter(declaration__in=payload["declarations"], version=payload["version"])
    return rows.select_related("inspector", "approval").order_by("inspector_id", "pk")


def _propose(doing: Deed, user: User, row: Recusal) -> None:
    row.approval = ask_within(doing, user, KIND, _obj(row), TITLE[row.withdraws], _payload([row]), REASON)
    doing.save(row)
    doing.record("recusal.declared", _obj(row), {"declaration": row.declaration, "version": row.version})


def _payload(rows: Sequence[Recusal]) -> dict[str, Any]:
    return {"declarations": [row.declaration for row in rows], "version": rows[0].version}


def _obj(row: Recusal) -> str:
    return f"recusal/{row.declaration}"


def _who(user: User) -> Inspector:
    person = inspector_of(user)
    if person is None:
        raise Refusal("nobody", "您的账号没有关联检查人员编号，请联系系统管理员补填后再申报。")
    return person


def _next(user: User, number: int) -> Recusal:
    """Return a copy of a version in force as the next one, not yet saved."""
    row = Recusal.objects.select_for_update().get(pk=number)
    if row.inspector_id != _who(user).pk:
        raise Refusal("not_yours", "只能修改或撤销本人的回避声明。")
    if row.step != Step.IN_FORCE or row.withdraws:
        raise Refusal("not_in_force", "这一版不是有效的声明，不能修改或撤销；请从“我的回避声明”里选有效的那一版。")
    last = Recusal.objects.filter(declaration=row.declaration).order_by("-version").values_list("version", flat=True)
    row.pk, row.version, row.step = None, last[0] + 1, Step.PROPOSED
    row._state.adding = True
    return row
