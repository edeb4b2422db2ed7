"""The pages of release: what waits, what it would say, asking, what has been released, correcting and taking away."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.models import State as Asked
from sunlot.office.release import asking, queries, reading, waiting
from sunlot.office.release.approval_kinds import checklist
from sunlot.office.release.forms import AskForm, CorrectionForm, WithdrawalForm
from sunlot.office.release.models import Edition, Kind, Release, State
from sunlot.office.release.results import drafts, to_build
from sunlot.office.release.scan import known_names
from sunlot.office.release.sources import SOURCES, as_of_now
from sunlot.office.shell.forms import form_page
from sunlot.office.shell.listing import Between, Button, Choice, Column, Listing, Search
from sunlot.office.visits.models import Visit
from sunlot.office.visits.moment import today
from sunlot.office.visits.states import COLOURS
from sunlot.refusal import Refusal


def _standing(row: Visit) -> str:
    return _("逾期") if waiting.due_of(row) < today() else _("期限内")


WAITING = Listing(
    name="待公示结果",
    columns=(
        Column("检查编号", "pk", sort="pk", link="release:visit"),
        Column("检查对象", "firm_name", sort="firm_name"),
        Column("抽取编号", "draw", sort="draw"),
        Column("检查日期", "entry__date", sort="entry__date"),
        Column("检查状态", "get_state_display", tag=lambda row: COLOURS[row.state]),
        Column("公示期限", waiting.due_of),
        Column("进度", _standing, tag=lambda row: "bad" if waiting.due_of(row) < today() else "plain"),
    ),
    filters=(Search(("firm_name", "firm__id", "draw")), Between("检查日期", "entry__date")),
    order=("entry__date", "pk"),
    buttons=(Button("送审公示", "release:ask", bulk=True),),
    empty="没有待公示的结果。",
)
RELEASED = Listing(
    name="已公示",
    columns=(
        Column("公示编号", "number", sort="sequence", link="release:one"),
        Column("类别", "get_kind_display"),
        Column("单位", "firm__name"),
        Column("公示时间", "released_at", sort="released_at"),
        Column("公示期限", "due", sort="due"),
        Column("状态", "get_state_display", tag=lambda row: "ok" if row.state == State.RELEASED else "warn"),
        Column("撤回日期", "withdrawn_on"),
        Column("撤回理由", "withdrawn_why", on_screen=False),
    ),
    filters=(
        Search(("firm__name", "firm__id", "about")),
        Choice("类别", "kind", Kind.choices),
        Choice("状态", "state", State.choices),
        Between("公示期限", "due"),
    ),
    order=("-year", "-sequence", "kind"),
    empty="还没有公示。",
)


def list_waiting(request: HttpRequest) -> HttpResponse:
    """The results that wait to be released; of unannounced rounds only how many."""
    rows = waiting.to_release()
    draws = rows.exclude(draw="").order_by().values("draw").annotate(n=Count("pk")).filter(n__gt=1).order_by("draw")
    context = {"waiting": waiting.how_many(rows, today()), "held_back": waiting.held_back().count(), "draws": draws}
    return WAITING.page(request, rows, template="release/list.html", **context)


def list_released(request: HttpRequest) -> HttpResponse:
    """Everything that was ever released."""
    return RELEASED.page(request, Release.objects.select_related("firm"))


def visit(request: HttpRequest, number: int) -> HttpResponse:
    """What would be public of one visit, field by field, and what the scan finds in it."""
    if row := queries.release_of(Kind.RESULT, f"visit/{number}"):
        return redirect("release:one", row.pk)
    found = to_build(waiting.to_release()).filter(pk=number).first()
    if found is None:
        raise Http404(_("没有这个待公示的结果。"))
    (draft,) = drafts([found])
    context = {
        "visit": found,
        "draft": draft,
        "lines": list(reading.lines(draft.record)),
        "kept_back": reading.kept_back(draft.record),
        "hits": [hit for hits in draft.hits(known_names()).values() for hit in hits],
        "due": waiting.due_of(found),
        "late": waiting.due_of(found) < today(),
        "checks": checklist().values(),
        "asked": Approval.objects.filter(
            kind=asking.PUBLISH, state=Asked.PENDING, payload__contains=draft.sha256
        ).first(),
    }
    return render(request, "release/visit.html", context)


def ask(request: HttpRequest) -> HttpResponse:
    """Asking for the release of ticked results, or of all of a draw; the texts can be worded for the public here."""
    asked = request.method == "POST" and "reason" in request.POST
    kind = request.POST.get("kind", request.GET.get("kind", Kind.RESULT.value))
    numbers = _asked_numbers(request, asked)
    try:
        made = [draft for draft, _due in SOURCES[kind].drafts(numbers, {})] if kind in SOURCES and numbers else []
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("release:list")
    if not made:
        messages.error(request, _("请先在列表中勾选要公示的结果。"))
        return redirect("release:list")

    def act(data: dict[str, Any]) -> str:
        row = asking.ask_release(request.user, kind, numbers, form.wordings(), data["reason"])  # type: ignore[arg-type]
        messages.success(request, _("已送审 %(n)s 件，由另一人逐项核对后公示。") % {"n": len(numbers)})
        return reverse("approvals:one", args=[row.pk])

    initial = {"kind": kind, "pk": ",".join(map(str, numbers)), "reason": _("检查已办结")}
    form = AskForm(request.POST if asked else None, made, initial=initial)
    context = {"drafts": made, "submit": _("送审公示"), "back": reverse("release:list")}
    if not asked:
        return render(request, "release/ask.html", {"form": form, **context})
    return form_page(request, form, act, "release/ask.html", **context)


def _asked_numbers(request: HttpRequest, asked: bool) -> list[int]:
    if draw := request.GET.get("draw", ""):
        rows = waiting.to_release().filter(draw=draw).exclude(pk__in=asking.asked_for(Kind.RESULT))
        return list(rows.order_by("pk").values_list("pk", flat=True)) if not asked else _numbers([request.POST["pk"]])
    source = request.POST if request.method == "POST" else request.GET
    return _numbers(source.getlist("pk"))


def _numbers(texts: list[str]) -> list[int]:
    return sorted({int(one) for text in texts for one in text.split(",") if one.isdigit()})


def one(request: HttpRequest, number: int) -> HttpResponse:
    """One release with all its editions, and whether what is public is still what its record says."""
    row = get_object_or_404(Release.objects.select_related("firm"), pk=number)
    editions = list(row.editions.order_by("-edition"))
    context = {
        "row": row,
        "editions": [(edition, *_read(edition)) for edition in editions],
        "changed": _changed(row, editions[0]) if row.state == State.RELEASED else "",
        "asked": Approval.objects.filter(obj__startswith=f"{row.obj}/", state=Asked.PENDING).first(),
        "address": f"/public/{'results' if row.kind == Kind.RESULT else 'penalties'}/{row.number}/",
        "late": row.released_at.date() > row.due,
    }
    return render(request, "release/one.html", context)


def _read(edition: Edition) -> tuple[list[reading.Line], list[str]]:
    import json

    record = json.loads(edition.body)
    return list(reading.lines(record)), reading.kept_back(record)


def _changed(row: Release, edition: Edition) -> str:
    """Return why what is public is no longer what would be released today, empty when it is."""
    try:
        return (
            ""
            if as_of_now(row).sha256 == edition.sha256
            else _("现在的检查记录或公开规则与公示的内容不同，请核对后更正。")
        )
    except Refusal as refusal:
        return refusal.sentence


def correct(request: HttpRequest, number: int) -> HttpResponse:
    """Asking for a new edition."""
    row = get_object_or_404(Release, pk=number)
    try:
        draft = as_of_now(row)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("release:one", row.pk)

    def act(data: dict[str, Any]) -> str:
        wordings = next(iter(form.wordings().values()), {})
        asked = asking.ask_correction(request.user, row.pk, wordings, data["reason"])  # type: ignore[arg-type]
        return reverse("approvals:one", args=[asked.pk])

    form = CorrectionForm(request.POST or None, [draft])
    back = reverse("release:one", args=[row.pk])
    context = {"drafts": [draft], "lines": list(reading.lines(draft.record)), "submit": _("送审更正"), "back": back}
    return form_page(request, form, act, "release/correct.html", row=row, **context)


def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Asking to take a release away."""
    row = get_object_or_404(Release, pk=number)

    def act(data: dict[str, Any]) -> str:
        asked = asking.ask_withdrawal(request.user, row.pk, data["reason"], data["since"])  # type: ignore[arg-type]
        return reverse("approvals:one", args=[asked.pk])

    form = WithdrawalForm(request.POST or None, row)
    back = reverse("release:one", args=[row.pk])
    return form_page(request, form, act, "release/withdraw.html", row=row, submit=_("送审撤回"), back=back)
