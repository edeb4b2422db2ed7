"""The pages of release: results and penalties that wait, what one would say, asking, what has been released, correcting and taking away."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.models import State as Asked
from sunlot.office.release import asking, penalties, queries, reading, waiting
from sunlot.office.release.approval_kinds import checklist
from sunlot.office.release.draft import Draft
from sunlot.office.release.forms import AskForm, CorrectionForm, WithdrawalForm
from sunlot.office.release.models import Edition, Kind, Release, State
from sunlot.office.release.results import drafts, to_build
from sunlot.office.release.scan import known_names
from sunlot.office.release.sources import SOURCES, as_of_now
from sunlot.office.shell.bulk import keys_of
from sunlot.office.shell.forms import form_page
from sunlot.office.shell.incoming import Never
from sunlot.office.shell.listing import Between, Button, Choice, Column, Listing, Search
from sunlot.office.shell.refusals import said
from sunlot.office.visits.moment import today
from sunlot.office.visits.states import COLOURS
from sunlot.refusal import Refusal

LISTS = {Kind.RESULT.value: "release:list", Kind.PENALTY.value: "release:penalties"}


def _in_time(day: date) -> str:
    return _("逾期") if day < today() else _("期限内")


def _colour(day: date) -> str:
    return "bad" if day < today() else "plain"


WAITING = Listing(
    incoming=Never.RECKONED,
    name="待公示结果",
    columns=(
        Column("检查编号", "pk", sort="pk", link="release:visit"),
        Column("检查对象", "firm_name", sort="firm_name"),
        Column("抽取编号", "draw", sort="draw"),
        Column("检查日期", "entry__date", sort="entry__date"),
        Column("检查状态", "get_state_display", tag=lambda row: COLOURS[row.state]),
        Column("公示期限", waiting.due_of),
        Column("进度", lambda row: _in_time(waiting.due_of(row)), tag=lambda row: _colour(waiting.due_of(row))),
    ),
    filters=(Search(("firm_name", "firm__id", "draw")), Between("检查日期", "entry__date")),
    order=("entry__date", "pk"),
    buttons=(Button("送审公示", "release:ask", bulk=True),),
    empty="没有待公示的结果。",
)
PENALTIES = Listing(
    incoming=Never.RECKONED,
    name="待公示处罚",
    columns=(
        Column("文号", "decision_number", link="release:case"),
        Column("当事人", "party"),
        Column("决定日期", "decided_on", sort="decided_on"),
        Column("送达日期", "served_on"),
        Column("公示期限", penalties.due_of),
        Column("进度", lambda row: _in_time(penalties.due_of(row)), tag=lambda row: _colour(penalties.due_of(row))),
    ),
    filters=(Search(("party", "decision_number", "firm__id")), Between("决定日期", "decided_on")),
    order=("decided_on", "pk"),
    buttons=(Button("送审公示", "release:ask", bulk=True, query={"kind": "penalty"}),),
    empty="没有待公示的处罚决定。",
)
RELEASED = Listing(
    incoming=Never.RECORD,
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


def list_penalties(request: HttpRequest) -> HttpResponse:
    """The decisions that wait to be released."""
    return PENALTIES.page(request, penalties.to_release())


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
    return _preview(request, Kind.RESULT, number, drafts([found])[0], waiting.due_of(found))


def case(request: HttpRequest, number: int) -> HttpResponse:
    """The same of a penalty."""
    if row := queries.release_of(Kind.PENALTY, f"case/{number}"):
        return redirect("release:one", row.pk)
    found = penalties.to_release().filter(pk=number).first()
    if found is None:
        raise Http404(_("没有这个待公示的处罚决定。"))
    return _preview(request, Kind.PENALTY, number, penalties.draft_of(found, {}), penalties.due_of(found))


def _preview(request: HttpRequest, kind: str, number: int, draft: Draft, due: date) -> HttpResponse:
    context = {
        "kind": kind,
        "number": number,
        "draft": draft,
        "lines": list(reading.lines(draft.record)),
        "kept_back": reading.kept_back(draft.record),
        "hits": [hit for hits in draft.hits(known_names()).values() for hit in hits],
        "due": due,
        "late": due < today(),
        "checks": checklist().values(),
        "asked": asking.asked_for(kind).get(number),
    }
    return render(request, "release/preview.html", context)


def ask(request: HttpRequest) -> HttpResponse:
    """Asking for the release of ticked results, or of all of a draw; the texts can be worded for the public here."""
    asked = request.method == "POST" and "reason" in request.POST
    kind = request.POST.get("kind", request.GET.get("kind", Kind.RESULT.value))
    numbers = _asked_numbers(request, asked)
    try:
        made = [draft for draft, _due in SOURCES[kind].drafts(numbers, {})] if kind in SOURCES and numbers else []
    except Refusal as refusal:
        messages.error(request, said(refusal))
        return redirect(LISTS.get(kind, "release:list"))
    if not made:
        messages.error(request, _("请先在列表中勾选要公示的结果。"))
        return redirect(LISTS.get(kind, "release:list"))

    def act(data: dict[str, Any]) -> str:
        row = asking.ask_release(request.user, kind, numbers, form.wordings(), data["reason"], form.passed())  # type: ignore[arg-type]
        messages.success(request, _("已送审 %(n)s 件，由另一人逐项核对后公示。") % {"n": len(numbers)})
        return reverse("approvals:one", args=[row.pk])

    reason = _("检查已办结") if kind == Kind.RESULT else _("处罚决定已送达")
    initial = {"kind": kind, "pk": ",".join(map(str, numbers)), "reason": reason}
    form = AskForm(request.POST if asked else None, made, initial=initial)
    context = {"drafts": made, "submit": _("送审公示"), "back": reverse(LISTS[kind])}
    if not asked:
        return render(request, "release/ask.html", {"form": form, **context})
    return form_page(request, form, act, "release/ask.html", **context)


def _asked_numbers(request: HttpRequest, asked: bool) -> list[int]:
    if draw := request.GET.get("draw", ""):
        rows = waiting.to_release().filter(draw=draw).exclude(pk__in=asking.asked_for(Kind.RESULT))
        return list(rows.order_by("pk").values_list("pk", flat=True)) if not asked else _numbers([request.POST["pk"]])
    if request.POST.get("all") and not asked:
        penalty = request.GET.get("kind") == Kind.PENALTY
        if penalty:
            return keys_of(request, PENALTIES, penalties.to_release())
        return keys_of(request, WAITING, waiting.to_release())
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
        return said(refusal)


def correct(request: HttpRequest, number: int) -> HttpResponse:
    """Asking for a new edition."""
    row = get_object_or_404(Release, pk=number)
    try:
        draft = as_of_now(row)
    except Refusal as refusal:
        messages.error(request, said(refusal))
        return redirect("release:one", row.pk)

    def act(data: dict[str, Any]) -> str:
        wordings = next(iter(form.wordings().values()), {})
        asked = asking.ask_correction(request.user, row.pk, wordings, data["reason"], form.passed())  # type: ignore[arg-type]
        return reverse("approvals:one", args=[asked.pk])

    form = CorrectionForm(request.POST or None, [draft])
    back = reverse("release:one", args=[row.pk])
    context = {"drafts": [draft], "lines": list(reading.lines(draft.record)), "submit": _("送审更正"), "back": back}
    return form_page(request, form, act, "release/correct.html", row=row, **context)


def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Asking to take a release away."""
    row = get_object_or_404(Release, pk=number)

    def act(data: dict[str, Any]) -> str:
        asked = asking.ask_withdrawal(request.user, row.pk, data["reason"], data["since"], form.passed())  # type: ignore[arg-type]
        return reverse("approvals:one", args=[asked.pk])

    form = WithdrawalForm(request.POST or None, row)
    back = reverse("release:one", args=[row.pk])
    return form_page(request, form, act, "release/withdraw.html", row=row, submit=_("送审撤回"), back=back)
