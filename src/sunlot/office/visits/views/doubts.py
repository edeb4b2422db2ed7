"""What is implausible about visits: the chief has it explained."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_POST

from sunlot.office.shell.bulk import Bulk, carry_out
from sunlot.office.shell.forms import form_page
from sunlot.office.shell.incoming import Never
from sunlot.office.shell.listing import Button, Choice, Column, Listing, Search
from sunlot.office.visits import queries
from sunlot.office.visits.doubts import explain
from sunlot.office.visits.forms import ExplanationForm
from sunlot.office.visits.models import Doubt, DoubtKind

DOUBTS = Listing(
    incoming=Never.RECKONED,
    name="检查疑点",
    columns=(
        Column("检查", "visit__pk", link="visits:one", key="visit_id"),
        Column("检查对象", "visit__firm_name"),
        Column("疑点", "get_kind_display"),
        Column("情况", "text"),
        Column("发现", "found_at", sort="found_at"),
        Column(
            "状态",
            lambda row: _("已核实") if row.explained_at else _("待核实"),
            tag=lambda row: "ok" if row.explained_at else "warn",
        ),
    ),
    filters=(Search(("visit__firm_name",)), Choice("疑点", "kind", DoubtKind.choices)),
    order=("explained_at", "-pk"),
    buttons=(Button("核实所选疑点", "visits:doubts-explain", bulk=True),),
    empty="没有疑点。时间、位置合理的检查不在这里。",
)


def all_doubts(request: HttpRequest) -> HttpResponse:
    """Every doubt about a visit that the office may see."""
    return DOUBTS.page(request, Doubt.objects.filter(visit__in=queries.in_the_office()).select_related("visit"))


def doubt(request: HttpRequest, number: int) -> HttpResponse:
    """One doubt; noting how it is explained."""
    rows = Doubt.objects.filter(visit__in=queries.in_the_office()).select_related("visit", "other", "explained_by")
    row = get_object_or_404(rows, pk=number)

    def act(data: dict[str, Any]) -> str:
        explain(request.user, row.pk, data["explanation"])  # type: ignore[arg-type]
        return reverse("visits:doubts")

    form = ExplanationForm(request.POST or None, initial={"explanation": row.explanation})
    return form_page(request, form, act, "visits/doubt.html", doubt=row, submit=_("记为已核实"))


def _explain(user: Any, keys: Sequence[int], data: Mapping[str, Any]) -> bool:
    explain(user, keys[0], data["explanation"])
    return True


EXPLAIN = Bulk(noop("核实所选疑点"), _explain, ExplanationForm)


@require_POST
def explain_many(request: HttpRequest) -> HttpResponse:
    """Note one explanation of several doubts, such as a phone with a wrong clock."""
    rows = Doubt.objects.filter(visit__in=queries.in_the_office()).select_related("visit")
    return carry_out(request, DOUBTS, rows, EXPLAIN)
