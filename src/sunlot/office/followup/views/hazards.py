"""The register of major hazards: the list, what is proposed for it, one with all that belongs to it, and its steps."""

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sunlot.office.accounts.queries import names_by_actor
from sunlot.office.accounts.roles import READERS
from sunlot.office.followup import evidence, queries, standing
from sunlot.office.followup import hazards as services
from sunlot.office.followup.cut_models import PowerCut
from sunlot.office.followup.findings import Found, majors_of, record_in_force
from sunlot.office.followup.forms import (
    ConclusionForm,
    HazardEvidenceForm,
    HazardForm,
    OtherHazardForm,
    ReasonForm,
    facts_of,
)
from sunlot.office.followup.models import Hazard, Level
from sunlot.office.followup.states import COLOURS, HAZARDS, OPEN_HAZARDS, HazardState, may
from sunlot.office.papers.queries import papers_of
from sunlot.office.shell.forms import form_page
from sunlot.office.shell.incoming import Never
from sunlot.office.shell.listing import Between, Button, Choice, Column, Listing, Search
from sunlot.office.visits import moment
from sunlot.office.visits.models import Visit
from sunlot.office.visits.queries import visible_to as visible_visits

LATE = [("near", standing.NEAR), ("late", standing.LATE)]


def _by_lateness(rows: Any, wanted: str) -> Any:
    chosen = {"near": queries.hazards_nearly_due, "late": queries.overdue_hazards}[wanted]
    return rows.filter(pk__in=chosen(moment.today()).values("pk"))


REGISTER = Listing(
    incoming=Never.STEPS,
    name="重大隐患台账",
    columns=(
        Column("编号", "pk", sort="pk", link="followup:hazard"),
        Column("单位名称", "firm_name", sort="firm_name"),
        Column("所属镇街", "firm__territory"),
        Column("隐患内容", lambda row: row.text[:60]),
        Column("判定依据", "basis", on_screen=False),
        Column("督办级别", "get_level_display"),
        Column("治理措施", "measures", on_screen=False),
        Column("治理期间的临时措施", "interim", on_screen=False),
        Column("治理责任人", "responsible"),
        Column("发现日期", "found_on", sort="found_on"),
        Column("治理期限", "deadline", sort="deadline"),
        Column("期限情况", standing.of_hazard, tag=lambda row: standing.colour(standing.of_hazard(row)), words=True),
        Column("状态", "get_state_display", tag=lambda row: COLOURS[row.state]),
        Column("销号日期", "closed_on"),
    ),
    filters=(
        Search(("firm_name", "firm__id", "text")),
        Choice("状态", "state", HazardState.choices),
        Choice("督办级别", "level", Level.choices),
        Choice("期限情况", "late", LATE, how=_by_lateness),
        Between("治理期限", "deadline"),
    ),
    order=("-pk",),
    buttons=(
        Button("待列入台账", "followup:proposed"),
        Button("新增重大隐患", "followup:new-hazard", main=True),
    ),
    empty="台账中没有重大隐患。",
)


def list_all(request: HttpRequest) -> HttpResponse:
    """Every major hazard that this person may see."""
    return REGISTER.page(request, queries.visible_hazards(request.user))


def proposed(request: HttpRequest) -> HttpResponse:
    """The major findings of signed records that are neither in the register nor noted as not belonging there."""
    user: Any = request.user
    rows = queries.with_majors().order_by("finished_at", "pk")
    if user.role not in READERS:
        rows = rows.filter(pk__in=queries.own_visits(user))
    return render(request, "followup/proposed.html", {"rows": list(queries.unregistered(rows))})


def visible(request: HttpRequest, number: int) -> Hazard:
    """Return an entry that this person may see. Raises Http404 for any other."""
    hazard = queries.visible_hazards(request.user).filter(pk=number).first()
    if hazard is None:
        raise Http404(_("没有这条重大隐患。"))
    return hazard


def one(request: HttpRequest, number: int) -> HttpResponse:
    """All of one entry."""
    hazard = visible(request, number)
    names = names_by_actor()
    late, waits = standing.of_hazard(hazard), queries.pending(hazard.obj, services.SIGN_OFF)
    context = {
        "hazard": hazard,
        "colour": COLOURS[hazard.state],
        "late": late,
        "late_colour": standing.colour(late),
        "handed_in": [
            (row, names.get(row.by, row.by)) for row in hazard.evidence.prefetch_related("files").order_by("pk")
        ],
        "waits": waits,
        "transfers": queries.transfers_about(hazard.obj),
        "cuts": PowerCut.objects.filter(hazard=hazard).order_by("pk"),
        "papers": papers_of(hazard.obj),
        "may": {
            "change": may(HAZARDS, hazard.state, "change") and not waits,
            "hand_in": hazard.state in OPEN_HAZARDS,
            "cut": hazard.state in OPEN_HAZARDS,
            "report": may(HAZARDS, hazard.state, "report") and not waits,
        },
    }
    return render(request, "followup/hazard.html", context)


def _found(request: HttpRequest, number: int, finding: UUID) -> tuple[Visit, Found]:
    user: Any = request.user
    visit = visible_visits(user, moment.now()).filter(pk=number).first()
    record = record_in_force(visit) if visit else None
    found = next((one for one in majors_of(record) if one.id == str(finding)), None) if record else None
    if visit is None or found is None:
        raise Http404(_("已签字的检查记录中没有这条重大隐患。"))
    return visit, found


def register(request: HttpRequest, number: int, finding: UUID) -> HttpResponse:
    """A finding that is entered in the register."""
    visit, found = _found(request, number, finding)
    initial = {"text": found.text, "basis": found.article, "measures": found.measure}
    form = HazardForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> str:
        return _address(services.register(request.user, visit.pk, found.id, form.facts()))  # type: ignore[arg-type]

    heading = f"{visit} {visit.firm_name}"
    return form_page(request, form, act, submit=_("列入台账"), back=reverse("followup:proposed"), heading=heading)


def waive(request: HttpRequest, number: int, finding: UUID) -> HttpResponse:
    """A note why a finding does not belong in the register."""
    visit, found = _found(request, number, finding)

    def act(data: dict[str, Any]) -> str:
        services.waive(request.user, visit.pk, found.id, data["reason"])  # type: ignore[arg-type]
        messages.info(request, _("涉及重大隐患，已报另一人审批。"))
        return reverse("followup:proposed")

    form = ReasonForm(request.POST or None)
    heading = f"{visit.firm_name}：{found.text}"
    return form_page(request, form, act, submit=_("不列入台账"), back=reverse("followup:proposed"), heading=heading)


def new(request: HttpRequest) -> HttpResponse:
    """A major hazard that came to light without a visit."""
    form = OtherHazardForm(request.POST or None, initial={"found_on": moment.today(), **request.GET.dict()})

    def act(data: dict[str, Any]) -> str:
        user: Any = request.user
        hazard = services.register_other(user, data["firm"].strip().upper(), data["found_on"], form.facts())
        return _address(hazard)

    return form_page(request, form, act, submit=_("列入台账"), back=reverse("followup:hazards"))


def _address(hazard: Hazard) -> str:
    return reverse("followup:hazard", args=[hazard.pk])


def _step(request: HttpRequest, hazard: Hazard, form: django_forms.Form, act: Any, submit: str) -> HttpResponse:
    def carry_out(data: dict[str, Any]) -> str:
        act(data)
        return _address(hazard)

    heading = f"{hazard} {hazard.firm_name}"
    return form_page(request, form, carry_out, submit=submit, back=_address(hazard), heading=heading)


def change(request: HttpRequest, number: int) -> HttpResponse:
    """Other facts of an entry."""
    user: Any = request.user
    hazard = visible(request, number)
    form = HazardForm(request.POST or None, initial=facts_of(hazard))

    def act(data: dict[str, Any]) -> None:
        services.change(user, hazard.pk, data["version"] or 0, form.facts())

    return _step(request, hazard, form, act, _("保存"))


def hand_in(request: HttpRequest, number: int) -> HttpResponse:
    """Evidence that a hazard is being removed."""
    user: Any = request.user
    hazard = visible(request, number)
    form = HazardEvidenceForm(request.POST or None, request.FILES or None)

    def act(data: dict[str, Any]) -> None:
        evidence.hand_in_for_hazard(user, hazard.pk, data["text"], data["uploads"])

    return _step(request, hazard, form, act, _("提交"))


def report(request: HttpRequest, number: int) -> HttpResponse:
    """The request to sign an entry off."""
    user: Any = request.user
    hazard = visible(request, number)
    form = ConclusionForm(request.POST or None, initial={"conclusion": hazard.conclusion})

    def act(data: dict[str, Any]) -> None:
        services.report(user, hazard.pk, data["conclusion"])
        messages.success(request, _("已申请销号，由另一人审批。"))

    return _step(request, hazard, form, act, _("申请销号"))
