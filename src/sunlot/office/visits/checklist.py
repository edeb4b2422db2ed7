"""What is to be checked at a visit: the items of its list edition with their check points, and the frame that every record repeats."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sunlot.office.bureau import queries as bureau
from sunlot.office.catalog.models import Item
from sunlot.office.visits.joint import in_frame
from sunlot.office.visits.models import Officer, Visit


def items_of(visits: Sequence[Visit]) -> dict[int, list[dict[str, Any]]]:
    """Return by visit its items in the order of the list, each with its points; two queries, however many visits."""
    lists = {visit.item_list_id for visit in visits}
    rows = Item.objects.filter(item_list__in=lists).prefetch_related("points").order_by("position")
    by_list: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        by_list.setdefault(row.item_list_id, []).append(_item(row))
    return {
        visit.pk: [item for item in by_list.get(visit.item_list_id, []) if item["number"] in set(visit.numbers)]
        for visit in visits
    }


def _item(row: Item) -> dict[str, Any]:
    """An item without check points is one point, its content."""
    points = [{"position": point.position, "text": point.text} for point in row.points.all()]
    return {
        "number": row.number,
        "name": row.name,
        "basis": row.basis,
        "mandatory": row.mandatory,
        "points": points or [{"position": 1, "text": row.content or row.name}],
    }


def points_of(items: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the check points as fields spell them: item/position."""
    return [f"{item['number']}/{point['position']}" for item in items for point in item["points"]]


def frame_of(visit: Visit, items: Iterable[dict[str, Any]], team: Iterable[Officer], organ: str) -> dict[str, Any]:
    """Return what a record repeats to the letter: whom, by whom, on what list (docs/sync.md)."""
    mode: dict[str, Any] = {"offsite": True} if visit.offsite else {}
    if departments := in_frame(visit.partners.all()):
        mode["departments"] = departments
    return {
        **mode,
        "visit": visit.uid,
        "organ": organ,
        "firm": {"id": visit.firm_id, "name": visit.firm_name, "address": visit.firm_address},
        "draw": visit.draw,
        "kind": visit.kind,
        "list": {"edition": visit.item_list.edition, "digest": visit.item_list.digest},
        "items": [{"number": item["number"], "name": item["name"], "points": item["points"]} for item in items],
        "team": [
            {
                "inspector": officer.inspector_id,
                "name": officer.name,
                "certificate": officer.certificate,
                "part": officer.part,
            }
            for officer in sorted(team, key=lambda officer: officer.inspector_id)
            if not officer.out
        ],
    }


def whole_frame(visit: Visit) -> dict[str, Any]:
    """Return the frame of one visit."""
    return frame_of(visit, items_of([visit])[visit.pk], visit.team.all(), bureau.name())
