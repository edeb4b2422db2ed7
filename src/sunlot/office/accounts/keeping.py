"""Keeping accounts: changing what they say, closing and reopening them, setting their role. Nobody does it to himself where power is at stake."""

from collections.abc import Mapping

from django.db.models import Q

from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import ADMINISTRATORS, Role, chinese
from sunlot.office.accounts.services import refuse_second_hat
from sunlot.office.journal.services import Deed, deed
from sunlot.office.shell.forms import StaleEdit
from sunlot.refusal import Refusal

EDITABLE = ("name", "department", "person")


def change(by: User, number: int, version: int, values: Mapping[str, str]) -> User:
    """Set name, department and person's number, and return the account. Raises StaleEdit, or Refusal when one person would hold two of the 三员."""
    with deed(by=by.actor) as doing:
        user = _locked(number, version)
        changed = [field for field in EDITABLE if getattr(user, field) != values[field]]
        if not changed:
            return user
        for field in changed:
            setattr(user, field, values[field])
        if user.is_active:
            refuse_second_hat(user)
        _save(doing, user)
        doing.record("account.changed", user.actor, {"fields": changed})
    return user


def close(by: User, number: int, reason: str) -> User:
    """Close an account at once: who is logged in with it is out. Raises Refusal for one's own, and for the last of each of the 三员."""
    if not reason.strip():
        raise Refusal("reason_missing", "请写明停用理由。")
    with deed(by=by.actor) as doing:
        user = _locked(number)
        if user.pk == by.pk:
            raise Refusal("own_account", "不能停用自己的账号，请由另一名系统管理员办理。")
        if not user.is_active:
            raise Refusal("account_closed", "账号已经停用。")
        refuse_last_of_three(user)
        user.is_active = False
        _save(doing, user)
        doing.record("account.closed", user.actor, {}, sealed={"reason": reason.strip()})
    return user


def reopen(by: User, number: int) -> User:
    """Reopen a closed account in a deed of its own."""
    with deed(by=by.actor) as doing:
        return reopen_within(doing, number)


def reopen_within(doing: Deed, number: int) -> User:
    """Reopen a closed account; its password must be handed out anew. Raises Refusal when one person would hold two of the 三员."""
    user = _locked(number)
    if user.is_active:
        raise Refusal("account_open", "账号已经启用。")
    refuse_second_hat(user)
    user.is_active, user.must_change_password = True, True
    user.set_unusable_password()
    _save(doing, user)
    doing.record("account.reopened", user.actor, {})
    return user


def set_role_within(doing: Deed, number: int, before: str, after: str) -> User:
    """Set a role as part of the deed that grants it. Raises Refusal for one's own account, a role changed meanwhile, or the last of the 三员."""
    user = _locked(number)
    if doing.by == user.actor:
        raise Refusal("own_account", "任何人不能办理自己账号的岗位变更，请由另一人办理。")
    if user.role != before:
        raise Refusal("role_changed", f"申请之后岗位已变为{user.get_role_display()}；请退回，由申请人重新申请。")
    if after not in Role.values:
        raise Refusal("no_such_role", f"没有岗位 {after}；可选：{'、'.join(Role.values)}。")
    if user.is_active:
        refuse_last_of_three(user)
    user.role = after
    if user.is_active:
        refuse_second_hat(user)
    _save(doing, user)
    doing.record("account.role", user.actor, {"before": chinese(before), "after": chinese(after)})
    return user


def refuse_last_of_three(user: User) -> None:
    """Raise Refusal when nobody else could do the work of this administrator; the rows stay locked until commit."""
    if user.role not in ADMINISTRATORS:
        return
    rows = User.objects.select_for_update().filter(role=user.role, is_active=True).order_by("pk")
    if [row.pk for row in rows] == [user.pk]:
        raise Refusal(
            "last_of_three", f"这是最后一个启用的{user.get_role_display()}账号；请先开设接任者的账号，再停用或变更它。"
        )


def _locked(number: int, version: int | None = None) -> User:
    """Return the account, held until commit together with those of the 三员, always in one order: two such deeds wait, they do not deadlock."""
    rows = User.objects.select_for_update().filter(Q(pk=number) | Q(role__in=ADMINISTRATORS)).order_by("pk")
    user = next(row for row in rows if row.pk == number)
    if version is not None and version != user.version:
        raise StaleEdit(f"账号 {user.username}")
    return user


def _save(doing: Deed, user: User) -> None:
    user.version += 1
    doing.save(user)
