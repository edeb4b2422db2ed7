"""The gate at the door, and what becomes of a refusal."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from sunlot.office.access import pages
from sunlot.office.journal.clock import now
from sunlot.office.journal.queries import refuse_wrong_clock
from sunlot.office.shell.forms import came_from
from sunlot.office.shell.pages import ANYBODY, Page
from sunlot.office.shell.services import record_denial
from sunlot.refusal import Refusal

Answer = Callable[[HttpRequest], HttpResponse]
FREE = {"set_language"}  # neither shows nor changes anything of the office
FIRST_PASSWORD = {"accounts:password", "accounts:logout"}  # all that is open before the first password has been changed
SECOND_FACTOR = {
    "accounts:second-factor",
    "accounts:password",
    "accounts:logout",
}  # … before a compulsory second factor is on


class Gate:
    """Nobody sees a page that is not declared for his role; whoever is not logged in is asked to."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Return what stops this request, or None to let it through."""
        match = request.resolver_match
        name = match.view_name if match else ""
        page: Page | None = pages().get(name)
        user: Any = request.user
        request.page, request.page_name = page, name  # type: ignore[attr-defined]
        if request.method not in ("GET", "HEAD", "OPTIONS") and (refused := _wrong_clock(request)):
            return refused
        if name in FREE or (page and page.roles == ANYBODY):
            return None
        if not user.is_authenticated:
            return _to_the_door(request)
        if user.must_change_password and name not in FIRST_PASSWORD:
            return HttpResponseRedirect(reverse("accounts:password"))
        if request.session.get("second_factor_due") and name not in SECOND_FACTOR:
            return HttpResponseRedirect(reverse("accounts:second-factor"))
        if page is None or not page.answers(user.role, request.method or ""):
            return _closed(request, name)
        _renew(request)
        return None


def _to_the_door(request: HttpRequest) -> HttpResponse:
    """Ask for a login and lead back afterwards; whoever comes with a session that has ended is told so."""
    ended = {"ended": "1"} if settings.SESSION_COOKIE_NAME in request.COOKIES else {}
    return HttpResponseRedirect(f"{reverse('accounts:login')}?{urlencode({'next': request.get_full_path(), **ended})}")


def _wrong_clock(request: HttpRequest) -> HttpResponse | None:
    """Return the refusal of whatever would write while the clock is behind the log: its event would stand before those before it."""
    try:
        refuse_wrong_clock(now())
    except Refusal as refusal:
        return render(request, "shell/refused.html", {"refusal": refusal}, status=409)
    return None


def _closed(request: HttpRequest, name: str) -> HttpResponse:
    record_denial(request.user, name, request.method or "")
    return render(request, "shell/closed.html", status=403)


def _renew(request: HttpRequest) -> None:
    """Put the end of the session off, at most once a minute, so that reading a page seldom writes."""
    seconds = int(time.time())
    if seconds - request.session.get("seen", 0) >= 60:
        request.session["seen"] = seconds


class Refusals:
    """A refusal that no form has shown becomes a page that says what is wrong and what to do; nothing was changed."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the page of a refusal; other errors are the program's and stay what they are."""
        if isinstance(error, Refusal):
            return render(request, "shell/refused.html", {"refusal": error, "back": came_from(request)}, status=409)
        return None
