"""The gate at the door, and what becomes of a refusal."""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from sunlot.office.access import pages
from sunlot.office.journal.clock import now
from sunlot.office.journal.order import refuse_wrong_clock
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
        if response.status_code == 405 and _looks(request):
            response = _to_its_page(request) or response
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
        renew(request)
        return None


def _looks(request: HttpRequest) -> bool:
    """Return whether somebody in the office reloads or goes back to an address that only takes what is sent to it."""
    page: Page | None = getattr(request, "page", None)
    somebody = getattr(request, "user", None)
    reads = request.method in ("GET", "HEAD") and "text/html" in request.META.get("HTTP_ACCEPT", "")
    return bool(reads and page and somebody and somebody.is_authenticated and page.open_to(somebody.role))


def _to_its_page(request: HttpRequest) -> HttpResponse | None:
    """Return the way to the page that such an address belongs to: the nearest one above it that this person may open, else the one it is under."""
    parts = request.path_info.strip("/").split("/")
    user: Any = request.user
    for count in range(len(parts) - 1, 0, -1):
        above = "/" + "/".join(parts[:count]) + "/"
        page = _page_at(above)
        if page and page.open_to(user.role):
            return _led(request, above)
    page = pages()[request.page.under] if request.page.under else None  # type: ignore[attr-defined]
    if page and page.open_to(user.role):
        with suppress(NoReverseMatch):
            return _led(request, reverse(request.page.under))  # type: ignore[attr-defined]
    return None


def _page_at(path: str) -> Page | None:
    try:
        return pages().get(resolve(path).view_name)
    except Resolver404:
        return None


def _led(request: HttpRequest, address: str) -> HttpResponse:
    messages.info(request, _("刚才的地址只用于提交，刷新或后退不会再次提交；已转到它所属的页面。"))
    return HttpResponseRedirect(address)


def _to_the_door(request: HttpRequest) -> HttpResponse:
    """Ask for a login and lead back afterwards; whoever comes with a session that has ended is told so."""
    ended = {"ended": "1"} if settings.SESSION_COOKIE_NAME in request.COOKIES else {}
    return HttpResponseRedirect(f"{reverse('accounts:login')}?{urlencode({'next': request.get_full_path(), **ended})}")


def _wrong_clock(request: HttpRequest) -> HttpResponse | None:
    """Return the refusal of whatever would write while the clock is behind the log: its event would stand before those before it."""
    try:
        refuse_wrong_clock(now())
    except Refusal as refusal:
        return _refused(request, refusal)
    return None


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return render(request, "shell/refused.html", {"refusal": refusal, "back": came_from(request)}, status=409)


def _closed(request: HttpRequest, name: str) -> HttpResponse:
    try:
        record_denial(request.user, name, request.method or "")
    except Refusal as refusal:  # it stays closed, but cannot be written down while the clock is wrong
        return _refused(request, refusal)
    return render(request, "shell/closed.html", status=403)


def renew(request: HttpRequest) -> None:
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
        return _refused(request, error) if isinstance(error, Refusal) else None
