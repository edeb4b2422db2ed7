"""Writing about people: accounts, passwords, logins. Each is a deed with its event."""

import secrets
from typing import Any

from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import Role
from sunlot.office.journal.services import deed
from sunlot.refusal import Refusal

LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another


def first_password() -> str:
    """Return a password to hand over; it must be changed at the first login."""
    return "".join(secrets.choice(LETTERS) for _ in range(14))


def open_account(by: str, username: str, name: str, role: str, password: str, **more: Any) -> User:
    """Return a new account with a first password. Raises Refusal when the name is taken or the role unknown."""
    if role not in Role.values:
        raise Refusal("no_such_role", f"没有岗位 {role}；可选：{'、'.join(Role.values)}。")
    if User.objects.filter(username=username).exists():
        raise Refusal("username_taken", f"用户名 {username} 已被使用，请换一个。")
    user = User(username=username, name=name, role=role, **more)
    user.set_password(password)
    with deed(by=by) as doing:
        doing.save(user)
        doing.record("account.opened", user.actor, {"username": username, "role": role})
    return user


def change_password(user: User, password: str) -> None:
    """Set the person's own new password."""
    user.set_password(password)
    user.must_change_password = False
    with deed(by=user.actor) as doing:
        doing.save(user)
        doing.record("account.password", user.actor, {})


def record_login(user: User) -> None:
    """Note a login."""
    with deed(by=user.actor) as doing:
        doing.record("account.login", user.actor, {})
