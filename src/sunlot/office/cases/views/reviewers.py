"""法制审核人员: who is qualified, entered and ended by two persons."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_POST

from sunlot.office.cases import reviewing
from sunlot.office.cases.forms import ReasonForm, ReviewerForm
from sunlot.office.cases.models import Ground, ReviewerQualification
from sunlot.office.shell.bulk import Bulk, carry_out
from sunlot.office.shell.forms import form_page
from sunlot.office.shell.incoming import FromFile
from sunlot.office.shell.listing import Button, Choice, Column, Listing, Search

REVIEWERS = Listing(
    incoming=FromFile("reviewers"),
    name="法制审核人员",
    columns=(
        Column("姓名", "user__name"),
        Column("用户名", "user__username"),
        Column("岗位", "user__get_role_display"),
        Column("资格依据", "get_ground_display"),
        Column("证书编号", "certificate"),
        Column("起始日期", "valid_from", sort="valid_from"),
        Column("状态", lambda row: _("已停用") if row.revoked_on else _("有效"), tag=lambda row: _tag(row)),
        Column("停用日期", "revoked_on"),
        Column("停用理由", "why", on_screen=False),
        Column("操作", lambda row: "" if row.revoked_on else _("停用"), link="cases:reviewer-end", on_paper=False),
    ),
    filters=(Search(("user__name", "user__username", "certificate")), Choice("资格依据", "ground", Ground.choices)),
    order=("revoked_on", "-pk"),
    buttons=(
        Button("登记资格", "cases:reviewer-new", main=True),
        Button("停用所选", "cases:reviewers-end", bulk=True),
    ),
    empty="还没有登记法制审核人员；没有审核人员，案件不能作出处罚决定。",
)


def _tag(row: ReviewerQualification) -> str:
    return "plain" if row.revoked_on else "ok"


def list_all(request: HttpRequest) -> HttpResponse:
    """Everybody who is or was qualified."""
    return REVIEWERS.page(
        request, ReviewerQualification.objects.select_related("user"), template="cases/reviewers.html"
    )


def new(request: HttpRequest) -> HttpResponse:
    """Somebody to be entered."""

    def act(data: dict[str, Any]) -> str:
        reviewing.ask_to_qualify(request.user, **data)  # type: ignore[arg-type]
        messages.success(request, _("已送审，由另一名负责人批准后生效。"))
        return reverse("cases:reviewers")

    form = ReviewerForm(request.POST or None)
    return form_page(request, form, act, submit=_("送审"), back=reverse("cases:reviewers"))


def end(request: HttpRequest, number: int) -> HttpResponse:
    """A qualification to be ended."""
    row = get_object_or_404(ReviewerQualification.objects.select_related("user"), pk=number)

    def act(data: dict[str, Any]) -> str:
        reviewing.ask_to_end(request.user, number, data["reason"])  # type: ignore[arg-type]
        messages.success(request, _("已送审，由另一名负责人批准后停用。"))
        return reverse("cases:reviewers")

    back = reverse("cases:reviewers")
    return form_page(request, ReasonForm(request.POST or None), act, submit=_("送审"), back=back, heading=row.user.name)


def _end(user: Any, keys: Sequence[int], data: Mapping[str, Any]) -> bool:
    reviewing.ask_to_end(user, keys[0], data["reason"])
    return False


END = Bulk(noop("停用所选"), _end, ReasonForm)


@require_POST
def end_many(request: HttpRequest) -> HttpResponse:
    """Ask for the end of several qualifications."""
    return carry_out(request, REVIEWERS, ReviewerQualification.objects.select_related("user"), END)
