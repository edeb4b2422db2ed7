"""The editions, one edition with its items, and what is done to a draft as a whole."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sunlot.office.catalog import drafting, publishing, queries
from sunlot.office.catalog.differences import differences
from sunlot.office.catalog.forms import HeadForm, PublishForm
from sunlot.office.catalog.items_listing import EDITIONS, doubtful_items, idle_listing, items_of, printed_items
from sunlot.office.catalog.models import Item, ItemList, State
from sunlot.office.catalog.pages import PAGES
from sunlot.office.catalog.policies import office_policy
from sunlot.office.catalog.published import entries_of
from sunlot.office.catalog.uses import COUNTERS
from sunlot.office.shell.forms import StaleEdit, form_page


def lists(request: HttpRequest) -> HttpResponse:
    """Every edition."""
    rows = queries.lists(timezone.localdate())
    draft = queries.open_draft()
    empty = draft is None and not ItemList.objects.exists()
    return EDITIONS.page(request, rows, template="catalog/lists.html", draft=draft, empty=empty)


def one(request: HttpRequest, number: int) -> HttpResponse:
    """One edition with its items; a draft with what can be done to it."""
    today = timezone.localdate()
    edition: Any = get_object_or_404(queries.lists(today), pk=number)
    doubts = queries.doubts_of(edition, queries.day_of(edition, today))
    may_edit = PAGES["catalog:add"].open_to(request.user.role)  # type: ignore[union-attr]
    context = {
        "edition": edition,
        "standing": queries.STANDINGS[edition.standing],
        "colour": queries.COLOURS[edition.standing],
        "before": queries.before(edition),
        "doubts": doubts,
        "editable": may_edit and edition.standing == "draft",
        "heading": str(edition),
    }
    if request.GET.get("as") == "print":
        listing = printed_items(edition)
    else:
        listing = items_of(edition, {doubt.number for doubt in doubts}, context["editable"])
    rows = Item.objects.filter(item_list=edition).prefetch_related("points")
    return listing.page(request, rows, template="catalog/list.html", **context)


def difference(request: HttpRequest, number: int) -> HttpResponse:
    """What changed since an earlier edition, by default the one before."""
    edition = get_object_or_404(ItemList, pk=number)
    others = ItemList.objects.exclude(pk=number).exclude(state=State.DRAFT).order_by("edition")
    wanted = request.GET.get("than", "")
    than = others.filter(pk=wanted).first() if wanted.isdecimal() else queries.before(edition)
    found = differences(entries_of(than) if than else (), entries_of(edition))
    context = {"edition": edition, "than": than, "others": others, "found": found}
    return render(request, "catalog/difference.html", context)


def start(request: HttpRequest) -> HttpResponse:
    """The ways to begin a draft: a copy of the last edition, the template, an Excel file."""
    last = publishing.last_published()
    if request.method == "POST":
        if request.POST.get("from") == "template":
            draft = drafting.draft_from_template(request.user)
        else:
            draft = drafting.draft_from(request.user, get_object_or_404(ItemList, pk=last.pk if last else 0))
        messages.success(request, _("已建立%(list)s草稿，可以修改。") % {"list": draft})
        return redirect("catalog:list", draft.pk)
    return render(request, "catalog/start.html", {"last": last, "draft": queries.open_draft()})


def head(request: HttpRequest, number: int) -> HttpResponse:
    """A draft's title, document number and remark."""
    edition = get_object_or_404(ItemList, pk=number)
    form = HeadForm(request.POST or None, instance=edition, initial={"version": edition.version})

    def change(data: dict[str, Any]) -> str:
        try:
            drafting.change_head(request.user, number, data["version"], data["title"], data["document"], data["remark"])
        except StaleEdit:
            form.data = renewed(form.data, ItemList.objects.get(pk=number).version)
            raise
        return reverse("catalog:list", args=[number])

    return form_page(request, form, change, back=reverse("catalog:list", args=[number]))


def publish(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for the publication of a draft."""
    edition = get_object_or_404(ItemList, pk=number)
    today = timezone.localdate()
    earliest = publishing.earliest_day(today)
    initial = {"version": edition.version, "effective_from": edition.effective_from or earliest or today}
    form = PublishForm(request.POST or None, initial=initial, earliest=earliest)

    def ask(data: dict[str, Any]) -> str:
        try:
            asked = publishing.ask_publication(
                request.user, number, data["version"], data["effective_from"], data["reason"]
            )
        except StaleEdit:
            form.data = renewed(form.data, ItemList.objects.get(pk=number).version)
            raise
        messages.success(request, _("已提交，请另一人审批。"))
        return reverse("approvals:one", args=[asked.pk])

    context = {
        "edition": edition,
        "doubts": queries.doubts_of(edition, today),
        "before": queries.before(edition),
        "back": reverse("catalog:list", args=[number]),
        "submit": _("提交公布"),
    }
    return form_page(request, form, ask, template="catalog/publish.html", **context)


def discard(request: HttpRequest, number: int) -> HttpResponse:
    """Give a draft up, after asking once more."""
    edition = get_object_or_404(ItemList, pk=number)
    if request.method == "POST":
        drafting.discard(request.user, number)
        messages.success(request, _("已放弃%(list)s草稿。") % {"list": edition})
        return redirect("catalog:lists")
    return render(request, "catalog/discard.html", {"edition": edition, "items": edition.items.count()})


def doubtful(request: HttpRequest) -> HttpResponse:
    """The items, of the list in force and of the draft, whose basis is in doubt."""
    today = timezone.localdate()
    editions = [each for each in (queries.list_in_force(today), queries.open_draft()) if each]
    found = {(each.pk, doubt.number): doubt for each in editions for doubt in queries.doubts_of(each, today)}
    keys = [
        item.pk
        for item in Item.objects.filter(item_list__in=editions).only("item_list_id", "number")
        if (item.item_list_id, item.number) in found
    ]
    rows = Item.objects.filter(pk__in=keys).select_related("item_list")
    return doubtful_items(found).page(request, rows, template="catalog/doubts.html", today=today)


def idle(request: HttpRequest) -> HttpResponse:
    """The items in force that nothing has used for as many years as the policy says."""
    today = timezone.localdate()
    found = {each.number: each for each in queries.idle_items(today)}
    rows = queries.plannable(today).filter(number__in=found)
    context = {"years": office_policy(today).rule("item.idle_years"), "counted": bool(COUNTERS)}
    return idle_listing(found).page(request, rows, template="catalog/idle.html", **context)


def day_asked(request: HttpRequest) -> tuple[date, bool]:
    """Return the day a page was asked for, today without one; the second value is whether what was given could be read."""
    text = request.GET.get("day", "")
    try:
        return (date.fromisoformat(text), True) if text else (timezone.localdate(), True)
    except ValueError:
        return timezone.localdate(), False


def renewed(data: Any, version: int) -> QueryDict:
    """Return what was typed with the version it is now compared with, so that sending it again is a decision."""
    copy: QueryDict = data.copy()
    copy["version"] = str(version)
    return copy
