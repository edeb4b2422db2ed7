"""Recusals: one's own, one version, and what the approver sees. Nobody else sees more than the counts."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sunlot.intake.crosscheck import crosscheck
from sunlot.office.accounts.roles import CHIEF
from sunlot.office.approvals.models import State
from sunlot.office.inspectors import queries, recusals
from sunlot.office.inspectors.firms import which_firm
from sunlot.office.inspectors.forms import RecusalForm, WithdrawForm, WordsForm
from sunlot.office.inspectors.models import Ground, Recusal, Step
from sunlot.office.shell.forms import form_page
from sunlot.office.shell.incoming import FromFile, Never
from sunlot.office.shell.listing import Button, Choice, Column, Listing, Search

COLOURS = {Step.PROPOSED: "warn", Step.IN_FORCE: "ok", Step.ENDED: "plain"}


def stands(row: Recusal) -> str:
    """Return in Chinese where a version stands; one that was not granted says so."""
    if row.step == Step.PROPOSED and row.approval.state != State.PENDING:
        return str(State(row.approval.state).label)
    if row.withdraws and row.step == Step.IN_FORCE:
        return _("已撤销回避")
    return str(Step(row.step).label)


FIRM = Column("单位", lambda row: row.firm_name or row.firm_id, link="inspectors:recusal")
COLUMNS = (
    FIRM,
    Column("单位代码", "firm_id"),
    Column("回避情形", "get_ground_display", sort="ground"),
    Column("版次", "version"),
    Column("事项", lambda row: _("撤销") if row.withdraws else _("申报")),
    Column("申报日期", "declared_on", sort="declared_on"),
    Column("状态", stands, tag=lambda row: COLOURS[row.step]),
)
FILTERS = (Choice("回避情形", "ground", Ground.choices), Choice("状态", "step", Step.choices))
MINE = Listing(
    incoming=Never.OWN,
    name="我的回避声明",
    columns=COLUMNS,
    filters=FILTERS,
    order=("-declared_on", "-pk"),
    buttons=(Button("申报回避", "inspectors:declare", main=True),),
    empty="没有回避声明。与检查对象有亲属、股份、任职等关系的，应当申报。",
)
DECLARED = Listing(
    incoming=FromFile("recusals"),
    name="回避声明审批",
    columns=(Column("人员编号", "inspector_id", sort="inspector_id"), Column("姓名", "inspector__name"), *COLUMNS),
    filters=(Search(("inspector__id", "inspector__name", "firm_id", "firm_name")), *FILTERS),
    order=("-declared_on", "-pk"),
    empty="没有回避声明。",
)


def mine(request: HttpRequest) -> HttpResponse:
    """One's own declarations, all versions."""
    return MINE.page(request, _own(request.user), template="inspectors/mine.html", nobody=_nobody(request.user))


def declared(request: HttpRequest) -> HttpResponse:
    """Every declaration, for who approves them, and what only all of them together show."""
    today = timezone.localdate()
    people = [queries.as_drawn(row) for row in queries.standing(today)]
    remarks = [said for _kind, _id, said in crosscheck(people, queries.barred(), today.isoformat())]
    return DECLARED.page(request, _readable(request.user), template="inspectors/declared.html", remarks=remarks)


def one(request: HttpRequest, number: int) -> HttpResponse:
    """One version, with the versions before and after it."""
    row = get_object_or_404(_readable(request.user), pk=number)
    versions = _readable(request.user).filter(declaration=row.declaration).order_by("-version")
    own = row.inspector == queries.inspector_of(request.user)
    waiting = any(v.step == Step.PROPOSED and v.approval.state == State.PENDING for v in versions)
    context = {
        "recusal": row,
        "stands": stands(row),
        "colour": COLOURS[Step(row.step)],
        "versions": [(version, stands(version)) for version in versions],
        "changes": own and row.step == Step.IN_FORCE and not row.withdraws and not waiting,
        "decides": row.step == Step.PROPOSED and row.approval.state == State.PENDING,
    }
    return render(request, "inspectors/recusal.html", context)


def declare(request: HttpRequest) -> HttpResponse:
    """Declare a recusal."""

    def act(data: dict[str, Any]) -> str:
        firm, name = which_firm(data["firm"])
        user: Any = request.user
        row = recusals.declare(user, timezone.localdate(), firm, name, data["ground"], data["detail"])
        return _asked(request, row)

    back = reverse("inspectors:recusals")
    return form_page(request, RecusalForm(request.POST or None), act, back=back, submit="提交审批")


def revise(request: HttpRequest, number: int) -> HttpResponse:
    """Say it in other words, as a new version."""
    row = _mine_or_404(request, number)

    def act(data: dict[str, Any]) -> str:
        user: Any = request.user
        return _asked(request, recusals.revise(user, row.pk, timezone.localdate(), data["ground"], data["detail"]))

    form = WordsForm(request.POST or None, initial={"ground": row.ground, "detail": row.detail})
    return _form(request, form, act, row)


def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take a recusal back, as a new version."""
    row = _mine_or_404(request, number)

    def act(data: dict[str, Any]) -> str:
        user: Any = request.user
        return _asked(request, recusals.withdraw(user, row.pk, timezone.localdate(), data["why"]))

    return _form(request, WithdrawForm(request.POST or None), act, row)


def counts(request: HttpRequest) -> HttpResponse:
    """How many recusals of each kind are in force: all that the public gets."""
    found = dict(queries.in_force().order_by().values_list("ground").annotate(n=Count("pk")))
    rows = [(label, found.get(code, 0)) for code, label in Ground.choices]
    return render(request, "inspectors/counts.html", {"rows": rows, "total": sum(found.values())})


def _form(request: HttpRequest, form: forms.Form, act: Any, row: Recusal) -> HttpResponse:
    back = reverse("inspectors:recusal", args=[row.pk])
    return form_page(request, form, act, heading=row.firm_name or row.firm_id, back=back, submit="提交审批")


def _asked(request: HttpRequest, row: Recusal) -> str:
    messages.success(request, _("已提交审批，批准后生效。"))
    return reverse("inspectors:recusal", args=[row.pk])


def _own(user: Any) -> QuerySet[Recusal]:
    return _all().filter(inspector=queries.inspector_of(user))


def _readable(user: Any) -> QuerySet[Recusal]:
    return _all() if user.role == CHIEF else _own(user)


def _all() -> QuerySet[Recusal]:
    return Recusal.objects.select_related("inspector", "approval")


def _nobody(user: Any) -> bool:
    return queries.inspector_of(user) is None


def _mine_or_404(request: HttpRequest, number: int) -> Recusal:
    row = get_object_or_404(_own(request.user), pk=number)
    if _nobody(request.user):
        raise Http404
    return row
