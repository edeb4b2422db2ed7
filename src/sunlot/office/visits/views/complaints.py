"""What firms complain of: the supervisor reads it, nobody else."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from sunlot.office.shell.forms import form_page
from sunlot.office.shell.incoming import Never
from sunlot.office.shell.listing import Between, Column, Listing, Search
from sunlot.office.visits.firm import read_complaint
from sunlot.office.visits.forms import AnswerForm
from sunlot.office.visits.models import Complaint

COMPLAINTS = Listing(
    incoming=Never.SEALED,
    name="企业投诉",
    columns=(
        Column("编号", "pk", link="visits:complaint"),
        Column("收到", "at"),
        Column("检查", "visit__pk"),
        Column("检查对象", "visit__firm_name"),
        Column(
            "状态",
            lambda row: _("已阅") if row.read_at else _("未阅"),
            tag=lambda row: "ok" if row.read_at else "warn",
        ),
    ),
    filters=(Search(("visit__firm_name",)), Between("收到", "at__date")),
    order=("queued", "-pk"),
    empty="没有投诉。",
)


def all_complaints(request: HttpRequest) -> HttpResponse:
    """Every complaint."""
    return COMPLAINTS.page(request, Complaint.objects.select_related("visit"))


def complaint(request: HttpRequest, number: int) -> HttpResponse:
    """One complaint; noting what came of it."""
    row = get_object_or_404(Complaint.objects.select_related("visit"), pk=number)

    def act(data: dict[str, Any]) -> str:
        read_complaint(request.user, row.pk, data["answer"])  # type: ignore[arg-type]
        return reverse("visits:complaints")

    form = AnswerForm(request.POST or None, initial={"answer": row.answer})
    return form_page(request, form, act, "visits/complaint.html", complaint=row, submit=_("已阅"))
