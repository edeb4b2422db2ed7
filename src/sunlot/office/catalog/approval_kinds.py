"""What of this app needs a second person: the publication of a list."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from sunlot.office.accounts.roles import APPROVERS
from sunlot.office.approvals.kinds import Change, Kind, register
from sunlot.office.catalog import publishing
from sunlot.office.catalog.basis import doubts
from sunlot.office.catalog.differences import differences
from sunlot.office.catalog.drafting import KIND
from sunlot.office.catalog.models import ItemList, State
from sunlot.office.catalog.published import entries_of


def changes(payload: dict[str, Any]) -> list[Change]:
    """Return what publishing changes: the day, every item that differs from the edition before, every basis that is in doubt."""
    item_list = ItemList.objects.filter(pk=payload["list"]).first()
    return list(_changes(item_list)) if item_list else []


def _changes(item_list: ItemList) -> Iterator[Change]:
    before = (
        ItemList.objects.exclude(state=State.DRAFT).filter(edition__lt=item_list.edition).order_by("-edition").first()
    )
    yield "施行日期", str(before.effective_from) if before else "", str(item_list.effective_from)
    entries = entries_of(item_list)
    yield "事项数", str(before.items.count()) if before else "", str(len(entries))
    for found in differences(entries_of(before) if before else (), entries):
        where = f"{found.number} {found.name}"
        if found.what == "changed":
            yield from ((f"{where}：{title}", one, other) for title, one, other in found.fields)
        elif found.what == "added":
            yield where, "", "；".join([found.reads, *(f"{title}：{text}" for title, _, text in found.fields)])
        else:
            yield where, found.reads, ""
    if item_list.effective_from:
        for doubt in doubts(entries, item_list.effective_from):
            yield f"依据待核对：{doubt.number}", "", " ".join(doubt.sentences)


def address(payload: dict[str, Any]) -> str:
    """Return the page of the list, empty when it was given up."""
    number = payload["list"]
    return reverse("catalog:list", args=[number]) if ItemList.objects.filter(pk=number).exists() else ""


def register_kinds() -> None:
    """Make the kinds known to the approvals."""
    register(Kind(KIND, "事项清单公布", APPROVERS, publishing.publish, changes, address))
