"""What of each field anybody may read: the policy's `publication.field.*`, applied in one place to every public record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sunlot.policy.in_force import Policy

RULES = ("publication.field.", "publication.kind_words")
OPEN = ("public", "after_visit", "staff_list_and_after_visit")  # a record is released after the visit


@dataclass(frozen=True)
class Fact:
    """One field: what it holds, the hashes that may stand in its place, how many things it is."""

    value: Any
    hashes: tuple[str, ...] = ()
    count: int = 1


def masked(facts: Mapping[str, Fact], policy: Policy, legal_person: bool) -> dict[str, Any]:
    """Return by field what the public record says; `withheld` names the fields that hold something the policy keeps back.

    A field without content is left out. `legal_person`: whose address is no home. Raises PolicyError for a field without a rule.
    """
    record: dict[str, Any] = {}
    withheld = []
    for field, fact in facts.items():
        if not fact.value and not fact.hashes:
            continue
        openness = policy.openness(field)
        if openness in OPEN or (openness == "legal_persons" and legal_person):
            record[field] = fact.value
        elif openness == "hash_only":
            record[field] = {"sha256": sorted(set(fact.hashes))}
        elif openness == "count_only":
            record[field] = {"count": fact.count}
        else:
            withheld.append(field)
    return {**record, "withheld": sorted(withheld)}


def rules_since(policy: Policy) -> date:
    """Return the day since which what is open stands as it does: by it a public record says which policy decided, and is the same as long as it does."""
    rules = [rule for pack in policy.packs for rule in pack.rules if rule.name.startswith(RULES)]
    turns = [rule.valid_from for rule in rules]
    turns += [rule.valid_to + timedelta(days=1) for rule in rules if rule.valid_to]
    return max(day for day in turns if day <= policy.day)


def is_legal_person(identity: str) -> bool:
    """Return whether a firm is certainly no 个体工商户, by its number: what is not certain is kept back.

    Second digit of a credit code that begins with 9 (GB 32100-2015, 4.1): 2 is 个体工商户. Seventh digit of a 15-digit registration number
    (工商注册号编制规则 GS 15-2006): 6 to 9 are 个体工商户. The older numbers do not tell.
    """
    rules: dict[str, Callable[[str], bool]] = {"REG15": lambda number: number[6:7] in tuple("012345")}
    kind, mark, number = identity.partition("-")
    if mark:
        return kind in rules and rules[kind](number)
    return len(identity) == 18 and not identity.startswith("92")
