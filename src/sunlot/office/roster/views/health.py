"""The health of the roster: how many firms each check finds, and which."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from sunlot.office.roster.health import CHECKS
from sunlot.office.roster.queries import listed
from sunlot.office.roster.views.firms import FIRMS
from sunlot.office.shell.language import in_words, in_words_later
from sunlot.office.shell.listing import Listing


def overview(request: HttpRequest) -> HttpResponse:
    """Every check with its number."""
    today = timezone.localdate()
    found = [(check, check.find(today).count()) for check in CHECKS.values()]
    return render(request, "roster/health.html", {"checks": found, "total": listed().count()})


def ailing(request: HttpRequest, code: str) -> HttpResponse:
    """The firms that one check finds."""
    check = CHECKS.get(code)
    if check is None:
        raise Http404
    listing = Listing(
        name=format_lazy("{}: {}", _("名录体检"), in_words_later(check.title)),
        columns=FIRMS.columns,
        filters=FIRMS.filters,
        order=("pk",),
    )
    return listing.page(request, check.find(timezone.localdate()), heading=in_words(check.title))
