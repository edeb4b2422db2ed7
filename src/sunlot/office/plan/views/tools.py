"""Buttons of lists whose pages need a plan's number, or of a single plan's list."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from sunlot.office.access import pages
from sunlot.office.shell.listing import Button


def tool(
    request: HttpRequest, title: str, page: str, number: int | None, query: str = "", **more: Any
) -> dict[str, Any] | None:
    """Return a button of a list as its template takes it, None for a page that is closed to this person."""
    if not pages()[page].open_to(getattr(request.user, "role", "")):
        return None
    return {
        "button": Button(title, page, **more),
        "url": reverse(page, args=[] if number is None else [number]) + query,
    }
