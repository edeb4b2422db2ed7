"""Transfers: the list, one with its steps, and the departments the bureau often transfers to."""

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sunlot.office.accounts.roles import CHIEF, CLERK
from sunlot.office.followup import queries, standing
from sunlot.office.followup import transfers as services
from sunlot.office.followup.forms import (
    AnswerForm,
    DispatchForm,
    ReasonForm,
    ReceiptForm,
    ReceiverForm,
    TransferForm,
    UrgeForm,
)
from sunlot.office.followup.models import Hazard, Order
from sunlot.office.followup.states import COLOURS, TRANSFERS, TransferState, may
from sunlot.office.followup.transfer_models import Receiver, Sort, Transfer
from sunlot.office.papers.queries import papers_of
from sunlot.office.shell.forms import form_page
from sunlot.office.shell.incoming import FromFile, Never
from sunlot.office.shell.listing import Between, Button, Choice, Column, Listing, Search
from sunlot.office.visits import moment
from sunlot.office.visits.models import Visit
from sunlot.office.visits.queries import visible_to as visible_visits
from sunlot.refusal import Refusal

LATE = [("missed", standing.MISSED)]


def _missed(rows: Any, wanted: str) -> Any:
    return rows.filter(pk__in=queries.receipts_missed(moment.today()).values("pk"))


TRANSFERS_LIST = Listing(
    incoming=Never.STEPS,
    name="移送",
    columns=(
        Column("编号", "pk", sort="pk", link="followup:transfer"),
        Column("种类", "get_sort_display"),
        Column("案件或线索名称", "subject"),
        Column("接收单位", "receiver", sort="receiver"),
        Column("移送的事项", "thing", on_screen=False),
        Column("发出日期", "sent_on", sort="sent_on"),
        Column("回执期限", "receipt_by", sort="receipt_by"),
        Column(
            "回执情况", standing.of_transfer, tag=lambda row: standing.colour(standing.of_transfer(row)), words=True
        ),
        Column("回执日期", "receipt_on"),
        Column("回执方式", "get_receipt_way_display", on_screen=False),
        Column("催问次数", "urges", on_screen=False),
        Column("反馈日期", "answered_on"),
        Column("状态", "get_state_display", tag=lambda row: COLOURS[row.state]),
    ),
    filters=(
        Search(("subject", "receiver", "about")),
        Choice("种类", "sort", Sort.choices),
        Choice("状态", "state", TransferState.choices),
        Choice("回执情况", "late", LATE, how=_missed),
        Between("发出日期", "sent_on"),
    ),
    order=("-pk",),
    buttons=(
        Button("接收部门", "followup:receivers"),
        Button("新增移送", "followup:new-transfer", main=True),
    ),
    empty="没有移送。",
)
RECEIVERS = Listing(
    incoming=FromFile("receivers"),
    name="接收部门",
    columns=(
        Column("单位名称", "name", sort="name", link="followup:receiver"),
        Column("联系人和电话", "contact"),
        Column("停用", "closed"),
    ),
    filters=(Search(("name", "contact")),),
    order=("closed", "name"),
    buttons=(Button("新增接收部门", "followup:new-receiver", main=True),),
    empty="还没有接收部门；移送时也可以直接填写单位名称。",
)


def list_all(request: HttpRequest) -> HttpResponse:
    """Every transfer that this person may see."""
    return TRANSFERS_LIST.page(request, queries.visible_transfers(request.user))


def visible(request: HttpRequest, number: int) -> Transfer:
    """Return a transfer that this person may see. Raises Http404 for any other."""
    row = queries.visible_transfers(request.user).filter(pk=number).first()
    if row is None:
        raise Http404(_("没有这次移送。"))
    return row


def one(request: HttpRequest, number: int) -> HttpResponse:
    """All of one transfer."""
    row = visible(request, number)
    user: Any = request.user
    late = standing.of_transfer(row)
    context = {
        "transfer": row,
        "colour": COLOURS[row.state],
        "late": late,
        "late_colour": standing.colour(late),
        "files": row.files.order_by("pk"),
        "papers": papers_of(row.obj),
        "materials": row.materials.splitlines(),
        "waits": queries.pending(row.obj, services.TRANSFER),
        "compares": queries.pending(row.obj, services.RECEIPT),
        "address": _address_of(row.about, request),
        "handles": user.role in (CLERK, CHIEF) or row.asked_by_id == user.pk,
        "may": {act: may(TRANSFERS, row.state, act) for act in ("send", "urge", "receive", "answer", "drop")},
    }
    return render(request, "followup/transfer.html", context)


def _address_of(about: str, request: HttpRequest) -> str:
    """Return where this person reads about what was transferred, empty where he may not or its page is another app's."""
    kind, _slash, number = about.partition("/")
    user: Any = request.user
    seen = {
        "visit": ("visits:one", visible_visits(user, moment.now())),
        "order": ("followup:order", queries.visible_orders(user)),
        "hazard": ("followup:hazard", queries.visible_hazards(user)),
    }
    if number.isdigit() and kind in seen and seen[kind][1].filter(pk=int(number)).exists():
        return reverse(seen[kind][0], args=[int(number)])
    return ""


def new(request: HttpRequest) -> HttpResponse:
    """Something to be transferred, which the chief approves."""
    user: Any = request.user
    names = list(Receiver.objects.filter(closed=False).order_by("name").values_list("name", flat=True))
    asked = request.GET.get("about", "")
    initial = request.GET.dict() | {"subject": _subject(asked) if _address_of(asked, request) else ""}
    form = TransferForm(request.POST or None, names, initial=initial)

    def act(data: dict[str, Any]) -> str:
        about = data.pop("about").strip()
        _refuse_unseen(about, request)
        row = services.send(user, about, data.pop("receiver"), data.pop("reason"), **data)
        messages.success(request, _("已送审，批准后再登记发出。"))
        return reverse("followup:transfer", args=[row.pk])

    back = reverse("followup:transfers")
    return form_page(request, form, act, "followup/transfer_form.html", submit=_("送审"), back=back, receivers=names)


def _subject(about: str) -> str:
    """Return how a letter may call something of ours, to begin with."""
    kind, _slash, number = about.partition("/")
    models: dict[str, Any] = {"visit": Visit, "order": Order, "hazard": Hazard}
    row = models[kind].objects.get(pk=int(number))
    return f"{row.firm_name}{Transfer(about=about).thing}"


def _refuse_unseen(about: str, request: HttpRequest) -> None:
    """Raise Refusal for something of ours that this person may not see, or that does not exist; other apps' things are theirs to look after."""
    ours = about.split("/")[0] in ("visit", "order", "hazard")
    if ours and services.ABOUT.fullmatch(about) and not _address_of(about, request):
        raise Refusal("no_such_thing", f"没有 {about}，或者您无权移送；请核对编号。")


def _step(request: HttpRequest, number: int, form: django_forms.Form, act: Any, submit: str) -> HttpResponse:
    row = visible(request, number)
    address = reverse("followup:transfer", args=[row.pk])

    def carry_out(data: dict[str, Any]) -> str:
        act(request.user, row.pk, data)
        return address

    return form_page(request, form, carry_out, submit=submit, back=address, heading=f"{row} {row.receiver}")


def dispatch(request: HttpRequest, number: int) -> HttpResponse:
    """That an approved transfer has left."""
    form = DispatchForm(request.POST or None, initial={"on": moment.today()})

    def act(user: Any, key: int, data: dict[str, Any]) -> None:
        services.dispatch(user, key, data["on"], data["pages"] or 0)

    return _step(request, number, form, act, _("登记发出"))


def receive(request: HttpRequest, number: int) -> HttpResponse:
    """The scanned receipt, for a second person to compare."""
    form = ReceiptForm(request.POST or None, request.FILES or None, initial={"on": moment.today()})

    def act(user: Any, key: int, data: dict[str, Any]) -> None:
        services.receive(user, key, data["on"], data["receipt"], data["uploads"])
        messages.success(request, _("已报另一人核对回执。"))

    return _step(request, number, form, act, _("登记回执"))


def urge(request: HttpRequest, number: int) -> HttpResponse:
    """That the receiver was reminded."""

    def act(user: Any, key: int, data: dict[str, Any]) -> None:
        services.urge(user, key, data["how"])

    return _step(request, number, UrgeForm(request.POST or None), act, _("登记催问"))


def answer(request: HttpRequest, number: int) -> HttpResponse:
    """What the other department reports back."""
    form = AnswerForm(request.POST or None, request.FILES or None, initial={"on": moment.today()})

    def act(user: Any, key: int, data: dict[str, Any]) -> None:
        services.answer(user, key, data["on"], data["text"], data["uploads"])

    return _step(request, number, form, act, _("登记处理结果"))


def drop(request: HttpRequest, number: int) -> HttpResponse:
    """A transfer that is taken back before it left."""

    def act(user: Any, key: int, data: dict[str, Any]) -> None:
        services.drop(user, key, data["reason"])

    return _step(request, number, ReasonForm(request.POST or None), act, _("撤销移送"))


def receivers(request: HttpRequest) -> HttpResponse:
    """The departments of the list."""
    return RECEIVERS.page(request, Receiver.objects.all())


def receiver(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """A department, new or changed."""
    row = Receiver.objects.filter(pk=number).first() if number else None
    if number and row is None:
        raise Http404(_("没有这个接收部门。"))
    names = ("version", "name", "contact", "closed")
    form = ReceiverForm(request.POST or None, initial={name: getattr(row, name) for name in names} if row else {})

    def act(data: dict[str, Any]) -> str:
        user: Any = request.user
        services.keep_receiver(user, number, data["version"] or 0, data["name"], data["contact"], data["closed"])
        return reverse("followup:receivers")

    return form_page(request, form, act, back=reverse("followup:receivers"))
