"""A public record as people read it: its fields with their titles, what the policy keeps back, what only its hash tells."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_noop as noop

from sunlot.office.shell.language import in_words
from sunlot.policy.vocabulary import FIELDS

ORDER = (
    *("firm_name", "credit_code", "district", "industry", "registered_address"),
    *("inspected_on", "result", "problems", "dispositions"),
    *("penalty_number", "decided_on", "penalized_person", "violation", "penalty_basis", "penalty_content"),
    *("visit_kind", "draw", "items", "methods", "department", "inspectors"),
    *("inspector_name", "certificate_number", "inspector_unit", "inspection_code"),
    *("representative", "record", "photos", "signatures"),
)
TITLES = {**FIELDS, "inspectors": noop("执法人员")}


@dataclass(frozen=True)
class Line:
    """One field by its `name`: `texts` as they stand; `hashes` in place of what is not public; `count` when only that is."""

    name: str
    title: str
    texts: list[str] = field(default_factory=list)
    hashes: list[str] = field(default_factory=list)
    count: int = 0


def lines(record: Mapping[str, Any]) -> Iterator[Line]:
    """Yield the fields of a public record in the order in which people read them."""
    for name in ORDER:
        value, title = record.get(name), in_words(_title(name, record))
        if value is None:
            continue
        if isinstance(value, dict) and value.keys() == {"sha256"}:
            yield Line(name, title, hashes=list(value["sha256"]))
        elif isinstance(value, dict) and value.keys() == {"count"}:
            yield Line(name, title, count=value["count"])
        else:
            yield Line(name, title, _texts(name, value))


def _title(name: str, record: Mapping[str, Any]) -> str:
    """Return a field's title; the department that inspects is, of a penalty, the organ that decides."""
    return noop("处罚机关") if name == "department" and "decided_on" in record else TITLES[name]


def kept_back(record: Mapping[str, Any]) -> list[str]:
    """Return the titles of the fields that the policy keeps back."""
    return [in_words(TITLES[name]) for name in record.get("withheld", []) if name in TITLES]


def _texts(name: str, value: Any) -> list[str]:
    if name == "items":
        return [f"{item['number']} {item['name']}" for item in value["listed"]]
    if name == "result":
        return [value["text"], *([f"企业未签字：{value['unsigned']}"] if "unsigned" in value else [])]
    if name == "inspectors":
        return ["，".join(filter(None, person.values())) for person in value]
    if name == "problems":
        return [problem(one) for one in value]
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def problem(one: Mapping[str, Any]) -> str:
    """Return a problem in one line."""
    about = [one["severity"], one["basis"], "现场已改正" if one["corrected"] else "", "" if one["listed"] else "清单外"]
    return f"{one['text']}（{'，'.join(filter(None, about))}）"
