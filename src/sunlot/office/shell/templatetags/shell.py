"""What templates need beyond Django's own."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from sunlot.office.access import pages
from sunlot.office.shell import marks, refusals
from sunlot.office.shell import panels as later
from sunlot.office.shell.language import in_words
from sunlot.office.shell.listing import shown

register = template.Library()


@register.filter
def shows(value: Any) -> str:
    """Return a value as lists show it."""
    return shown(value)


@register.filter
def rehearsed(what: Any) -> bool:
    """Return whether a title, or a line of a list, says that it belongs to a rehearsal."""
    return any(marks.rehearsed(cell["text"]) for cell in what) if isinstance(what, list) else marks.rehearsed(str(what))


@register.filter
def words(text: Any) -> str:
    """Return a declared text or a word of a closed vocabulary in the reader's language."""
    return in_words(str(text or ""))


@register.filter
def said(refusal: Any) -> str:
    """Return a refusal in the reader's language."""
    return refusals.said(refusal)


@register.filter
def may_open(user: Any, name: str) -> bool:
    """Return whether this person may open the page of that name: links nobody may follow are not shown."""
    page = pages().get(name)
    return bool(page and page.open_to(getattr(user, "role", "")))


@register.simple_tag(takes_context=True)
def panels(context: template.Context, place: str, row: Any) -> SafeString:
    """Return what later apps show at this place of a page."""
    return later.shown_at(place, context["request"], row)
