"""The firms that a round leaves out, as a list to search, take away and print."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as noop

from sunlot.documents.draw_record import EXCLUDED
from sunlot.office.lottery.excluding import excluded_of
from sunlot.office.lottery.models import Round
from sunlot.office.shell.incoming import Never
from sunlot.office.shell.listing import Choice, Column, Listing, Search
from sunlot.office.shell.reckoned import Reckoned

LISTING = Listing(
    incoming=Never.RECKONED,
    name="排除的单位",
    columns=(
        Column("单位名称", "name", sort="name", link="roster:one"),
        Column("统一社会信用代码", "pk", sort="pk"),
        Column("镇街", "territory", sort="territory"),
        Column("行业类别", "hazard_class", sort="hazard_class"),
        Column("排除原因", "title", sort="reason", words=True),
        Column("依据", "ground"),
    ),
    filters=(Search(("name", "pk", "territory")), Choice("排除原因", "reason", tuple(EXCLUDED.items()))),
)
REHEARSED = replace(LISTING, name=noop("排除的单位（演练，不具效力）"))


def excluded(request: HttpRequest, number: int) -> HttpResponse:
    """Every firm that the round leaves out, with the reason; those whom a closed list has drawn are counted and not named."""
    row = get_object_or_404(Round, pk=number)
    named, unnamed = excluded_of(row)
    listing = REHEARSED if row.rehearsal else LISTING
    return listing.page(request, Reckoned(named), template="lottery/excluded.html", row=row, unnamed=unnamed)
