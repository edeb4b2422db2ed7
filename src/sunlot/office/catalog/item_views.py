"""One item: its articles at hand, its check points, and changing it in a draft."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_POST

from sunlot.office.catalog import drafting, queries
from sunlot.office.catalog.basis import read_basis
from sunlot.office.catalog.differences import Difference, differences
from sunlot.office.catalog.entries import TITLES, of_item
from sunlot.office.catalog.forms import DisableForm, ItemForm, typed
from sunlot.office.catalog.items_listing import items_of
from sunlot.office.catalog.models import Item, ItemList
from sunlot.office.catalog.pages import PAGES
from sunlot.office.catalog.views import day_asked, renewed
from sunlot.office.shell.bulk import Bulk, carry_out
from sunlot.office.shell.forms import StaleEdit, form_page, refused_on


def one(request: HttpRequest, key: int) -> HttpResponse:
    """An item with the wording of what it stands on, as of a day."""
    item = get_object_or_404(Item.objects.select_related("item_list"), pk=key)
    day, readable = day_asked(request)
    edition: Any = queries.lists(timezone.localdate()).get(pk=item.item_list_id)
    context = {
        "item": item,
        "points": item.points.all(),
        "edition": edition,
        "standing": queries.STANDINGS[edition.standing],
        "colour": queries.COLOURS[edition.standing],
        "reading": read_basis(item.basis, day),
        "effects": read_basis(item.legal_effect, day) if item.legal_effect else None,
        "day": day,
        "day_unreadable": not readable,
        "titles": TITLES,
        "others": Item.objects.filter(number=item.number).exclude(pk=key).select_related("item_list").order_by("-pk"),
        "editable": edition.standing == "draft" and PAGES["catalog:edit"].open_to(request.user.role),  # type: ignore[union-attr]
    }
    return render(request, "catalog/item.html", context)


def add(request: HttpRequest, number: int) -> HttpResponse:
    """A new item of a draft."""
    draft = get_object_or_404(ItemList, pk=number)
    act = request.POST.get("act", "")
    if request.method != "POST":
        return _form(request, ItemForm(initial={"category": "通用", "enabled": True}, points=[""]), draft)
    if act != "save":
        return _form(request, typed(request.POST, act), draft)
    form = ItemForm(request.POST)
    if form.is_valid():
        with refused_on(form):
            item = drafting.add_item(request.user, number, form.entry())
            messages.success(request, _("已新增 %(item)s。") % {"item": item})
            return redirect("catalog:item", item.pk)
    return _form(request, form, draft)


def edit(request: HttpRequest, key: int) -> HttpResponse:
    """An item of a draft, changed. What somebody else has changed meanwhile is shown beside what was typed."""
    item = get_object_or_404(Item.objects.select_related("item_list"), pk=key)
    act = request.POST.get("act", "")
    if request.method != "POST":
        points = [point.text for point in item.points.all()]
        form = ItemForm(instance=item, initial={"version": item.version}, points=[*points, ""])
        return _form(request, form, item.item_list, item)
    if act != "save":
        return _form(request, typed(request.POST, act), item.item_list, item)
    form = ItemForm(request.POST)
    meanwhile: tuple[Difference, ...] = ()
    if form.is_valid():
        with refused_on(form):
            try:
                drafting.change_item(request.user, key, form.cleaned_data["version"] or 0, form.entry())
            except StaleEdit:
                item.refresh_from_db()
                form.data = renewed(form.data, item.version)
                meanwhile = differences([of_item(item)], [form.entry()])
                raise
            messages.success(request, _("已保存 %(item)s。") % {"item": form.entry().number})
            return redirect("catalog:item", key)
    return _form(request, form, item.item_list, item, meanwhile=meanwhile)


@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Take the chosen items off the draft."""
    if request.POST.get("all"):
        return _all(request, noop("删去"), drafting.remove_items)
    back = _list_of(request)
    gone = drafting.remove_items(request.user, _ticked(request))
    messages.success(request, _("已从草稿中删去 %(n)s 项。") % {"n": gone})
    return redirect(back)


@require_POST
def enable(request: HttpRequest) -> HttpResponse:
    """Take the chosen items into use."""
    if request.POST.get("all"):
        return _all(request, noop("启用所选"), lambda user, keys: drafting.switch_items(user, keys, True))
    changed = drafting.switch_items(request.user, _ticked(request), True)
    messages.success(request, _("已启用 %(n)s 项。") % {"n": changed})
    return redirect(_list_of(request))


@require_POST
def disable(request: HttpRequest) -> HttpResponse:
    """Take the chosen items out of use, after asking why."""
    if request.POST.get("all"):
        switch_off: Callable[..., int] = lambda user, keys, reason: drafting.switch_items(user, keys, False, reason)  # noqa: E731
        return _all(request, noop("停用所选"), switch_off, DisableForm)
    items = Item.objects.filter(pk__in=_ticked(request)).order_by("position")
    form = DisableForm(request.POST if "reason" in request.POST else None)
    back = _list_of(request)

    def switch(data: dict[str, Any]) -> str:
        changed = drafting.switch_items(request.user, _ticked(request), False, data["reason"])
        messages.success(request, _("已停用 %(n)s 项。") % {"n": changed})
        return back

    if not items:
        messages.error(request, _("请先勾选要停用的事项。"))
        return redirect(back)
    return form_page(request, form, switch, template="catalog/disable.html", items=items, back=back, submit=_("停用"))


def _form(
    request: HttpRequest,
    form: ItemForm,
    draft: ItemList,
    item: Item | None = None,
    meanwhile: Sequence[Difference] = (),
) -> HttpResponse:
    """Return the form's page with the articles that the basis, as it is typed now, cites."""
    basis = str(form["basis"].value() or "")
    context = {
        "form": form,
        "draft": draft,
        "item": item,
        "meanwhile": meanwhile,
        "reading": read_basis(basis, timezone.localdate()) if basis.strip() else None,
        "back": reverse("catalog:item", args=[item.pk]) if item else reverse("catalog:list", args=[draft.pk]),
    }
    return render(request, "catalog/edit.html", context, status=422 if form.is_bound and form.errors else 200)


def _ticked(request: HttpRequest) -> list[int]:
    return [int(key) for key in request.POST.getlist("pk") if key.isdecimal() and len(key) < 19]


def _list_of(request: HttpRequest) -> str:
    """Return the page of the list that the ticked items are on."""
    item = Item.objects.filter(pk__in=_ticked(request)).first()
    return reverse("catalog:list", args=[item.item_list_id]) if item else reverse("catalog:lists")


def _all(
    request: HttpRequest, title: str, act: Callable[..., int], form: type[forms.Form] | None = None
) -> HttpResponse:
    """Do something to all items of the draft that the list's query leaves."""
    draft = get_object_or_404(ItemList, pk=getattr(queries.open_draft(), "pk", 0))

    def carry(user: Any, keys: Sequence[int], data: Mapping[str, Any]) -> bool:
        act(user, list(keys), **data)
        return True

    rows = Item.objects.filter(item_list=draft).prefetch_related("points")
    return carry_out(request, items_of(draft, frozenset(), True), rows, Bulk(title, carry, form, at_once=500))
