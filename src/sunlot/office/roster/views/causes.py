"""Causes of intensity: the list of all, entering one, withdrawing one."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_POST

from sunlot.office.roster import causes
from sunlot.office.roster.forms import CauseForm, ReasonForm
from sunlot.office.roster.models import Cause, Firm, IntensityCause
from sunlot.office.roster.views.firms import told
from sunlot.office.shell.bulk import Bulk, carry_out
from sunlot.office.shell.forms import form_page
from sunlot.office.shell.incoming import FromFile
from sunlot.office.shell.listing import Between, Button, Choice, Column, Listing, Search


def _state(cause: IntensityCause) -> str:
    if cause.withdrawn_on:
        return _("已撤销")
    return _("已到期") if cause.until < timezone.localdate() else _("有效")


CAUSES = Listing(
    incoming=FromFile("causes"),
    name="加大力度情形",
    columns=(
        Column("单位名称", "firm__name", link="roster:one", key="firm_id"),
        Column("统一社会信用代码", "firm_id"),
        Column("情形", "get_cause_display"),
        Column("级别", "level", sort="level"),
        Column("起", "since"),
        Column("有效期至", "until", sort="until"),
        Column("依据文书", "source"),
        Column("状态", _state, tag=lambda cause: "warn" if _state(cause) == _("有效") else "plain"),
        Column("撤销日期", "withdrawn_on", on_screen=False),
        Column("撤销理由", "withdrawn_why", on_screen=False),
    ),
    filters=(
        Search(("firm__name", "firm__id", "source")),
        Choice("情形", "cause", Cause.choices),
        Between("有效期至", "until"),
    ),
    order=("-until", "-pk"),
    buttons=(Button("撤销所选", "roster:uncause-many", bulk=True),),
    empty="还没有列入加大力度的单位。在单位页面上列入。",
)


def list_all(request: HttpRequest) -> HttpResponse:
    """Every cause."""
    return CAUSES.page(request, IntensityCause.objects.select_related("firm"))


def enter(request: HttpRequest, pk: str) -> HttpResponse:
    """List a firm for more intensity."""
    firm = get_object_or_404(Firm, pk=pk, listed=True)
    form = CauseForm(request.POST or None, initial={"since": timezone.localdate()})

    def act(data: dict[str, Any]) -> str:
        user: Any = request.user
        told(request, causes.enter_cause(user, pk, **data), _("已列入加大抽查力度。"))
        return reverse("roster:one", args=[pk])

    return form_page(request, form, act, back=reverse("roster:one", args=[pk]), heading=firm.name)


def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Withdraw a cause before it expires."""
    cause = get_object_or_404(IntensityCause.objects.select_related("firm"), pk=number)
    back = reverse("roster:one", args=[cause.firm_id])

    def act(data: dict[str, Any]) -> str:
        user: Any = request.user
        told(request, causes.withdraw_cause(user, number, data["reason"]), _("已撤销。"))
        return back

    heading = _("撤销 %(firm)s 的“%(cause)s”") % {"firm": cause.firm.name, "cause": cause.cause}
    return form_page(request, ReasonForm(request.POST or None), act, back=back, heading=heading)


def _withdraw(user: Any, keys: Sequence[int], data: Mapping[str, Any]) -> bool:
    return causes.withdraw_cause(user, keys[0], data["reason"]) is None


WITHDRAW = Bulk(noop("撤销所选"), _withdraw, ReasonForm)


@require_POST
def withdraw_many(request: HttpRequest) -> HttpResponse:
    """Withdraw several causes for one reason."""
    return carry_out(request, CAUSES, IntensityCause.objects.select_related("firm"), WITHDRAW)
