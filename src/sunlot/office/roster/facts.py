"""One fact of a firm as a person types it: brought to the spelling that the draw reads, or refused with what would be right."""

from collections.abc import Mapping
from typing import Any

from sunlot.draw.errors import DrawError
from sunlot.draw.frame import clean_id
from sunlot.draw.policy_rules import path_part
from sunlot.intake.cells import CLEANERS, free_text
from sunlot.office.roster.models import DRAWABLE, FACTS, Firm
from sunlot.refusal import Refusal

MULTILINE = ("scope", "note")
PATH = ("territory", "hazard_class", "risk_level", "level")  # what a policy may spread the lot over

_FIELDS: dict[str, Any] = {field.name: field for field in Firm._meta.get_fields() if not field.is_relation}
TITLES = {name: str(field.verbose_name) for name, field in _FIELDS.items()}
LENGTHS = {name: field.max_length for name, field in _FIELDS.items() if field.max_length}


def title_of(field: str) -> str:
    """Return the Chinese title of a field of a firm."""
    return TITLES[field]


def titles(fields: Any) -> str:
    """Return the titles of several fields as one text."""
    return "、".join(title_of(field) for field in fields)


def clean_fact(field: str, text: str) -> str:
    """Return the text as the roster keeps it. Raises Refusal when it cannot be read, is too long or would break a draw."""
    if field == "id":
        return clean_code(text)
    if field in MULTILINE:
        text = " ".join(text.split())
    value, kind, problem, suggestion = CLEANERS["firms"].get(field, free_text)(text)
    if kind.endswith("_unknown") or kind in ("date_invalid", "staff_unreadable"):
        raise Refusal(kind, f"{title_of(field)}：{problem}；{suggestion}。")
    length = LENGTHS.get(field)
    if length and len(value) > length:
        raise Refusal("too_long", f"{title_of(field)}有 {len(value)} 字，最多 {length} 字。")
    if field in PATH and value:
        try:
            path_part(value)
        except DrawError as error:
            raise Refusal(error.kind, f"{title_of(field)}：{error.sentence}") from None
    if field == "name" and not value:
        raise Refusal("name_missing", "请填写单位名称，按营业执照的全称。")
    return value


def clean_code(text: str) -> str:
    """Return the typed identifier of a firm (docs/draw-format.md section 1). Raises Refusal: a wrong code is named, never repaired."""
    found, _kind, problem, suggestion = CLEANERS["firms"]["id"](text)
    if not found:
        raise Refusal("code_wrong", f"统一社会信用代码：{problem}；{suggestion}。")
    return clean_id(found)


def clean_facts(values: Mapping[str, str]) -> dict[str, str]:
    """Return several facts cleaned; fields that are not facts are ignored."""
    return {field: clean_fact(field, values[field]) for field in FACTS if field in values}


def drawable(fields: Any) -> bool:
    """Return whether the draw reads any of the fields."""
    return any(field in DRAWABLE for field in fields)
