"""What grants power needs two persons: 系统管理员 asks, 安全管理员 grants."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sunlot.office.accounts import keeping, services
from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import SECURITY, Role
from sunlot.office.approvals.kinds import Change, Kind, register
from sunlot.office.approvals.models import Approval
from sunlot.office.journal.services import Deed

OPEN, ROLE, REOPEN = "account.open", "account.role", "account.reopen"


def register_all() -> None:
    """Make the three kinds known."""
    granters = frozenset({SECURITY})
    register(Kind(OPEN, "开设账号", granters, _open, _opened))
    register(Kind(ROLE, "变更岗位", granters, _set_role, _role_changes, _address))
    register(Kind(REOPEN, "重新启用账号", granters, _reopen, _reopened, _address))


def _open(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    services.open_within(doing, password=None, **payload)


def _opened(payload: dict[str, Any]) -> Sequence[Change]:
    titles = {"username": _("用户名"), "name": _("姓名"), "department": _("部门"), "person": _("执法人员编号")}
    lines = [(title, "", payload[field]) for field, title in titles.items() if payload[field]]
    return [*lines, (_("岗位"), "", _title(payload["role"]))]


def _set_role(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    keeping.set_role_within(doing, payload["user"], payload["before"], payload["after"])


def _role_changes(payload: dict[str, Any]) -> Sequence[Change]:
    user = User.objects.get(pk=payload["user"])
    return [(_("%(name)s的岗位") % {"name": user.name}, _title(payload["before"]), _title(payload["after"]))]


def _reopen(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    keeping.reopen_within(doing, payload["user"])


def _reopened(payload: dict[str, Any]) -> Sequence[Change]:
    user = User.objects.get(pk=payload["user"])
    return [(f"{user.name}（{user.get_role_display()}）", _("停用"), _("启用"))]


def _address(payload: dict[str, Any]) -> str:
    return reverse("administration:one", args=[payload["user"]])


def _title(role: str) -> str:
    return str(Role(role).label)
