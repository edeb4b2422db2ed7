"""What templates need beyond Django's own."""

from typing import Any

from django import template

from sunlot.office.access import pages
from sunlot.office.shell.language import in_words
from sunlot.office.shell.listing import shown

register = template.Library()


@register.filter
def shows(value: Any) -> str:
    """Return a value as lists show it."""
    return shown(value)


@register.filter
def words(text: Any) -> str:
    """Return a declared text or a word of a closed vocabulary in the reader's language."""
    return in_words(str(text or ""))


@register.filter
def may_open(user: Any, name: str) -> bool:
    """Return whether this person may open the page of that name: links nobody may follow are not shown."""
    page = pages().get(name)
    return bool(page and page.open_to(getattr(user, "role", "")))
