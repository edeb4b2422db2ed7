"""What waits for the 安全管理员: passwords to hand out, people who are locked out."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from sunlot.office.accounts.models import User
from sunlot.office.accounts.queries import with_failures
from sunlot.office.accounts.roles import SECURITY
from sunlot.office.shell.todo import Todo


def todos(user: Any, today: date) -> Iterator[Todo]:
    """Yield each account that waits for this person."""
    if user.role != SECURITY:
        return
    active = User.objects.filter(is_active=True).exclude(pk=user.pk).order_by("pk")
    for account in active.filter(password__startswith="!")[:20]:
        title = _("为 %(who)s 发放初始密码") % {"who": account.name}
        yield Todo(title, _page(account), _("账号已开设，没有密码还不能登录"))
    for account in with_failures(active).filter(failures__gte=settings.AXES_FAILURE_LIMIT)[:20]:
        title = _("%(who)s 的账号已锁定") % {"who": account.name}
        yield Todo(title, _page(account), _("核实是本人输错的，可以提前解锁"))


def _page(account: User) -> str:
    return reverse("administration:one", args=[account.pk])
