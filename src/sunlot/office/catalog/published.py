"""The canonical text of an edition: the bytes that its digest is of, and that anybody may download and hash himself."""

from typing import Any

from sunlot.draw.canonical import dumps, hash_of
from sunlot.office.catalog.entries import PLAIN, Entry, of_item
from sunlot.office.catalog.models import ItemList


def entries_of(item_list: ItemList) -> tuple[Entry, ...]:
    """Return the items of an edition in their order, in two queries."""
    return tuple(of_item(item) for item in item_list.items.order_by("position").prefetch_related("points"))


def canonical_text(item_list: ItemList) -> bytes:
    """Return the edition as canonical JSON (docs/draw-format.md section 1). Its last day is not part of it: that comes later."""
    head: dict[str, Any] = {
        "edition": item_list.edition,
        "title": item_list.title,
        "document": item_list.document,
        "effective_from": item_list.effective_from.isoformat() if item_list.effective_from else "",
        "remark": item_list.remark,
        "items": [_item(entry) for entry in entries_of(item_list)],
    }
    return dumps(head)


def digest_of(item_list: ItemList) -> str:
    """Return SHA-256 of the canonical text, in hex."""
    return hash_of(canonical_text(item_list))


def _item(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in PLAIN} | {"points": list(entry.points)}
