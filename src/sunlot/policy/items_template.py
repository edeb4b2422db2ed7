"""The list of inspection items (随机抽查事项清单) that ships as a template for an office's own."""

import csv
from dataclasses import dataclass
from pathlib import Path

from sunlot.certainty import Certainty

TEMPLATE = Path(__file__).parent / "items-template.csv"
ITEM_CLASSES = {"key": "重点检查事项", "general": "一般检查事项"}


@dataclass(frozen=True)
class TemplateItem:
    """One item. `mandatory`: a must-check (必查项); `basis`: a citation for statutes.basis.look_up; `disabled_because`: empty while in use."""

    code: str
    industry: str
    name: str
    item_class: str
    mandatory: bool
    check_points: tuple[str, ...]
    method: str
    basis: str
    certainty: Certainty
    disabled_because: str

    @property
    def enabled(self) -> bool:
        """Return whether an office may use the item without further thought."""
        return not self.disabled_because


def template_items() -> tuple[TemplateItem, ...]:
    """Return the items in their order."""
    with TEMPLATE.open(newline="", encoding="utf-8") as file:
        return tuple(_item(row) for row in csv.DictReader(file))


def _item(row: dict[str, str]) -> TemplateItem:
    return TemplateItem(
        code=row["code"],
        industry=row["industry"],
        name=row["name"],
        item_class=row["item_class"],
        mandatory=row["mandatory"] == "yes",
        check_points=tuple(row["check_points"].split("；")),
        method=row["method"],
        basis=row["basis"],
        certainty=Certainty(row["certainty"]),
        disabled_because=row["disabled_because"],
    )
