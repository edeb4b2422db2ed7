"""Papers in lists, one by one, and what is done to one: scan, serve, make void."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_POST

from sunlot.documents.statutory import forms as statutory
from sunlot.office.papers import approval_kinds, queries, scans, sealing, serving
from sunlot.office.papers.body import document_of
from sunlot.office.papers.forms import CheckForm, ScanForm, ServeForm, VoidForm
from sunlot.office.papers.models import COLOURS, Paper, Sealing, State, title_of
from sunlot.office.papers.views.printed import seen
from sunlot.office.shell.bulk import Bulk, carry_out
from sunlot.office.shell.forms import form_page, refused_on
from sunlot.office.shell.incoming import Never
from sunlot.office.shell.listing import Between, Button, Choice, Column, Listing, Search
from sunlot.office.shell.sending import handed_in
from sunlot.office.visits import moment
from sunlot.office.visits.queries import is_closed


def _kinds() -> list[tuple[str, str]]:
    return [(kind, title_of(kind)) for kind in statutory()]


def _colour(paper: Paper) -> str:
    return COLOURS[State(paper.state)]


PAPERS = Listing(
    incoming=Never.RECORD,
    name=noop("文书"),
    columns=(
        Column("文书", lambda row: title_of(row.kind), link="papers:one", words=True),
        Column("文号", "number", sort="number"),
        Column("当事人", "party"),
        Column("日期", "day", sort="day"),
        Column("检查", "visit_id"),
        Column("状态", "get_state_display", tag=_colour),
        Column("送达日期", "served_on", sort="served_on"),
        Column("制作人", "issued_by"),
    ),
    filters=(
        Search(("number", "party", "firm__name", "firm__id"), title=noop("文号或企业")),
        Choice("文书种类", "kind", _kinds),
        Choice("状态", "state", State.choices),
        Between("日期", "day"),
    ),
    order=("-day", "-pk"),
    buttons=(
        Button("文号登记簿", "papers:register"),
        Button("空白文书", "papers:blanks"),
        Button("核对文书", "papers:check"),
        Button("本机关印章", "papers:seal"),
        Button("申请作废所选", "papers:void-many", bulk=True),
    ),
    empty="还没有文书。在检查详情页可以制作。",
)
REGISTER = Listing(
    incoming=Never.RECORD,
    name=noop("文号登记簿"),
    columns=(
        Column("文书", lambda row: title_of(row.kind), words=True),
        Column("年度", "year"),
        Column("序号", "sequence"),
        Column("文号", "number"),
        Column("当事人", lambda row: _("（名单未公开）") if row.visit and is_closed(row.visit) else row.party),
        Column("日期", "day"),
        Column("状态", "get_state_display", tag=_colour),
        Column("作废理由", "void_reason"),
        Column("制作人", "issued_by"),
    ),
    filters=(
        Choice("文书种类", "kind", _kinds),
        Choice("年度", "year", lambda: [(str(year), str(year)) for year in queries.years()]),
    ),
    order=("-year", "series", "sequence"),
    per_page=200,
    empty="还没有编号的文书。",
)


def list_all(request: HttpRequest) -> HttpResponse:
    """The papers that this person may see."""
    return PAPERS.page(request, queries.visible_to(request.user))


def register(request: HttpRequest) -> HttpResponse:
    """Every number that was given, void ones and those of hidden visits too, and whether any is missing."""
    return REGISTER.page(request, queries.numbered(), template="papers/register.html", series=queries.series())


def one(request: HttpRequest, number: int) -> HttpResponse:
    """All of one paper."""
    paper = seen(request, number)
    context = {
        "paper": paper,
        "colour": _colour(paper),
        "document": document_of(paper),
        "pages": list(paper.pages.order_by("order")),
        "heading": str(paper),
        "sealing": Sealing.objects.filter(paper=paper).select_related("approved_by").first(),
        "may_bear": sealing.may_bear(paper),
    }
    return render(request, "papers/one.html", context)


def void(request: HttpRequest, number: int) -> HttpResponse:
    """Ask that a paper be void."""
    paper = seen(request, number)

    def act(data: dict[str, Any]) -> str:
        approval_kinds.ask_void(request.user, paper, data["reason"])  # type: ignore[arg-type]
        messages.success(request, _("已送审，另一人批准后作废。"))
        return _page(paper)

    form = VoidForm(request.POST or None)
    return form_page(request, form, act, submit=_("申请作废"), back=_page(paper), heading=str(paper))


def serve(request: HttpRequest, number: int) -> HttpResponse:
    """Note that a paper was handed over."""
    paper = seen(request, number)

    def act(data: dict[str, Any]) -> str:
        serving.serve(request.user, paper.pk, data["on"], data["how"], data["to"])  # type: ignore[arg-type]
        messages.success(request, _("已登记送达。"))
        return _page(paper)

    form = ServeForm(request.POST or None, initial={"on": paper.served_on or moment.today(), "to": paper.served_to})
    return form_page(request, form, act, submit=_("登记送达"), back=_page(paper), heading=str(paper))


def scan(request: HttpRequest, number: int) -> HttpResponse:
    """Take in pages that were signed by hand."""
    paper = seen(request, number)

    def act(data: dict[str, Any]) -> str:
        scans.keep(request.user, paper, data["code"], [file.read() for file in data["pages"]])  # type: ignore[arg-type]
        messages.success(request, _("已收下签字页。"))
        return _page(paper)

    form = ScanForm(request.POST or None, request.FILES or None)
    return form_page(request, form, act, submit=_("上传签字页"), back=_page(paper), heading=str(paper))


def scanned(request: HttpRequest, number: int, order: int) -> HttpResponse:
    """One scanned page."""
    page = seen(request, number).pages.filter(order=order).first()
    if page is None:
        raise Http404(_("没有这一页。"))
    return handed_in(f"{page.sha256[:16]}.{page.media.rpartition('/')[2]}", scans.bytes_of(page), page.media)


def check(request: HttpRequest) -> HttpResponse:
    """Whether a printed page is one of ours: by what its QR code says, or by the digits beside it."""
    form = CheckForm(request.GET if "code" in request.GET else None)
    found: list[Paper] | None = None
    if form.is_valid():
        with refused_on(form):
            found = queries.by_code(request.user, form.cleaned_data["code"])
    status = 422 if form.errors else 200
    return render(request, "papers/check.html", {"form": form, "found": found}, status=status)


def _page(paper: Paper) -> str:
    return reverse("papers:one", args=[paper.pk])


def _void(user: Any, keys: Sequence[int], data: Mapping[str, Any]) -> bool:
    approval_kinds.ask_void(user, Paper.objects.get(pk=keys[0]), data["reason"])
    return False


VOID = Bulk(noop("申请作废所选"), _void, VoidForm)


@require_POST
def void_many(request: HttpRequest) -> HttpResponse:
    """Ask that several papers be void, for one reason."""
    return carry_out(request, PAPERS, queries.visible_to(request.user), VOID)
