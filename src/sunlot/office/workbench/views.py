"""The first page."""

from importlib import import_module
from importlib.util import find_spec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from sunlot.office.access import APPS
from sunlot.office.shell.todo import Todo
from sunlot.office.workbench.guide import guide

ORDER = {"late": 0, "blocked": 1, "due": 2}


def home(request: HttpRequest) -> HttpResponse:
    """What this person has to do, most urgent first."""
    today = timezone.localdate()
    found: list[Todo] = []
    for app in APPS:
        if find_spec(f"sunlot.office.{app}.todo"):
            found += import_module(f"sunlot.office.{app}.todo").todos(request.user, today)
    found.sort(key=lambda todo: (ORDER[todo.state], todo.due or today))
    context = {"todos": found, "today": today, "guide": guide(getattr(request.user, "role", ""))}
    return render(request, "workbench/home.html", context)
