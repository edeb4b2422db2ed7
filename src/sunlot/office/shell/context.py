"""What the layout needs on every page: the menu of this person, the breadcrumbs, where the log stands."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from sunlot.office.access import MENU, pages
from sunlot.office.shell.pages import Page


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the menu and the breadcrumbs of a request."""
    user: Any = getattr(request, "user", None)
    name: str = getattr(request, "page_name", "")
    page: Page | None = getattr(request, "page", None)
    if user is None or not user.is_authenticated or page is None:
        return {"page": page}
    return {"menu": _menu(user.role, name), "trail": _trail(name), "page": page}


def _menu(role: str, here: str) -> list[tuple[str, list[dict[str, Any]]]]:
    above = {here, *(above for above, _ in _chain(here))}
    groups: dict[str, list[dict[str, Any]]] = {group: [] for group in MENU}
    for name, page in pages().items():
        if page.menu and page.open_to(role):
            groups[page.menu].append({"title": page.title, "url": reverse(name), "here": name in above})
    return [(group, entries) for group, entries in groups.items() if entries]


def _trail(name: str) -> list[dict[str, str]]:
    """Return the pages above this one, outermost first; one whose address needs more than its name has no link."""
    return [{"title": page.title, "url": _address(above)} for above, page in reversed(_chain(name))]


def _chain(name: str) -> list[tuple[str, Page]]:
    found: list[tuple[str, Page]] = []
    page = pages().get(name)
    while page and page.under:
        name, page = page.under, pages()[page.under]
        found.append((name, page))
    return found


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
