"""The list of firms, and all that is known of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from sunlot.office.roster import queries
from sunlot.office.roster.models import CREDITS, RISKS, YES_NO, Firm, Status
from sunlot.office.shell.listing import Choice, Column, Listing, Search

COLOURS = {
    "": "warn",
    Status.NORMAL: "ok",
    Status.IDLE: "plain",
    Status.IN_DOUBT: "warn",
    Status.LOST: "bad",
    Status.STRUCK: "plain",
    Status.REVOKED: "plain",
    Status.MOVED: "plain",
}
FIRMS = Listing(
    name="检查对象名录",
    columns=(
        Column("单位名称", "name", sort="name", link="roster:one"),
        Column("统一社会信用代码", "id", sort="id"),
        Column("所属镇街", "territory", sort="territory"),
        Column("行业类别", "hazard_class", sort="hazard_class"),
        Column("风险等级", "risk_level"),
        Column("信用等级", "credit_class", on_screen=False),
        Column("重点单位", "key_unit"),
        Column("监管层级", "level", on_screen=False),
        Column("经营状态", lambda firm: firm.status or "未填", tag=lambda firm: COLOURS[firm.status]),
        Column("详细地址", "address", on_screen=False),
        Column("国民经济行业", "industry", on_screen=False),
        Column("成立日期", "established", on_screen=False),
        Column("从业人数", "staff", on_screen=False),
        Column("注册资本", "capital", on_screen=False),
        Column("经营范围", "scope", on_screen=False),
        Column("法定代表人", "legal_person", on_screen=False),
        Column("联系电话", "phone", on_screen=False),
        Column("备注", "note", on_screen=False),
        Column("最近核对", "confirmed_on", sort="confirmed_on"),
    ),
    filters=(
        Search(("name", "id", "address")),
        Choice("所属镇街", "territory", lambda: [(name, name) for name in queries.territories()]),
        Choice("行业类别", "hazard_class", lambda: [(name, name) for name in queries.hazard_classes()]),
        Choice("风险等级", "risk_level", RISKS),
        Choice("信用等级", "credit_class", CREDITS),
        Choice("重点单位", "key_unit", YES_NO),
        Choice("经营状态", "status", Status.choices),
    ),
    order=("pk",),
    empty="没有符合条件的单位。可以导入 Excel 名录，或逐户新增。",
)


def list_all(request: HttpRequest) -> HttpResponse:
    """Every listed firm."""
    return FIRMS.page(request, queries.listed())


def one(request: HttpRequest, pk: str) -> HttpResponse:
    """Everything about one firm."""
    firm = get_object_or_404(Firm.objects.select_related("merged_into"), pk=pk)
    return render(request, "roster/one.html", {"firm": firm, "today": timezone.localdate()})
