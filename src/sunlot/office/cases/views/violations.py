"""违法行为信息库: the list, one entry with its cause in the roster, entering a finding, repair and withdrawal."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_POST

from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.models import State as Asked
from sunlot.office.cases import violations
from sunlot.office.cases.forms import FindingForm, LiftForm
from sunlot.office.cases.models import Violation, ViolationState
from sunlot.office.cases.violation_models import ViolationKind
from sunlot.office.shell.bulk import Bulk, carry_out
from sunlot.office.shell.forms import form_page
from sunlot.office.shell.incoming import FromFile
from sunlot.office.shell.listing import Between, Button, Choice, Column, Listing, Search
from sunlot.office.visits.moment import today


def standing(row: Violation) -> str:
    """Return where an entry stands on this day, in words."""
    if row.state == ViolationState.STANDING and row.until < today():
        return _("已到期")
    return str(row.get_state_display())


def colour(row: Violation) -> str:
    """Return the colour of where an entry stands."""
    return "warn" if row.counts_on(today()) else "plain"


VIOLATIONS = Listing(
    incoming=FromFile("violations"),
    name="违法行为信息库",
    columns=(
        Column("编号", "pk", sort="pk", link="cases:violation"),
        Column("单位名称", "firm__name", sort="firm__name"),
        Column("统一社会信用代码", "firm_id"),
        Column("类别", "get_kind_display"),
        Column("违法行为", "what", on_screen=False),
        Column("违反的规定", "article"),
        Column("依据", "ground"),
        Column("认定日期", "found_on", sort="found_on"),
        Column("级别", "level", sort="level"),
        Column("有效期至", "until", sort="until"),
        Column("状态", standing, tag=colour),
        Column("修复或撤回日期", "ended_on", on_screen=False),
        Column("理由", "why", on_screen=False),
    ),
    filters=(
        Search(("firm__name", "firm__id", "ground", "article")),
        Choice("类别", "kind", ViolationKind.choices),
        Choice("状态", "state", ViolationState.choices),
        Between("认定日期", "found_on"),
        Between("有效期至", "until"),
    ),
    order=("-found_on", "-pk"),
    buttons=(
        Button("重大事故隐患列入", "cases:found", main=True),
        Button("与名录核对一致", "cases:settle-many", bulk=True),
    ),
    empty="没有符合条件的违法行为信息。处罚决定送达后自动列入。",
)


def list_all(request: HttpRequest) -> HttpResponse:
    """Every entry."""
    return VIOLATIONS.page(request, Violation.objects.select_related("firm"))


def one(request: HttpRequest, number: int) -> HttpResponse:
    """One entry, and what the roster says of it."""
    row = get_object_or_404(Violation.objects.select_related("firm", "case"), pk=number)
    causes = violations.causes_of([row])
    cause = causes.get(row.pk)
    context = {
        "row": row,
        "standing": standing(row),
        "colour": colour(row),
        "cause": cause,
        "settled": violations.is_settled(row, cause, today()),
        "asked": Approval.objects.filter(obj=row.obj, state=Asked.PENDING).first(),
        "roster_asked": violations.asked_of([row], causes).get(row.pk),
    }
    return render(request, "cases/violation.html", context)


def found(request: HttpRequest) -> HttpResponse:
    """A major hazard that the chief is asked to confirm."""

    def act(data: dict[str, Any]) -> str:
        data = data | {"firm": data["firm"].strip().upper()}
        violations.ask_finding(request.user, **data)  # type: ignore[arg-type]
        messages.success(request, _("已送审，由另一名负责人确认后列入。"))
        readers = getattr(request.user, "role", "") != "inspector"
        return reverse("cases:violations") if readers else "/"

    initial = {"severity": "major", "found_on": today()} | request.GET.dict()
    form = FindingForm(request.POST or None, initial=initial)
    return form_page(request, form, act, submit=_("送审"), back="/")


def lift(request: HttpRequest, number: int) -> HttpResponse:
    """Repair or withdrawal."""
    row = get_object_or_404(Violation.objects.select_related("firm"), pk=number)
    back = reverse("cases:violation", args=[number])

    def act(data: dict[str, Any]) -> str:
        violations.ask_lift(request.user, number, **data)  # type: ignore[arg-type]
        messages.success(request, _("已送审，由另一名负责人批准。"))
        return back

    return form_page(request, LiftForm(request.POST or None), act, submit=_("送审"), back=back, heading=row.firm.name)


@require_POST
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """Bring the roster's cause to what the entry says."""
    get_object_or_404(Violation, pk=number)
    if violations.settle(request.user, number):  # type: ignore[arg-type]
        messages.success(request, _("抽查轮次正在进行，已在名录中报审批。"))
    else:
        messages.success(request, _("名录中的加大力度已与违法行为信息一致。"))
    return redirect("cases:violation", number)


def _settle(user: Any, keys: Sequence[int], data: Mapping[str, Any]) -> bool:
    return violations.settle(user, keys[0]) is None


SETTLE = Bulk(noop("与名录核对一致"), _settle)


@require_POST
def settle_many(request: HttpRequest) -> HttpResponse:
    """Bring the roster's causes to what several entries say."""
    return carry_out(request, VIOLATIONS, Violation.objects.select_related("firm"), SETTLE)
