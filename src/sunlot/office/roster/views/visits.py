"""The ledger of all visits as a list: of whatever kind and department, entered here, brought in by file, or written by a signed record."""

from django.http import HttpRequest, HttpResponse

from sunlot.office.roster.models import VisitEntry
from sunlot.office.shell.incoming import FromFile
from sunlot.office.shell.listing import Between, Choice, Column, Listing, Search
from sunlot.policy.vocabulary import VISIT_KINDS

VISITS = Listing(
    name="检查台账",
    columns=(
        Column("单位名称", "firm__name", link="roster:one", key="firm_id"),
        Column("统一社会信用代码", "firm_id"),
        Column("检查日期", "date", sort="date"),
        Column("检查类型", "get_kind_display"),
        Column("检查部门", "department"),
        Column("抽取编号", "draw"),
        Column("实施了检查", "held", tag=lambda entry: "" if entry.held else "warn"),
        Column("现场所见状态", "observed", words=True, on_screen=False),
    ),
    incoming=FromFile("visits"),
    filters=(
        Search(("firm__name", "firm__id", "department")),
        Choice("检查类型", "kind", list(VISIT_KINDS.items())),
        Between("检查日期", "date"),
    ),
    order=("-date", "-pk"),
    empty="台账中没有检查。其他部门的检查可以导入 Excel，或在单位页面上登记。",
)


def list_all(request: HttpRequest) -> HttpResponse:
    """Every visit that stands."""
    return VISITS.page(request, VisitEntry.objects.select_related("firm"))
