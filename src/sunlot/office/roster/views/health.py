"""The health of the roster: how many firms each check finds, and which."""

from datetime import date
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from sunlot.office.journal.memory import remembered
from sunlot.office.roster.health import CHECKS, Check
from sunlot.office.roster.queries import listed
from sunlot.office.roster.views.firms import BULK, FIRMS
from sunlot.office.shell.incoming import Never
from sunlot.office.shell.language import in_words, in_words_later
from sunlot.office.shell.listing import Button, Column, Listing
from sunlot.office.shell.reckoned import Reckoned


class Found(NamedTuple):
    """A check and how many firms it finds."""

    check: Check
    firms: int

    @property
    def pk(self) -> str:
        """The check's code, as a list asks for it."""
        return self.check.code


OVERVIEW = Listing(
    incoming=Never.RECKONED,
    name="名录体检",
    columns=(
        Column("检查项", "check__title", link="roster:ailing", words=True),
        Column("户数", "firms", sort="firms", tag=lambda row: "warn" if row.firms else "ok"),
        Column("说明", "check__hint", words=True),
    ),
    order=(),
    buttons=(Button("疑似重复", "roster:duplicates"),),
)


def overview(request: HttpRequest) -> HttpResponse:
    """Every check with its number."""
    today = timezone.localdate()
    counts, total = remembered(f"roster.health/{today}", lambda: _counts(today))
    rows = Reckoned([Found(check, counts[code]) for code, check in CHECKS.items()])
    return OVERVIEW.page(request, rows, template="roster/health.html", total=total)


def _counts(today: date) -> tuple[dict[str, int], int]:
    """Return how many firms each check finds, and how many there are."""
    return {code: check.find(today).count() for code, check in CHECKS.items()}, listed().count()


def ailing(request: HttpRequest, code: str) -> HttpResponse:
    """The firms that one check finds."""
    check = CHECKS.get(code)
    if check is None:
        raise Http404
    listing = Listing(
        incoming=Never.RECKONED,
        name=format_lazy("{}: {}", _("名录体检"), in_words_later(check.title)),
        columns=FIRMS.columns,
        filters=FIRMS.filters,
        order=("pk",),
        buttons=BULK,
    )
    return listing.page(request, check.find(timezone.localdate()), heading=in_words(check.title))
