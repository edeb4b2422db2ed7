"""What the plan knows of others: the policy of its year, the item list, the roster, the visits made. Only this file reaches for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sunlot.policy.in_force import Policy, policy_in_force
from sunlot.policy.items_template import template_items
from sunlot.policy.vocabulary import VISIT_KINDS


@dataclass(frozen=True)
class ItemFact:
    """An item of the list (随机抽查事项) as a plan prints it."""

    code: str
    name: str
    basis: str
    content: str
    method: str


@dataclass(frozen=True)
class FirmFact:
    """What decides how often a firm may be visited."""

    id: str
    name: str
    industry: str = ""
    risk_class: str = ""
    standardization_level: str = ""


@dataclass(frozen=True)
class VisitCount:
    """Visits of one kind made to a firm in a year, by any department."""

    firm: str
    kind: str
    visits: int


def policy_for(year: int, today: date) -> Policy:
    """Return the policy for a year's plan: of today within the year, else of the year's nearest day. Raises PolicyError."""
    return policy_in_force(min(max(today, date(year, 1, 1)), date(year, 12, 31)))


def plannable_items() -> Mapping[str, ItemFact]:
    """Return the items that may be planned, by code, in the order of the list."""
    return {
        item.code: ItemFact(item.code, item.name, item.basis, "；".join(item.check_points), item.method)
        for item in template_items()
        if item.enabled
    }


def has_roster() -> bool:
    """Return whether there is a roster of firms to ask."""
    return False


def firms(ids: Iterable[str]) -> Mapping[str, FirmFact]:
    """Return the firms on the roster by their identifiers; those it does not know are left out."""
    return {}


def key_firms() -> list[FirmFact]:
    """Return the firms that the roster marks as key units (重点单位)."""
    return []


def visits_of(year: int) -> list[VisitCount]:
    """Return the visits of the year in the ledger of all visits, by firm and kind."""
    return []


def visit_kinds() -> Mapping[str, str]:
    """Return the kinds of visit with their titles."""
    return VISIT_KINDS
