"""The door of the firm's pages: a session holds which code opened it, and every page asks anew whether that code still opens."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sunlot.office.bureau import queries as bureau
from sunlot.office.portal.codes import Entrance, entrance_via
from sunlot.office.roster.models import Firm
from sunlot.office.shell.middleware import renew

KEY = "firm_via"
FirmView = Callable[..., HttpResponse]


def let_in(request: HttpRequest, entrance: Entrance) -> None:
    """Open the firm's pages to this browser."""
    request.session[KEY] = entrance.via


def let_out(request: HttpRequest) -> None:
    """Close them again; a login of the office in the same browser stays."""
    request.session.pop(KEY, None)


def for_firm(view: FirmView) -> FirmView:
    """Give the view the firm behind the code, `view(request, firm, …)`; without a code that still opens, lead to the door."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        entrance = entrance_via(request.session.get(KEY, ""))
        firm = Firm.objects.filter(pk=entrance.firm).first() if entrance else None
        if entrance is None or firm is None:
            ended = KEY in request.session
            let_out(request)
            return redirect(reverse("portal:enter") + ("?ended=1" if ended else ""))
        renew(request)
        request.entrance = entrance  # type: ignore[attr-defined]
        return view(request, firm, *args, **kwargs)

    return guarded


def page(request: HttpRequest, template: str, firm: Firm, status: int = 200, **context: Any) -> HttpResponse:
    """Return a page of the firm."""
    facts = {"firm": firm, "entrance": request.entrance, "organ": bureau.name()}  # type: ignore[attr-defined]
    return render(request, f"portal/{template}", facts | context, status=status)
