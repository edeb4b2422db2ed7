"""The list of visits."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sunlot.office.shell.listing import Between, Choice, Column, Listing, Search
from sunlot.office.visits import queries
from sunlot.office.visits.models import Origin
from sunlot.office.visits.states import COLOURS, State

VISITS = Listing(
    name="检查",
    columns=(
        Column("编号", "pk", sort="pk"),
        Column("检查对象", "firm__name", sort="firm__name"),
        Column("来源", "get_origin_display"),
        Column("检查种类", "get_kind_display"),
        Column("检查期止", "window_to", sort="window_to"),
        Column("状态", "get_state_display", tag=lambda visit: COLOURS[visit.state]),
    ),
    filters=(
        Search(("firm__name", "firm__id", "draw")),
        Choice("来源", "origin", Origin.choices),
        Choice("状态", "state", State.choices),
        Between("检查期止", "window_to"),
    ),
    order=("-pk",),
    empty="还没有检查。完成抽取后由抽取结果产生，或新增一次检查。",
)


def list_all(request: HttpRequest) -> HttpResponse:
    """Every visit that the office may see."""
    return VISITS.page(request, queries.in_the_office())


def one(request: HttpRequest, number: int) -> HttpResponse:
    """All of one visit."""
    return render(request, "visits/one.html", {})
