"""Orders: the list, what still needs one, one with all that belongs to it, and every step of its way."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.db.models import CharField, Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from sunlot.office.accounts.queries import names_by_actor
from sunlot.office.accounts.roles import READERS
from sunlot.office.followup import documents, evidence, extensions, files, queries, rechecks, standing
from sunlot.office.followup import orders as services
from sunlot.office.followup.findings import SIGNED, problems_of, record_in_force
from sunlot.office.followup.forms import (
    ExtendForm,
    HandInForm,
    OrderForm,
    ReasonForm,
    RecheckForm,
    ServeForm,
    VerdictForm,
)
from sunlot.office.followup.models import File, Order, Problem
from sunlot.office.followup.states import COLOURS, OPEN_ORDERS, ORDERS, OrderState, may
from sunlot.office.papers.models import Paper
from sunlot.office.papers.models import State as PaperState
from sunlot.office.papers.queries import papers_of
from sunlot.office.shell.forms import form_page
from sunlot.office.shell.incoming import Never
from sunlot.office.shell.listing import Between, Button, Choice, Column, Listing, Search
from sunlot.office.shell.sending import handed_in
from sunlot.office.visits import moment
from sunlot.office.visits.labels import words_on
from sunlot.office.visits.models import Visit
from sunlot.office.visits.queries import visible_to as visible_visits

FIRM = "u/firm"
LATE = [("near", standing.NEAR), ("recheck", standing.RECHECK), ("late", noop("逾期和复查超期"))]


def _by_lateness(rows: QuerySet[Order], wanted: str) -> QuerySet[Order]:
    chosen = {"near": queries.nearly_due, "recheck": queries.recheck_due, "late": queries.late}[wanted]
    return rows.filter(pk__in=chosen(moment.today()).values("pk"))


ORDERS_LIST = Listing(
    incoming=Never.STEPS,
    name="责令限期整改",
    columns=(
        Column("编号", "pk", sort="pk", link="followup:order"),
        Column("文号", "number"),
        Column("单位名称", "firm_name", sort="firm_name"),
        Column("所属镇街", "firm__territory"),
        Column("问题数", "count"),
        Column("其中重大", "majors"),
        Column("下达日期", "issued_on", sort="issued_on"),
        Column("整改期限", "deadline", sort="deadline"),
        Column("原定期限", "first_deadline", on_screen=False),
        Column("期限情况", standing.of_order, tag=lambda row: standing.colour(standing.of_order(row)), words=True),
        Column("复查期限", "recheck_by", sort="recheck_by"),
        Column("状态", "get_state_display", tag=lambda row: COLOURS[row.state]),
        Column("办结日期", "closed_on", on_screen=False),
    ),
    filters=(
        Search(("firm_name", "firm__id")),
        Choice("状态", "state", OrderState.choices),
        Choice("期限情况", "late", LATE, how=_by_lateness),
        Between("整改期限", "deadline"),
        Between("下达日期", "issued_on"),
    ),
    order=("-pk",),
    buttons=(Button("待下达的检查", "followup:waiting"),),
    empty="没有责令限期整改。检查记录签字后，有问题的检查在“待下达的检查”中。",
)
WAITING = Listing(
    incoming=Never.RECKONED,
    name="待下达责令整改的检查",
    columns=(
        Column("编号", "pk", link="visits:one"),
        Column("检查对象", "firm_name"),
        Column("检查种类", "get_kind_display", words=True),
        Column("结束时间", "finished_at", sort="finished_at"),
        Column("办理", lambda row: _("下达责令限期整改"), link="followup:issue"),
    ),
    filters=(Search(("firm_name", "firm__id")),),
    order=("finished_at", "pk"),
    empty="没有待下达责令整改的检查。",
)


def list_all(request: HttpRequest) -> HttpResponse:
    """Every order that this person may see."""
    return ORDERS_LIST.page(request, _counted(queries.visible_orders(request.user)))


def _counted(rows: QuerySet[Order]) -> QuerySet[Order]:
    obj = Concat(Value("order/"), Cast(OuterRef("pk"), CharField()), output_field=CharField())
    given = Paper.objects.filter(kind=documents.ORDER, state=PaperState.ISSUED, obj=obj).order_by("-pk")
    return rows.annotate(
        number=Subquery(given.values("number")[:1]),
        count=Count("problems", distinct=True),
        majors=Count("problems", filter=Q(problems__severity="major"), distinct=True),
    )


def waiting(request: HttpRequest) -> HttpResponse:
    """The visits that ended with problems and have no order; an inspector's own."""
    user: Any = request.user
    rows = queries.unordered()
    if user.role not in READERS:
        rows = rows.filter(pk__in=queries.own_visits(user))
    return WAITING.page(request, rows.filter(pk__in=[visit.pk for visit in queries.to_order(rows, 500)]))


def visible(request: HttpRequest, number: int) -> Order:
    """Return an order that this person may see. Raises Http404 for any other."""
    order = queries.visible_orders(request.user).filter(pk=number).first()
    if order is None:
        raise Http404(_("没有这份责令限期整改。"))
    return order


def one(request: HttpRequest, number: int) -> HttpResponse:
    """All of one order."""
    order = visible(request, number)
    last = rechecks.latest(order)
    names = names_by_actor() | {FIRM: _("企业")}
    late = standing.of_order(order)
    context = {
        "order": order,
        "colour": COLOURS[order.state],
        "late": late,
        "late_colour": standing.colour(late),
        "problems": order.problems.order_by("position"),
        "severities": words_on(moment.today())["severities"],
        "extensions": order.extensions.select_related("approval").order_by("pk"),
        "handed_in": _told(order.evidence.prefetch_related("files").order_by("pk"), names),
        "rechecks": order.rechecks.select_related("visit", "concluded_by").order_by("pk"),
        "papers": papers_of(order.obj),
        "transfers": queries.transfers_about(order.obj),
        "amended": order.record.replaced,
        "waits": queries.pending(order.obj, rechecks.CLOSE),
        "may": _steps(order, last),
    }
    return render(request, "followup/order.html", context)


def _told(rows: Any, names: dict[str, str]) -> list[tuple[Any, str]]:
    return [(row, names.get(row.by, row.by)) for row in rows]


def _steps(order: Order, last: Any) -> dict[str, bool]:
    """What can be done now: the table of states, and how the last recheck stands."""
    visit = last.visit if last else None
    signed = bool(visit and visit.state in SIGNED)
    fell_away = bool(visit and visit.state in rechecks.FELL_AWAY)
    return {
        "serve": may(ORDERS, order.state, "serve"),
        "cancel": may(ORDERS, order.state, "cancel"),
        "extend": may(ORDERS, order.state, "extend") and moment.today() <= order.deadline,
        "hand_in": order.state in OPEN_ORDERS,
        "recheck": may(ORDERS, order.state, "recheck") or (order.state == OrderState.RECHECK and fell_away),
        "conclude": (order.state == OrderState.RECHECK and signed)
        or order.state in (OrderState.REPORTED, OrderState.CONFIRM),
        "propose": order.state == OrderState.LEFT and order.case_proposed_on is None,
    }


def _address(order: Order) -> str:
    return reverse("followup:order", args=[order.pk])


def _signed_visit(request: HttpRequest, number: int) -> Visit:
    user: Any = request.user
    visit = visible_visits(user, moment.now()).filter(pk=number).first()
    if visit is None or record_in_force(visit) is None:
        raise Http404(_("没有这次检查，或检查记录还没有签字。"))
    return visit


def issue(request: HttpRequest, number: int) -> HttpResponse:
    """An order about the problems of a visit."""
    visit = _signed_visit(request, number)
    record = record_in_force(visit)
    assert record is not None
    problems = problems_of(record)
    severities = dict(words_on(moment.today())["severities"])
    last = Order.objects.order_by("-pk").first()
    initial: dict[str, Any] = {"findings": [found.id for found in problems]}
    initial |= {"government": last.government, "court": last.court} if last else {}
    form = OrderForm(request.POST or None, problems, severities, initial=initial)

    def act(data: dict[str, Any]) -> str:
        wanted = services.Wanted(
            data["findings"], form.term(), data["government"], data["court"], measures=data["measures"]
        )
        order = services.issue(request.user, visit.pk, wanted)  # type: ignore[arg-type]
        messages.success(request, _("已下达，期限 %(day)s。请打印文书，签字后登记送达。") % {"day": order.deadline})
        if order.remark:
            messages.warning(request, order.remark)
        return _address(order)

    back = reverse("visits:one", args=[visit.pk])
    return form_page(request, form, act, submit=_("下达"), back=back, heading=f"{visit} {visit.firm_name}")


def waive(request: HttpRequest, number: int) -> HttpResponse:
    """A note why a visit needs no order."""
    visit = _signed_visit(request, number)

    def act(data: dict[str, Any]) -> str:
        if services.waive(request.user, visit.pk, data["reason"]) is None:  # type: ignore[arg-type]
            messages.info(request, _("涉及重大隐患，已报另一人审批。"))
        return reverse("visits:one", args=[visit.pk])

    form = ReasonForm(request.POST or None)
    back = reverse("visits:one", args=[visit.pk])
    return form_page(request, form, act, submit=_("不另行责令整改"), back=back, heading=f"{visit} {visit.firm_name}")


def _step(
    request: HttpRequest, number: int, form: django_forms.Form, act: Callable[[Order, dict[str, Any]], Any], submit: str
) -> HttpResponse:
    """A form that takes an order one step further and leads back to it."""
    order = visible(request, number)

    def carry_out(data: dict[str, Any]) -> str:
        act(order, data)
        return _address(order)

    heading = f"{order} {order.firm_name}"
    return form_page(request, form, carry_out, submit=submit, back=_address(order), heading=heading)


def serve(request: HttpRequest, number: int) -> HttpResponse:
    """That the firm has the order."""
    user: Any = request.user
    form = ServeForm(request.POST or None, initial={"on": moment.today()})
    return _step(
        request,
        number,
        form,
        lambda order, data: services.serve(user, order.pk, data["on"], data["to"], data["service"]),
        _("登记送达"),
    )


def cancel(request: HttpRequest, number: int) -> HttpResponse:
    """An order that is taken back before the firm has it."""
    user: Any = request.user
    form = ReasonForm(request.POST or None)
    return _step(request, number, form, lambda order, data: services.cancel(user, order.pk, data["reason"]), _("撤销"))


def propose_case(request: HttpRequest, number: int) -> HttpResponse:
    """The proposal of a case."""
    user: Any = request.user
    form = ReasonForm(request.POST or None)
    return _step(
        request, number, form, lambda order, data: services.propose_case(user, order.pk, data["reason"]), _("建议立案")
    )


def extend(request: HttpRequest, number: int) -> HttpResponse:
    """More time, asked for by the firm and written down here."""
    user: Any = request.user
    form = ExtendForm(request.POST or None)
    return _step(
        request,
        number,
        form,
        lambda order, data: extensions.ask(user, order.pk, data["wanted"], data["reason"]),
        _("报请批准"),
    )


def submit(request: HttpRequest, number: int, key: int) -> HttpResponse:
    """A firm's own request for more time, passed on with an opinion."""
    user: Any = request.user
    order = visible(request, number)
    if not order.extensions.filter(pk=key, approval=None).exists():
        raise Http404(_("没有这份延期申请，或已经报批。"))
    form = ReasonForm(request.POST or None)
    return _step(request, number, form, lambda order, data: extensions.submit(user, key, data["reason"]), _("报请批准"))


def hand_in(request: HttpRequest, number: int) -> HttpResponse:
    """Evidence that an inspector hands in for the firm."""
    user: Any = request.user
    form = HandInForm(request.POST or None, request.FILES or None)

    def act(order: Order, data: dict[str, Any]) -> None:
        evidence.hand_in_by(user, order.pk, data["text"], data["uploads"], data["done"])

    return _step(request, number, form, act, _("提交"))


def recheck(request: HttpRequest, number: int) -> HttpResponse:
    """The recheck by the team of the visit, to be approved as every visit."""
    user: Any = request.user
    order = visible(request, number)
    today = moment.today()
    until = order.recheck_by if order.recheck_by and order.recheck_by >= today else today
    initial = {"window_from": today, "window_to": until, "team": "、".join(queries.team_of(order.visit))}
    form = RecheckForm(request.POST or None, initial=initial)

    def act(order: Order, data: dict[str, Any]) -> None:
        rechecks.arrange(user, order.pk, data["window_from"], data["window_to"], form.members(), data["others"])
        messages.success(request, _("复查已拟定并送审。"))

    return _step(request, number, form, act, _("安排复查并送审"))


def conclude(request: HttpRequest, number: int) -> HttpResponse:
    """What the recheck found of every problem."""
    user: Any = request.user
    order = visible(request, number)
    problems = list(order.problems.order_by("position"))
    form = VerdictForm(request.POST or None, problems, initial={"version": order.version, **_said(order, problems)})

    def act(order: Order, data: dict[str, Any]) -> Order:
        done = rechecks.conclude(user, order.pk, data["version"], form.judged(), data["opinion"])
        if (last := rechecks.latest(done)) is not None and last.concluded_on is None:
            messages.info(request, _("已记录；凭材料复查须由检查组两名成员认定一致，请另一名成员确认。"))
        return done

    return _step(request, number, form, act, _("填写复查结果"))


def _said(order: Order, problems: list[Problem]) -> dict[str, Any]:
    """What one officer found by the material, for the other to agree with or not."""
    last = rechecks.latest(order)
    if last is None or last.visit_id or last.concluded_on or not last.concluded_by_id:
        return {}
    verdicts = dict(last.verdicts)
    said = {f"verdict-{row.pk}": verdicts.get(row.position) for row in problems}
    return {"opinion": last.opinion, **said, **{f"note-{row.pk}": row.note for row in problems}}


def file(request: HttpRequest, number: int) -> HttpResponse:
    """A file that was handed in, for those who may see what it belongs to. Pictures are shown, PDF is saved."""
    row = File.objects.select_related("evidence").filter(pk=number).first()
    if row is None or not _may_see(request.user, row):
        raise Http404(_("没有这个文件。"))
    return handed_in(row.name, files.bytes_of(row), row.media)


def _may_see(user: Any, row: File) -> bool:
    if row.evidence is None:
        return queries.visible_transfers(user).filter(files=row).exists()
    if row.evidence.order_id:
        return queries.visible_orders(user).filter(evidence=row.evidence).exists()
    return queries.visible_hazards(user).filter(evidence=row.evidence).exists()
