"""The requests: a list, one with everything it would change, and the decision."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_POST

from sunlot.office.approvals import queries, services
from sunlot.office.approvals.forms import OpinionForm, RemarkForm
from sunlot.office.approvals.kinds import KINDS
from sunlot.office.approvals.models import State
from sunlot.office.shell.bulk import Bulk, carry_out
from sunlot.office.shell.incoming import Never
from sunlot.office.shell.language import in_chinese
from sunlot.office.shell.listing import Button, Choice, Column, Listing, Search
from sunlot.refusal import Refusal

COLOURS = {State.PENDING: "warn", State.GRANTED: "ok", State.REFUSED: "bad", State.WITHDRAWN: "plain"}
REQUESTS = Listing(
    incoming=Never.RECORD,
    name="审批",
    columns=(
        Column("事由", "title", link="approvals:one"),
        Column("类别", lambda row: KINDS[row.kind].title, words=True),
        Column("申请人", "asked_by__name"),
        Column("申请时间", "asked_at", sort="asked_at"),
        Column("状态", "get_state_display", tag=lambda row: COLOURS[row.state]),
        Column("审批人", "decided_by__name"),
        Column("审批时间", "decided_at"),
    ),
    filters=(
        Search(("title", "asked_by__name")),
        Choice("类别", "kind", lambda: [(kind.code, kind.title) for kind in KINDS.values()]),
        Choice("状态", "state", State.choices),
    ),
    order=("-asked_at", "-pk"),
    buttons=(
        Button("批准所选", "approvals:grant-many", bulk=True),
        Button("退回所选", "approvals:refuse-many", bulk=True),
    ),
)


def list_all(request: HttpRequest) -> HttpResponse:
    """Every request this person may see."""
    return REQUESTS.page(request, queries.visible_to(request.user))


def one(request: HttpRequest, number: int) -> HttpResponse:
    """One request, and what it would change."""
    return _show(request, number)


def _show(request: HttpRequest, number: int, refusal: Refusal | None = None, remark: str = "") -> HttpResponse:
    approval = get_object_or_404(queries.visible_to(request.user), pk=number)
    kind, payload = KINDS[approval.kind], json.loads(approval.payload)
    with in_chinese():
        changes = list(kind.changes(payload))
    context = {
        "approval": approval,
        "kind": kind,
        "changes": changes,
        "address": kind.address(payload),
        "colour": COLOURS[State(approval.state)],
        "mine": approval.asked_by_id == request.user.pk,
        "decides": approval.state == State.PENDING and request.user.role in kind.approvers,  # type: ignore[union-attr]
        "refusal": refusal,
        "remark": remark,
        "checks": kind.checks(payload),
        "checked": request.POST.getlist("checked"),
    }
    return render(request, "approvals/one.html", context, status=409 if refusal else 200)


@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Grant, refuse or withdraw; what cannot be done is said on the same page."""
    get_object_or_404(queries.visible_to(request.user), pk=number)
    act, remark, user = request.POST.get("act", ""), request.POST.get("remark", ""), request.user
    try:
        if act == "grant":
            approval = services.grant(user, number, remark, request.POST.getlist("checked"))  # type: ignore[arg-type]
        elif act == "refuse":
            approval = services.refuse(user, number, remark)  # type: ignore[arg-type]
        else:
            approval = services.withdraw(user, number)  # type: ignore[arg-type]
    except Refusal as refusal:
        return _show(request, number, refusal, remark)
    messages.success(
        request, _("%(title)s：%(state)s。") % {"title": approval.title, "state": approval.get_state_display()}
    )
    return redirect("approvals:one", number)


def _grant(user: Any, keys: Sequence[int], data: Mapping[str, Any]) -> bool:
    services.grant(user, keys[0], data["remark"])
    return True


def _refuse(user: Any, keys: Sequence[int], data: Mapping[str, Any]) -> bool:
    services.refuse(user, keys[0], data["remark"])
    return True


GRANT = Bulk(
    noop("批准所选"),
    _grant,
    OpinionForm,
    help=noop("批准前请逐件看过内容；须逐项核对勾选的申请不能成批批准，请打开办理。"),
)
REFUSE = Bulk(noop("退回所选"), _refuse, RemarkForm)


@require_POST
def grant_many(request: HttpRequest) -> HttpResponse:
    """Grant several requests; those with a checklist are opened one by one."""
    return carry_out(request, REQUESTS, queries.visible_to(request.user), GRANT)


@require_POST
def refuse_many(request: HttpRequest) -> HttpResponse:
    """Turn several requests down with one remark."""
    return carry_out(request, REQUESTS, queries.visible_to(request.user), REFUSE)
