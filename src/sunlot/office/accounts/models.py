"""Who works here."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from sunlot.office.accounts.roles import Role
from sunlot.office.journal.tracked import tracked


class Users(BaseUserManager["User"]):
    """Finds people by the name they log in with."""


@tracked(
    public=("username", "role", "department", "person", "is_active", "second_factor"),
    personal=("name",),
)
class User(AbstractBaseUser):
    """A person with one role. `person`: his number in the inspectors' roster, where he is one. Nobody is deleted; who leaves is closed."""

    username = models.CharField(_("用户名"), max_length=40, unique=True)
    name = models.CharField(_("姓名"), max_length=40)
    role = models.CharField(_("岗位"), max_length=12, choices=Role.choices)
    department = models.CharField(_("部门"), max_length=80, blank=True)
    person = models.CharField(_("执法人员编号"), max_length=32, blank=True)
    is_active = models.BooleanField(_("启用"), default=True)
    must_change_password = models.BooleanField(_("须修改初始密码"), default=True)
    second_factor = models.BooleanField(_("动态口令"), default=False)
    version = models.PositiveIntegerField(default=0)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "role"]
    objects: ClassVar[Users] = Users()

    class Meta:
        verbose_name = _("用户")

    def __str__(self) -> str:
        return self.name

    @property
    def actor(self) -> str:
        """The pseudonym under which the journal knows this person."""
        return f"u/{self.pk}"

    def has_perm(self, *_: Any) -> bool:
        """Return False: what a person may do is said by the role alone (office/access.py)."""
        return False


@tracked(public=("required",))
class SecondFactorRule(models.Model):
    """Whether a role must use a second factor (动态口令) to log in. A role without a row may choose."""

    role = models.CharField(_("岗位"), max_length=12, choices=Role.choices, primary_key=True)
    required = models.BooleanField(_("必须使用动态口令"), default=False)

    class Meta:
        verbose_name = _("动态口令要求")
