"""The roles, and the sets of them that pages name."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override


class Role(models.TextChoices):
    """What a person is here for. One role a person."""

    SYSTEM = "system", _("系统管理员")
    SECURITY = "security", _("安全管理员")
    AUDITOR = "auditor", _("审计员")
    CLERK = "clerk", _("经办人")
    CHIEF = "chief", _("科室负责人")
    LEADING = "leading", _("领导小组")
    SUPERVISOR = "supervisor", _("监督员")
    INSPECTOR = "inspector", _("执法人员")
    PARTNER = "partner", _("协作部门")


CLERK, CHIEF, LEADING, SUPERVISOR = Role.CLERK.value, Role.CHIEF.value, Role.LEADING.value, Role.SUPERVISOR.value
INSPECTOR, PARTNER = Role.INSPECTOR.value, Role.PARTNER.value
SYSTEM, SECURITY, AUDITOR = Role.SYSTEM.value, Role.SECURITY.value, Role.AUDITOR.value
OFFICE = frozenset({CLERK, CHIEF, LEADING})  # those who do the work
READERS = OFFICE | {SUPERVISOR, AUDITOR}  # and those who watch it
APPROVERS = frozenset({CHIEF, LEADING})
ADMINISTRATORS = frozenset({SYSTEM, SECURITY, AUDITOR})
POWERFUL = APPROVERS | ADMINISTRATORS  # whose accounts only two persons together can open


def chinese(role: str) -> str:
    """Return a role's Chinese title, whatever language the person at the screen reads: for what is kept."""
    with override("zh-hans"):
        return str(Role(role).label)
