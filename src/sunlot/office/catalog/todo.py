"""What a clerk has to do about the item list."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sunlot.office.accounts.roles import CLERK
from sunlot.office.catalog import queries
from sunlot.office.shell.refusals import said
from sunlot.office.shell.todo import Todo
from sunlot.policy.errors import PolicyError


def todos(user: Any, today: date) -> Iterator[Todo]:
    """Yield what keeps items from being planned, and what no longer holds or is no longer used."""
    if user.role != CLERK:
        return
    in_force, draft = queries.list_in_force(today), queries.open_draft()
    if in_force is None:
        where = reverse("catalog:list", args=[draft.pk]) if draft else reverse("catalog:start")
        yield Todo(_("公布随机抽查事项清单"), where, _("没有施行中的清单，任何事项都不能列入计划"), state="blocked")
    elif draft and queries.lists(today).get(pk=draft.pk).standing == "draft":  # type: ignore[attr-defined]
        yield Todo(_("清单草稿尚未提交公布"), reverse("catalog:list", args=[draft.pk]), str(draft))
    if in_force is None:
        return
    if doubts := queries.doubts_of(in_force, today):
        hint = _("所引条文读不出、不存在或已失效；请起草新版改正依据或停用")
        yield Todo(_("事项依据需要核对"), reverse("catalog:doubts"), hint, count=len(doubts))
    try:
        idle = len(list(queries.idle_items(today)))
    except PolicyError as failure:
        yield Todo(_("改正本局政策包"), reverse("catalog:policy"), said(failure), state="blocked")
        return
    if idle:
        yield Todo(_("清理长期未实施的事项"), reverse("catalog:idle"), _("请起草新版停用或删去"), count=idle)
