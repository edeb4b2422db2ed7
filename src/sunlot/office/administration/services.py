"""Opening, reopening and changing the role of accounts: done at once where no power is granted, else asked for."""

from collections.abc import Mapping

from sunlot.office.accounts import keeping
from sunlot.office.accounts import services as accounts
from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import POWERFUL, chinese
from sunlot.office.administration.approval_kinds import OPEN, REOPEN, ROLE
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.journal.services import deed
from sunlot.refusal import Refusal


def open_account(by: User, values: Mapping[str, str], reason: str) -> tuple[User, str] | Approval:
    """Return the account with its first password, to be shown once; or, for an account with power, the request for it."""
    fields = dict(values)
    if fields["role"] in POWERFUL:
        title = f"开设账号 {fields['username']}（{chinese(fields['role'])}）"
        with deed(by=by.actor) as doing:
            accounts.refuse_unfit(User(**fields))
            return approvals.ask_within(doing, by, OPEN, f"account/{fields['username']}", title, fields, reason)
    password = accounts.first_password()
    return accounts.open_account(by.actor, password=password, **fields), password


def reopen(by: User, user: User, reason: str) -> Approval | None:
    """Reopen an account at once, or return the request where it has power."""
    if user.role in POWERFUL:
        if user.is_active:
            raise Refusal("account_open", "账号已经启用。")
        title = f"重新启用账号 {user.username}（{chinese(user.role)}）"
        return approvals.ask(by, REOPEN, user.actor, title, {"user": user.pk}, reason)
    keeping.reopen(by, user.pk)
    return None


def ask_role(by: User, user: User, role: str, reason: str) -> Approval:
    """Return the request for another role. Raises Refusal for one's own account, or when he has it already."""
    if by.pk == user.pk:
        raise Refusal("own_account", "任何人不能办理自己账号的岗位变更，请由另一人办理。")
    if role == user.role:
        raise Refusal("same_role", f"{user.name} 现在就是{user.get_role_display()}，请另选岗位。")
    title = f"账号 {user.username} 的岗位由{chinese(user.role)}改为{chinese(role)}"
    payload = {"user": user.pk, "before": user.role, "after": role}
    return approvals.ask(by, ROLE, user.actor, title, payload, reason)
