"""The way in: from a right password to a session, with a second factor between them where the person has one."""

import time

from django.contrib.auth import login
from django.http import HttpRequest

from sunlot.office.accounts import logins, queries
from sunlot.office.accounts.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"
WAITING, PATIENCE = "waiting_for_code", 300  # seconds in which the code must come
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def let_in(request: HttpRequest, user: User, second_factor: str = "") -> None:
    """Begin this person's session. Whose role must use a second factor and has none sets it up before anything else."""
    request.session.pop(WAITING, None)
    login(request, user, backend=BACKEND)
    if not user.second_factor and queries.must_use_second_factor(user.role):
        request.session["second_factor_due"] = True
    request.session["since"] = int(time.time())
    request.session["address"] = address(request)
    request.session["browser"] = browser(request)
    logins.record_login(user, address(request), second_factor)


def wait_for_code(request: HttpRequest, user: User, then: str) -> None:
    """Remember whose password was right and where he wanted to go; nobody is logged in yet."""
    request.session.cycle_key()
    request.session[WAITING] = {"user": user.pk, "until": int(time.time()) + PATIENCE, "then": then}


def who_waits(request: HttpRequest) -> tuple[User, str] | None:
    """Return whose code is awaited and where he goes then, or None when nobody's is or it took too long."""
    waiting = request.session.get(WAITING)
    if not waiting or waiting["until"] < time.time():
        return None
    user = User.objects.filter(pk=waiting["user"], is_active=True, second_factor=True).first()
    return (user, waiting["then"]) if user else None


def note_failure(request: HttpRequest, username: str, why: str = "password") -> None:
    """Note a failed login; during a lockout nothing more is noted."""
    counted = getattr(request, "axes_failures_since_start", None) is not None
    if username and (counted or why == "code"):
        logins.record_failure(username, address(request), bool(getattr(request, "axes_locked_out", False)), why)


def address(request: HttpRequest) -> str:
    """Return the network address that a request came from."""
    return str(request.META.get("REMOTE_ADDR", ""))


def browser(request: HttpRequest) -> str:
    """Return what a browser calls itself, briefly."""
    said = request.META.get("HTTP_USER_AGENT", "")
    maker = next((name for sign, name in BROWSERS if sign in said), "")
    system = next((name for sign, name in SYSTEMS if sign in said), "")
    return " · ".join(filter(None, (maker, system))) or said[:40]
