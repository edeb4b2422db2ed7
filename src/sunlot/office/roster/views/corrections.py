"""Requests for correction: the list, entering one, deciding one."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_POST, require_safe

from sunlot.office.roster import corrections
from sunlot.office.roster.facts import title_of
from sunlot.office.roster.forms import AnswerForm, CorrectionForm, DecisionForm
from sunlot.office.roster.models import Correction, Firm, Step
from sunlot.office.roster.views.firms import told
from sunlot.office.shell.bulk import Bulk, carry_out
from sunlot.office.shell.forms import form_page
from sunlot.office.shell.incoming import FromFile
from sunlot.office.shell.listing import Button, Choice, Column, Listing, Search

COLOURS = {Step.ASKED: "warn", Step.WAITING: "info", Step.ACCEPTED: "ok", Step.REFUSED: "plain"}
CORRECTIONS = Listing(
    incoming=FromFile("corrections"),
    name="更正申请",
    columns=(
        Column("单位名称", "firm__name", link="roster:correction"),
        Column("统一社会信用代码", "firm_id", on_screen=False),
        Column("项目", lambda row: title_of(row.field), words=True),
        Column("应为", "wanted"),
        Column("理由和证明材料", "ground", on_screen=False),
        Column("申请人", "asked_by"),
        Column("申请人联系方式", "contact", on_screen=False),
        Column("申请日期", "asked_on", sort="asked_on"),
        Column("状态", "get_state_display", tag=lambda row: COLOURS[row.state]),
        Column("办结日期", "decided_on"),
        Column("答复", "answer", on_screen=False),
    ),
    filters=(Search(("firm__name", "firm__id")), Choice("状态", "state", Step.choices)),
    order=("-pk",),
    buttons=(
        Button("予以更正", "roster:accept-many", bulk=True),
        Button("不予更正", "roster:decline-many", bulk=True),
    ),
    empty="没有更正申请。企业提出时，在单位页面上登记。",
)


def list_all(request: HttpRequest) -> HttpResponse:
    """Every request."""
    return CORRECTIONS.page(request, Correction.objects.select_related("firm"))


def ask(request: HttpRequest, pk: str) -> HttpResponse:
    """Enter what a firm asks for."""
    firm = get_object_or_404(Firm, pk=pk, listed=True)
    form = CorrectionForm(firm, request.POST or None, initial={"asked_on": timezone.localdate()})

    def act(data: dict[str, Any]) -> str:
        user: Any = request.user
        on = data.pop("asked_on")
        found = corrections.ask(user.actor, pk, on=on, **data)
        messages.success(request, _("已登记更正申请。"))
        return reverse("roster:correction", args=[found.pk])

    return form_page(request, form, act, back=reverse("roster:one", args=[pk]), heading=firm.name)


@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One request, with the entry as it stands."""
    correction = _correction(number)
    form = DecisionForm(initial={"version": correction.version})
    return render(request, "roster/correction.html", _context(correction) | {"form": form})


def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Accept a request, which is an edit, or refuse it with an answer."""
    correction = _correction(number)
    form = DecisionForm(request.POST or None, initial={"version": correction.version})

    def act(data: dict[str, Any]) -> str:
        user: Any = request.user
        if request.POST.get("act") == "accept":
            told(request, corrections.accept(user, number, data["version"], data["answer"]), _("已更正。"))
        else:
            corrections.refuse(user, number, data["version"], data["answer"])
            messages.success(request, _("已答复不予更正。"))
        return reverse("roster:correction", args=[number])

    return form_page(request, form, act, "roster/correction.html", **_context(correction))


def _correction(number: int) -> Correction:
    return get_object_or_404(Correction.objects.select_related("firm", "decided_by"), pk=number)


def _context(correction: Correction) -> dict[str, Any]:
    return {
        "correction": correction,
        "field_title": title_of(correction.field),
        "now": getattr(correction.firm, correction.field),
        "colour": COLOURS[Step(correction.state)],
        "open": correction.state in (Step.ASKED, Step.WAITING),
    }


def _accept(user: Any, keys: Sequence[int], data: Mapping[str, Any]) -> bool:
    version = Correction.objects.values_list("version", flat=True).get(pk=keys[0])
    return corrections.accept(user, keys[0], version, data["answer"]) is None


def _decline(user: Any, keys: Sequence[int], data: Mapping[str, Any]) -> bool:
    version = Correction.objects.values_list("version", flat=True).get(pk=keys[0])
    corrections.refuse(user, keys[0], version, data["answer"])
    return True


ACCEPT, DECLINE = Bulk(noop("予以更正"), _accept, AnswerForm), Bulk(noop("不予更正"), _decline, AnswerForm)


@require_POST
def accept_many(request: HttpRequest) -> HttpResponse:
    """Apply several corrections with one answer."""
    return carry_out(request, CORRECTIONS, Correction.objects.select_related("firm"), ACCEPT)


@require_POST
def decline_many(request: HttpRequest) -> HttpResponse:
    """Refuse several corrections with one answer."""
    return carry_out(request, CORRECTIONS, Correction.objects.select_related("firm"), DECLINE)
