"""An item as plain text, apart from any table: what the template, an Excel row, a form and an edition's item have in common."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from django.db.models import Field

from sunlot.certainty import Certainty
from sunlot.intake.cells import tidy as one_line
from sunlot.office.catalog.models import Item
from sunlot.policy.items_template import ITEM_CLASSES, template_items

NUMBER = re.compile(r"[0-9A-Z][0-9A-Z.-]{0,31}")
LONGEST_POINT = 400


@dataclass(frozen=True)
class Entry:
    """One item with its check points. Every text is NFC without blanks around it; the names are those of models.Item."""

    number: str
    name: str
    category: str = "通用"
    subject: str = ""
    content: str = ""
    method: str = ""
    body: str = ""
    item_class: str = "general"
    mandatory: bool = False
    basis: str = ""
    legal_effect: str = ""
    frequency: str = ""
    rate: str = ""
    certainty: str = Certainty.UNCONFIRMED.value
    enabled: bool = True
    disabled_because: str = ""
    note: str = ""
    points: tuple[str, ...] = ()


PLAIN = tuple(field.name for field in fields(Entry) if field.name != "points")
LONG = ("content", "basis", "legal_effect", "note")  # of several lines


def column(name: str) -> "Field[Any, Any]":
    """Return the column of models.Item that holds a field of an entry."""
    found = Item._meta.get_field(name)
    assert isinstance(found, Field)
    return found


TITLES: dict[str, str] = {name: str(column(name).verbose_name) for name in PLAIN} | {"points": "检查要点"}


READS: dict[str, dict[Any, str]] = {
    "item_class": dict(ITEM_CLASSES),
    "certainty": {each.value: each.label for each in Certainty},
    "mandatory": {True: "是", False: "否"},
    "enabled": {True: "是", False: "否"},
}


def shown(name: str, value: Any) -> str:
    """Return a field's value as people read it, check points one a line."""
    if name == "points":
        return "\n".join(value)
    return READS[name].get(value, str(value)) if name in READS else str(value)


def tidy(text: str) -> str:
    """Return the text in NFC, line by line without blanks around it and without what cannot be seen."""
    return "\n".join(one_line(line) for line in text.splitlines()).strip()


def split_points(text: str) -> tuple[str, ...]:
    """Return the check points of a text: one a line, or parted by ；, so that none ever holds either."""
    return tuple(part.strip() for part in re.split("[；;\n]", tidy(text)) if part.strip())


def tidied(entry: Entry) -> Entry:
    """Return the entry with every text tidied, its number in capitals, its points parted."""
    texts: dict[str, Any] = {
        name: tidy(value) if name in LONG else one_line(value)
        for name in PLAIN
        if isinstance(value := getattr(entry, name), str)
    }
    texts["number"] = unicodedata.normalize("NFKC", texts["number"]).upper()
    points = tuple(part for point in entry.points for part in split_points(point))
    if entry.enabled:
        texts["disabled_because"] = ""
    return replace(entry, **texts, points=points)


def problems(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield field and sentence of everything that keeps the entry off a list."""
    if not NUMBER.fullmatch(entry.number):
        found = entry.number or "空"
        yield "number", f"事项编号应为大写字母、数字、横线，最多 32 个字符，例如 AQ-01；现为“{found}”。"
    for name in ("name", "category", "method"):
        if not getattr(entry, name):
            yield name, f"{TITLES[name]}不能为空。"
    for name in PLAIN:
        longest = column(name).max_length
        if longest and name != "number" and len(str(getattr(entry, name))) > longest:
            yield name, f"{TITLES[name]}最多 {longest} 个字，现为 {len(getattr(entry, name))} 个。"
    if entry.item_class not in ITEM_CLASSES:
        yield "item_class", f"事项类别应为 {'、'.join(ITEM_CLASSES.values())}；现为“{entry.item_class or '空'}”。"
    if entry.certainty not in list(Certainty):
        yield "certainty", f"依据核对情况应为 {'、'.join(each.label for each in Certainty)}；现为“{entry.certainty}”。"
    if not entry.enabled and not entry.disabled_because:
        yield "disabled_because", "停用的事项须写明停用原因。"
    for point in entry.points:
        if len(point) > LONGEST_POINT:
            yield "points", f"每条检查要点最多 {LONGEST_POINT} 个字；“{point[:20]}…”有 {len(point)} 个，请分成几条。"


def of_item(item: Item) -> Entry:
    """Return the entry of an edition's item; its points are read with it."""
    values: dict[str, Any] = {name: getattr(item, name) for name in PLAIN}
    return Entry(**values, points=tuple(point.text for point in item.points.all()))


def from_template() -> tuple[Entry, ...]:
    """Return the fifty items that ship with us, those disabled that another department is now in charge of."""
    return tuple(
        Entry(
            number=item.code,
            name=item.name,
            category=item.industry,
            method=item.method,
            item_class=item.item_class,
            mandatory=item.mandatory,
            basis=item.basis,
            certainty=item.certainty.value,
            enabled=item.enabled,
            disabled_because=item.disabled_because,
            points=item.check_points,
        )
        for item in template_items()
    )
