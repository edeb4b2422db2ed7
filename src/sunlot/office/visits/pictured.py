"""What a photo of a visit shows: the check point, problem or hazard it was taken of, as the record numbers them, and what somebody wrote under it."""

from collections.abc import Iterable, Mapping
from typing import Any

from sunlot.office.visits.sheet import Sheet

MANY = {"findings": "问题", "hazards": "清单外隐患"}


def subject_of(of: str, sheet: Sheet, items: Iterable[Mapping[str, Any]]) -> str:
    """Return the title of what a photo was taken of (`of` of docs/sync.md): 问题 2, or a point's number and text; empty for the place as a whole.

    A problem that was withdrawn, or has no text yet, has no number in the record: then 问题（不在记录中）.
    """
    kind, _, name = of.partition("/")
    if kind in MANY:
        ids = [one["id"] for one in sheet.many(kind)]
        return f"{MANY[kind]} {ids.index(name) + 1}" if name in ids else f"{MANY[kind]}（不在记录中）"
    if kind != "answers":
        return ""
    texts = {f"{item['number']}/{point['position']}": point["text"] for item in items for point in item["points"]}
    return f"要点 {name} {texts[name]}" if name in texts else ""


def line_of(facts: Mapping[str, Any], sheet: Sheet, items: Iterable[Mapping[str, Any]]) -> str:
    """Return what stands under a photo: what it was taken of and its caption, whichever there is."""
    told = (subject_of(str(facts.get("of") or ""), sheet, items), str(facts.get("caption") or "").strip())
    return "：".join(part for part in told if part)
