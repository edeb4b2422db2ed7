"""Accounts as a kind of import: opened without a password, which 安全管理员 hands out. He decides about every such file: power is among the roles."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sunlot.office.accounts.models import User
from sunlot.office.accounts.queries import same_person
from sunlot.office.accounts.roles import ADMINISTRATORS, AUDITOR, SECURITY, SYSTEM, Role, chinese
from sunlot.office.accounts.services import open_within, refuse_unfit
from sunlot.office.imports.kinds import ADDED, CHANGED, Comparison, ImportKind, Row, Touched
from sunlot.office.imports.rows import Fate, UnfitError, compared, fitting, key, one_of, wanted
from sunlot.office.journal.services import Deed

COLUMNS = {
    "username": "用户名",
    "name": "姓名",
    "role": "岗位",
    "department": "部门",
    "person": "执法人员编号",
}
USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9._-]{1,39}")
KEPT = (
    "name",
    "department",
    "person",
)  # what a file may change of an account that is open; its role needs a request of its own


def compare(rows: Sequence[Row], aside: Sequence[Row]) -> Comparison:
    """Return which accounts are new, which say something else in the file, and which cannot be opened and why."""
    names = [row["username"] for row in rows]
    held = {user.username: user for user in User.objects.filter(username__in=names)}
    new: dict[str, User] = {}

    def judge(row: Row) -> Fate:
        fields = _fields(row)
        username = fields["username"]
        if username in new:
            raise UnfitError(f"用户名 {username} 在文件中列了两次而内容不同，未导入；只留一行")
        if (user := held.get(username)) is not None:
            return _against(user, fields)
        found = User(**fields)
        refuse_unfit(found)
        if twin := next((each for each in new.values() if _two_of_three(each, found)), None):
            raise UnfitError(f"{twin.name} 在文件中已列为{chinese(twin.role)}，三员须由三个不同的人担任，未导入")
        new[username] = found
        return ADDED, found.name, f"{username}（{chinese(found.role)}）{found.department}".strip()

    return compared(rows, "账号", judge, lambda row: row["name"] or row["username"])


def _two_of_three(one: User, other: User) -> bool:
    return one.role in ADMINISTRATORS and other.role in ADMINISTRATORS and same_person(one, other)


def _fields(row: Row) -> dict[str, str]:
    """Return what a row says of an account. Raises UnfitError."""
    username = wanted(row, "username", "用户名", 40)
    if not USERNAME.fullmatch(username):
        raise UnfitError(f"用户名“{username}”须用字母开头，只能含字母、数字和 . _ -，2 到 40 个字符，未导入")
    return {
        "username": username,
        "name": wanted(row, "name", "姓名", 40),
        "role": one_of(row, "role", "岗位", {role: chinese(role) for role in Role.values}),
        "department": fitting(row, "department", "部门", 80),
        "person": fitting(row, "person", "执法人员编号", 32),
    }


def _against(user: User, fields: Mapping[str, str]) -> Fate:
    if user.role != fields["role"]:
        raise UnfitError(
            f"现在是{chinese(user.role)}，文件中是{chinese(fields['role'])}；变更岗位请在账号页面申请，未导入"
        )
    changed = [name for name in KEPT if getattr(user, name) != fields[name]]
    if not changed:
        return "", "", ""
    says = "；".join(
        f"{COLUMNS[name]}：{getattr(user, name) or '（空）'} → {fields[name] or '（空）'}" for name in changed
    )
    return CHANGED, user.name, f"{user.username} {says}"


def write(doing: Deed, rows: Sequence[Row]) -> list[Touched]:
    """Open the accounts without passwords, and change what says something else; each with its own event."""
    touched = []
    for row in rows:
        fields = _fields(row)
        user = User.objects.select_for_update().filter(username=fields["username"]).first()
        if user is None:
            user = open_within(doing, password=None, **fields)
            touched.append(Touched(str(user.pk), user.name, None, user.version))
            continue
        before: dict[str, Any] = {name: getattr(user, name) for name in KEPT}
        _set(doing, user, {name: fields[name] for name in KEPT})
        touched.append(Touched(str(user.pk), user.name, before, user.version))
    return touched


def _set(doing: Deed, user: User, values: Mapping[str, Any]) -> None:
    changed = [name for name, value in values.items() if getattr(user, name) != value]
    for name, value in values.items():
        setattr(user, name, value)
    user.version += 1
    doing.save(user)
    doing.record("account.changed", user.actor, {"fields": changed})


def restore(doing: Deed, touched: Sequence[Touched]) -> list[str]:
    """Close what was opened and put back what was changed; an account that was used or changed since stays."""
    left = []
    for row in touched:
        user = User.objects.select_for_update().get(pk=row.key)
        if user.version != row.version or (row.before is None and (user.has_usable_password() or not user.is_active)):
            left.append(row.key)
        elif row.before is None:
            user.is_active, user.version = False, user.version + 1
            doing.save(user)
            doing.record("account.closed", user.actor, {}, sealed={"reason": "撤销导入"})
        else:
            _set(doing, user, row.before)
    return left


USERS = ImportKind(
    code="users",
    title="用户账号",
    table="users",
    columns=COLUMNS,
    key=key,
    compare=compare,
    write=write,
    restore=restore,
    always="开设账号须由安全管理员批准",
    approval="imports.accounts",
    roles=frozenset({SYSTEM}),
    approvers=frozenset({SECURITY}),
    readers=frozenset({SYSTEM, SECURITY, AUDITOR}),
)
