"""The bureau's name for the head of every page."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from sunlot.office.bureau import queries


def organ(request: HttpRequest) -> dict[str, Any]:
    """Return the name, read only where a template shows it."""
    return {"organ": SimpleLazyObject(queries.name)}
