"""法制审核 (行政处罚法第58条): before the notice, and once more after a hearing; and who is qualified for it."""

from datetime import date
from typing import Any

from sunlot.office.accounts.models import User
from sunlot.office.accounts.queries import doer_of, same_person
from sunlot.office.accounts.roles import ADMINISTRATORS
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.services import ask
from sunlot.office.cases.models import Case, Ground, ReviewerQualification
from sunlot.office.cases.people import qualified, refuse_reviewer
from sunlot.office.cases.writing import locked, need, take_step
from sunlot.office.journal.clock import moment
from sunlot.office.journal.services import Deed, deed
from sunlot.office.visits.moment import today
from sunlot.refusal import Refusal

QUALIFY = "cases.reviewer"
BEFORE = date(2018, 1, 1)  # 行政处罚法（2017年修正）第38条第3款 came into force


def review(user: User, number: int, passed: bool, opinion: str) -> Case:
    """Return the case after its legal review. Raises Refusal for a reviewer who may not review it, or without an opinion."""
    act = "pass_review" if passed else "fail_review"
    with deed(by=user.actor) as doing:
        case = locked(number)
        refuse_reviewer(user, case, today())
        if passed:
            case.reviewed_at, case.reviewed_by = moment(), user
        take_step(doing, case, act, user, text=need(opinion, act, "审核意见"))
    return case


def ask_to_qualify(user: User, account: int, ground: str, certificate: str, valid_from: date, reason: str) -> Approval:
    """Ask a second person to enter somebody as a reviewer. Raises Refusal for what cannot be."""
    holder = User.objects.filter(pk=account, is_active=True).first()
    if holder is None or holder.role in ADMINISTRATORS:
        raise Refusal("no_such_account", "请选择一个在用的业务账号；三员不作法制审核。")
    refuse_wrong(ground, certificate, valid_from)
    if qualified(today()).filter(user=holder).exists():
        raise Refusal("qualified_already", f"{holder.name} 已有有效的法制审核资格。")
    payload = {
        "act": "add",
        "user": holder.pk,
        "ground": ground,
        "certificate": certificate.strip(),
        "valid_from": valid_from.isoformat(),
    }
    return ask(user, QUALIFY, f"u/{holder.pk}", f"登记法制审核资格（账号 {holder.username}）", payload, reason)


def refuse_wrong(ground: str, certificate: str, valid_from: date) -> None:
    """Raise Refusal for a qualification that the law does not know."""
    if ground not in Ground.values:
        raise Refusal("no_such_ground", f"没有资格依据 {ground}；可选：{'、'.join(map(str, Ground.labels))}。")
    if not certificate.strip():
        raise Refusal("certificate_missing", "请填写法律职业资格证书编号；2018年前已从事的填写证明文件的文号。")
    if valid_from > today():
        raise Refusal("day_ahead", f"起始日期 {valid_from} 在今天之后；请在取得资格之后登记。")
    if ground == Ground.BEFORE and valid_from >= BEFORE:
        raise Refusal("began_later", f"{BEFORE} 起初次从事法制审核的，须取得法律职业资格；起始日期 {valid_from} 不符。")


def ask_to_end(user: User, number: int, reason: str) -> Approval:
    """Ask a second person to end a qualification."""
    row = ReviewerQualification.objects.select_related("user").get(pk=number)
    if row.revoked_on:
        raise Refusal("ended_already", f"这一资格已于 {row.revoked_on} 停用。")
    payload = {"act": "end", "qualification": row.pk}
    return ask(user, QUALIFY, f"u/{row.user_id}", f"停用法制审核资格（账号 {row.user.username}）", payload, reason)


def carry_out(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    """Enter or end a qualification within the approver's deed; nobody approves his own."""
    approver = doer_of(doing)
    if payload["act"] == "end":
        row = ReviewerQualification.objects.select_for_update().select_related("user").get(pk=payload["qualification"])
        if row.revoked_on:
            raise Refusal("ended_already", f"这一资格已于 {row.revoked_on} 停用。")
        row.revoked_on, row.why = today(), approval.reason[:200]
    else:
        row = ReviewerQualification(
            user=User.objects.get(pk=payload["user"]),
            ground=payload["ground"],
            certificate=payload["certificate"],
            valid_from=date.fromisoformat(payload["valid_from"]),
        )
    if same_person(approver, row.user):
        raise Refusal("own_qualification", "本人的法制审核资格须由另一名负责人审批。")
    doing.save(row)
    act = "case.reviewer-ended" if payload["act"] == "end" else "case.reviewer-entered"
    doing.record(act, f"u/{row.user_id}", {})
