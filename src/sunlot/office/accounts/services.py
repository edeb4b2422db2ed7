"""Opening accounts and setting passwords. Each is a deed with its event."""

import secrets
from typing import Any

from sunlot.office.accounts.models import User
from sunlot.office.accounts.queries import same_person
from sunlot.office.accounts.roles import ADMINISTRATORS, Role, chinese
from sunlot.office.journal.services import Deed, deed
from sunlot.refusal import Refusal

LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another


def first_password() -> str:
    """Return a password to hand over; it must be changed at the first login."""
    return "".join(secrets.choice(LETTERS) for _ in range(14))


def open_account(by: str, username: str, name: str, role: str, password: str, **more: Any) -> User:
    """Return a new account with a first password. Raises Refusal when the name is taken, the role unknown or the person one of the 三员 already."""
    with deed(by=by) as doing:
        return open_within(doing, username, name, role, password, **more)


def open_within(doing: Deed, username: str, name: str, role: str, password: str | None, **more: Any) -> User:
    """Return a new account as part of a deed; without a password nobody can log in until one is handed out."""
    user = User(username=username, name=name, role=role, **more)
    refuse_unfit(user)
    user.set_password(password)
    doing.save(user)
    doing.record("account.opened", user.actor, {"username": username, "role": role, "title": chinese(role)})
    return user


def refuse_unfit(user: User) -> None:
    """Raise Refusal when an account like this cannot be opened."""
    if user.role not in Role.values:
        raise Refusal("no_such_role", f"没有岗位 {user.role}；可选：{'、'.join(Role.values)}。")
    if User.objects.filter(username=user.username).exists():
        raise Refusal("username_taken", f"用户名 {user.username} 已被使用，请换一个。")
    refuse_second_hat(user)


def refuse_second_hat(user: User) -> None:
    """Raise Refusal when this person would hold two of the three administrators' roles (三员分离)."""
    if user.role not in ADMINISTRATORS:
        return
    others = User.objects.select_for_update().filter(role__in=ADMINISTRATORS, is_active=True).exclude(pk=user.pk)
    for other in list(others.order_by("pk")):
        if same_person(user, other):
            raise Refusal(
                "two_of_three",
                f"{user.name} 已是{other.get_role_display()}（用户名 {other.username}）；"
                "系统管理员、安全管理员、审计员须由三个不同的人担任，请另选他人。",
            )


def change_password(user: User, password: str) -> None:
    """Set the person's own new password."""
    with deed(by=user.actor) as doing:
        take(user)
        user.set_password(password)
        user.must_change_password = False
        doing.save(user)
        doing.record("account.password", user.actor, {})


def reset_password(by: User, user: User) -> str:
    """Return a new first password, to be shown once; whoever is logged in with the old one is out. Raises Refusal for one's own account."""
    if by.pk == user.pk:
        raise Refusal("own_account", "自己的密码请在“修改密码”页修改。")
    password = first_password()
    with deed(by=by.actor) as doing:
        take(user)
        if not user.is_active:
            raise Refusal("account_closed", "账号已停用；请先由系统管理员重新启用。")
        user.set_password(password)
        user.must_change_password = True
        doing.save(user)
        doing.record("account.password-reset", user.actor, {})
    return password


def take(user: User) -> None:
    """Read the account again and hold it until commit, so that nothing written meanwhile is lost."""
    user.refresh_from_db(from_queryset=User.objects.select_for_update())
