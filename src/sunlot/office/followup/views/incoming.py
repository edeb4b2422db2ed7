"""Transfers as the department sees them to which they went: its list, one of them, that it has it, and what became of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sunlot.office.followup import incoming
from sunlot.office.followup.forms import ReplyForm
from sunlot.office.followup.states import COLOURS, TRANSFERS, TransferState, may
from sunlot.office.followup.transfer_models import Sort, Transfer
from sunlot.office.shell.forms import form_page
from sunlot.office.shell.incoming import Never
from sunlot.office.shell.listing import Between, Choice, Column, Listing, Search
from sunlot.office.visits import moment

INCOMING = Listing(
    name="移送到本部门的事项",
    columns=(
        Column("编号", "pk", sort="pk", link="followup:arrived"),
        Column("种类", "get_sort_display"),
        Column("案件或线索名称", "subject"),
        Column("发出日期", "sent_on", sort="sent_on"),
        Column("回执期限", "receipt_by", sort="receipt_by"),
        Column("回执日期", "receipt_on"),
        Column("反馈日期", "answered_on"),
        Column("状态", "get_state_display", tag=lambda row: COLOURS[row.state]),
    ),
    filters=(
        Search(("subject",)),
        Choice("种类", "sort", Sort.choices),
        Choice("状态", "state", [(state, TransferState(state).label) for state in incoming.SEEN]),
        Between("发出日期", "sent_on"),
    ),
    incoming=Never.STEPS,
    order=("-pk",),
    empty="没有移送到本部门的事项。",
)


def list_all(request: HttpRequest) -> HttpResponse:
    """What was sent to this department."""
    return INCOMING.page(request, incoming.sent_to(request.user))


def _ours(request: HttpRequest, number: int) -> Transfer:
    row = incoming.sent_to(request.user).filter(pk=number).first()
    if row is None:
        raise Http404(_("没有移送到贵部门的这一事项。"))
    return row


def one(request: HttpRequest, number: int) -> HttpResponse:
    """One of them, with what can be done."""
    row = _ours(request, number)
    context = {
        "transfer": row,
        "colour": COLOURS[row.state],
        "materials": row.materials.splitlines(),
        "may": {act: may(TRANSFERS, row.state, act) for act in ("receive", "answer")},
    }
    return render(request, "followup/arrived.html", context)


@require_POST
def acknowledge(request: HttpRequest, number: int) -> HttpResponse:
    """That the department has it."""
    incoming.acknowledge(request.user, _ours(request, number).pk)  # type: ignore[arg-type]
    messages.success(request, _("已确认收到。"))
    return redirect("followup:arrived", number)


def reply(request: HttpRequest, number: int) -> HttpResponse:
    """What became of it."""
    row = _ours(request, number)
    back = reverse("followup:arrived", args=[row.pk])

    def act(data: dict[str, Any]) -> str:
        incoming.reply(request.user, row.pk, data["on"], data["text"])  # type: ignore[arg-type]
        messages.success(request, _("已反馈处理结果。"))
        return back

    form = ReplyForm(request.POST or None, initial={"on": moment.today()})
    return form_page(request, form, act, submit=_("反馈处理结果"), back=back, heading=f"{row} {row.subject}")
