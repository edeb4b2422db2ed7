"""The first page."""

import logging
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sunlot.office.access import APPS, pages
from sunlot.office.shell.refusals import said
from sunlot.office.shell.todo import Todo
from sunlot.office.workbench.guide import guide
from sunlot.refusal import Refusal

LOG = logging.getLogger(__name__)
ORDER = {"late": 0, "blocked": 1, "due": 2}


def home(request: HttpRequest) -> HttpResponse:
    """What this person has to do, most urgent first."""
    today = timezone.localdate()
    found = [todo for app in APPS for todo in _todos(app, request.user, today)]
    found.sort(key=lambda todo: (ORDER[todo.state], todo.due or today))
    context = {"todos": found, "today": today, "guide": guide(getattr(request.user, "role", ""))}
    return render(request, "workbench/home.html", context)


def _todos(app: str, user: Any, today: date) -> Iterator[Todo]:
    """Yield what an app has to be done; what keeps it from saying so is itself something to do, and the other apps are heard all the same."""
    if not find_spec(f"sunlot.office.{app}.todo"):
        return
    try:
        yield from import_module(f"sunlot.office.{app}.todo").todos(user, today)
    except Refusal as refusal:
        yield _unheard(app, said(refusal))
    except Exception:
        LOG.exception("the things to do of %s", app)
        yield _unheard(app, _("程序出错，已记入运行日志；请告诉系统管理员。其他待办不受影响。"))


def _unheard(app: str, why: str) -> Todo:
    menu = next((name for name, page in pages().items() if page.menu and name.startswith(f"{app}:")), "workbench:home")
    return Todo(_("有待办事项列不出来"), reverse(menu), why, state="blocked")
