"""The roster of inspectors: the list, one person, and what a clerk changes about him."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from sunlot.office.accounts.roles import OFFICE
from sunlot.office.inspectors.lists import STAFF, STAFF_OF_THE_OFFICE
from sunlot.office.inspectors.queries import standing


def staff(request: HttpRequest) -> HttpResponse:
    """Everybody in the roster as of today; telephone and township only for the office."""
    user: Any = request.user
    return (STAFF_OF_THE_OFFICE if user.role in OFFICE else STAFF).page(request, standing(timezone.localdate()))
