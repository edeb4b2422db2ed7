"""What the office sees: the list without contents, one report for those who may read it, the reporter behind a button."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_POST

from sunlot.office.accounts.roles import SUPERVISOR
from sunlot.office.complaints import destroying, handling, intake, pieces, queries, reading, reporter, rewards
from sunlot.office.complaints.deadlines import kept_until
from sunlot.office.complaints.forms import IntakeForm, NothingForm
from sunlot.office.complaints.intake import SCAN_LARGEST, Arrival, kind_title
from sunlot.office.complaints.models import Channel, Report, Sort, Step
from sunlot.office.complaints.states import COLOURS, ENDED, State, may
from sunlot.office.complaints.uploads import in_memory
from sunlot.office.complaints.views.received import received
from sunlot.office.followup.transfer_models import Transfer
from sunlot.office.shell.bulk import Bulk, carry_out
from sunlot.office.shell.forms import form_page
from sunlot.office.shell.incoming import Never
from sunlot.office.shell.language import in_chinese
from sunlot.office.shell.listing import Between, Button, Choice, Column, Listing, Search
from sunlot.office.shell.refusals import said
from sunlot.office.shell.sending import handed_in
from sunlot.office.visits.models import Complaint
from sunlot.office.visits.moment import today
from sunlot.office.visits.states import ENDED as VISITED
from sunlot.refusal import Refusal

REPORTS = Listing(
    incoming=Never.SEALED,
    name="投诉举报",
    columns=(
        Column("编号", "number", sort="number", link="complaints:one"),
        Column("类别", kind_title, words=True),
        Column("来源", "get_channel_display"),
        Column("被举报单位", "firm__name"),
        Column("所属镇街", "township", sort="township"),
        Column("收到", "received_at", sort="received_at"),
        Column("期限", "due_on", sort="due_on", tag=lambda row: "bad" if queries.is_late(row, today()) else ""),
        Column("状态", lambda row: row.stands.label, tag=lambda row: COLOURS[row.stands]),
        Column("核查结果", "get_result_display"),
        Column("经办人", "handler__name"),
    ),
    filters=(
        Search(("number", "firm__name", "firm__id")),
        Choice("类别", "kind", queries.kinds),
        Choice("来源", "channel", Channel.choices),
        Choice("状态", "state", State.choices, how=queries.standing),
        Between("期限", "due_on"),
    ),
    order=("-pk",),
    buttons=(
        Button("登记举报", "complaints:intake", main=True),
        Button("统计", "complaints:statistics"),
        Button("保存期满", "complaints:expired"),
        Button("移出排队", "complaints:release", bulk=True),
        Button("由我经办", "complaints:take-many", bulk=True),
    ),
    empty="还没有投诉举报。",
)


def list_all(request: HttpRequest) -> HttpResponse:
    """Every report, without what it says. The supervisor also finds what firms complained of behind check codes."""
    user: Any = request.user
    unread = Complaint.objects.filter(read_at=None).count() if user.role == SUPERVISOR else 0
    return REPORTS.page(
        request, queries.rows(), template="complaints/list.html", supervisor=user.role == SUPERVISOR, unread=unread
    )


def _release(user: Any, keys: Sequence[int], data: Mapping[str, Any]) -> bool:
    handling.release(user, list(keys))
    return True


RELEASE = Bulk(noop("移出排队"), _release, at_once=200)


@require_POST
def release(request: HttpRequest) -> HttpResponse:
    """Let reports out of the queue."""
    return carry_out(request, REPORTS, queries.rows(), RELEASE)


def one(request: HttpRequest, number: int) -> HttpResponse:
    """One report: for those who may read it with its contents, for the others its number, kind and state."""
    user: Any = request.user
    report = _report(number)
    reads, mine = reading.may_read(user, report), report.handler_id == user.pk
    context = {
        "report": report,
        "kind": kind_title(report),
        "colour": COLOURS[report.stands],
        "mine": mine,
        "reads": reads,
        "late": queries.is_late(report, today()),
        "takes": report.handler_id is None and user.role in handling.HANDLERS,
        "ended": report.state in ENDED,
    }
    if reads and report.wrapped:
        context |= _contents(report, user) | _next(report)
    return render(request, "complaints/one.html", context)


def _report(number: int) -> Report:
    return get_object_or_404(Report.objects.select_related("firm", "handler", "into", "visit"), pk=number)


def _contents(report: Report, user: Any) -> dict[str, Any]:
    content = pieces.of(report, Sort.CONTENT)
    return {
        "content": pieces.told(content[0]) if content else {},
        "photos": pieces.of(report, Sort.PHOTO),
        "scans": pieces.of(report, Sort.SCAN) if reading.may_identify(user, report) else [],
        "words": reporter.words(report),
        "findings": [(piece, pieces.told(piece)) for piece in pieces.of(report, Sort.FINDING)],
        "identifies": reading.may_identify(user, report),
        "has_identity": bool(pieces.of(report, *reading.NAMING)),
        "rewards": [(row, rewards.ground_of(row)) for row in report.rewards.select_related("report").order_by("pk")],
        "joined": report.joined.order_by("pk"),
        "like": queries.like(report)[:10],
        "deadly": report.kind == "fatality",
    }


def _next(report: Report) -> dict[str, Any]:
    from sunlot.office.approvals.models import Approval
    from sunlot.office.approvals.models import State as Asked

    objs = [report.obj, f"{report.obj}/time", f"reward/{report.pk}"]
    waiting = Approval.objects.filter(obj__in=objs, kind__startswith="complaints.", state=Asked.PENDING)
    visited = report.visit is not None and report.visit.state in VISITED
    return {
        "may": {
            act: may(report.stands, act)
            for act in ("accept", "refuse", "transfer", "join", "visit", "conclude", "answer")
        },
        "asked": list(waiting),
        "papers": [(what, RECEIPTS[what]) for what in papers_of(report)],
        "visited": visited,
        "transfer": Transfer.objects.filter(about=report.obj).order_by("-pk").first(),
        "approved": handling.approved_transfers(report),
        "open": report.state not in ENDED,
        "rewardable": report.result in ("verified", "partly")
        and not report.rewards.exclude(step__in=(Step.DROPPED, Step.ASKED)).exists(),
        "pays": report.rewards.filter(step=Step.APPROVED).exists(),
        "strengthens": report.result == "verified" and not report.strengthened_on,
        "extends": may(report.stands, "conclude") and not report.extended_on,
    }


def identity(request: HttpRequest, number: int) -> HttpResponse:
    """Who reported, shown on a post only, since every look is an event."""
    report, user = _report(number), request.user
    if not reading.may_identify(user, report):
        raise Refusal("not_for_you", _("举报人身份只有具体经办人和监督员可以查看。"))
    shown = reading.identity(user, number) if request.method == "POST" else {}
    context = {
        "report": report,
        "person": shown.get(Sort.IDENTITY),
        "payee": shown.get(Sort.PAYEE),
        "shown": bool(shown),
    }
    return render(request, "complaints/identity.html", context)


def file(request: HttpRequest, number: int, piece: str) -> HttpResponse:
    """The bytes of a photo or scan."""
    get_object_or_404(Report, pk=number)
    data, media = reading.file_of(request.user, number, piece)
    return handed_in(f"letter.{media.rpartition('/')[2]}", data, media)


RECEIPTS = {
    "received": "投诉举报收件回执",
    "accepted": "投诉举报受理通知书",
    "refused": "投诉举报不予受理告知书",
    "transferred": "投诉举报移送告知书",
    "answered": "投诉举报答复书",
}


def receipt(request: HttpRequest, number: int, what: str) -> HttpResponse:
    """A paper to print for the reporter; his name is written in by hand, so that no file of it exists."""
    report = _report(number)
    reading.refuse_reader(request.user, report)
    if what not in RECEIPTS or what not in papers_of(report):
        raise Http404(_("这件举报现在没有这种告知书。"))
    notices = pieces.of(report, Sort.NOTICE) if report.wrapped and what != "received" else []
    context = {
        "report": report,
        "title": RECEIPTS[what],
        "what": what,
        "kind": kind_title(report),
        "received": queries.received_on(report),
    }
    with in_chinese():  # a paper for the reporter, whoever prints it
        context["channel"] = str(Channel(report.channel).label)
    last = pieces.told(notices[0 if what == "accepted" else -1])["text"] if notices else ""
    return render(request, "complaints/receipt.html", context | {"text": last, "day": _day_of(report, what)})


def papers_of(report: Report) -> list[str]:
    """Return which papers there are for the reporter now."""
    own = {State.REFUSED: "refused", State.TRANSFERRED: "transferred", State.ANSWERED: "answered"}
    found = ["received", *(["accepted"] if report.accepted_on else [])]
    return found + ([own[State(report.state)]] if report.state in own else [])


def _day_of(report: Report, what: str) -> Any:
    return {"received": queries.received_on(report), "accepted": report.accepted_on}.get(what, report.ended_on)


@in_memory(SCAN_LARGEST)
def take_in(request: HttpRequest) -> HttpResponse:
    """A report that came by telephone, letter or in person; its tracking code is shown once, for the reporter."""
    form = IntakeForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        user: Any = request.user
        try:
            report, code = intake.receive(Arrival(**form.cleaned_data), user)
        except Refusal as refusal:
            form.add_error(None, said(refusal))
        else:
            return render(request, "complaints/taken.html", received(request, report, code))
    status = 422 if form.errors else 200
    back = reverse("complaints:list")
    return render(request, "shell/form.html", {"form": form, "submit": _("登记"), "back": back}, status=status)


def expired(request: HttpRequest) -> HttpResponse:
    """Reports whose time of keeping is over, and asking for their destruction."""
    user: Any = request.user

    def act(data: dict[str, Any]) -> str:
        numbers = [int(number) for number in request.POST.getlist("pk") if number.isdigit()]
        approval = destroying.ask_destruction(user, numbers)
        messages.success(request, _("已送审：%(title)s") % {"title": approval.title})
        return reverse("complaints:expired")

    rows = [(report, kept_until(report.ended_on, today())) for report in destroying.due() if report.ended_on]
    return form_page(
        request,
        NothingForm(request.POST if request.method == "POST" else None),
        act,
        "complaints/expired.html",
        rows=rows,
    )


def _take(user: Any, keys: Sequence[int], data: Mapping[str, Any]) -> bool:
    handling.take(user, keys[0])
    return True


TAKE = Bulk(noop("由我经办"), _take)


@require_POST
def take_many(request: HttpRequest) -> HttpResponse:
    """Make oneself the handler of several reports that have none."""
    return carry_out(request, REPORTS, queries.rows(), TAKE)
