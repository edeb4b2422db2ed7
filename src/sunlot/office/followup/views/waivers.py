"""The notes why a finding was not entered in the register or a visit got no order, for whoever watches over them."""

from django.http import HttpRequest, HttpResponse

from sunlot.office.followup.models import Waived, Waiver
from sunlot.office.shell.incoming import Never
from sunlot.office.shell.listing import Between, Choice, Column, Listing, Search
from sunlot.office.visits.queries import in_the_office

WAIVERS = Listing(
    incoming=Never.RECORD,
    name="不予列入和不责令的说明",
    columns=(
        Column("检查编号", "visit_id", sort="visit_id", link="visits:one", key="visit_id"),
        Column("单位名称", "visit__firm_name", sort="visit__firm_name"),
        Column("种类", "get_what_display"),
        Column("理由", "reason"),
        Column("说明人", "by__name"),
        Column("说明时间", "at", sort="at"),
    ),
    filters=(
        Search(("visit__firm_name", "visit__firm__id", "reason")),
        Choice("种类", "what", Waived.choices),
        Between("说明时间", "at__date"),
    ),
    order=("-at", "-pk"),
    empty="没有不予列入或不责令的说明。",
)


def list_all(request: HttpRequest) -> HttpResponse:
    """Every note about a visit that the office's lists show."""
    rows = Waiver.objects.filter(visit__in=in_the_office(request.user).values("pk")).select_related("visit", "by")
    return WAIVERS.page(request, rows)
