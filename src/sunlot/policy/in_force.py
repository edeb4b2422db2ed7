"""The policy on a day: national rules, over them the province's, over them the county's, each with where it comes from.

>>> policy = policy_in_force(date(2026, 3, 1))
>>> policy.count("publication.result_workdays"), policy.rule("publication.result_workdays").source
(20, '政府信息公开条例第20条第13项、第26条')
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from sunlot.certainty import Certainty
from sunlot.policy.errors import PolicyError
from sunlot.policy.rules import BOUNDS, LAYERS, Rule, RulePack, read_rules
from sunlot.policy.values import CAP_CONDITIONS, GRADES
from sunlot.policy.vocabulary import RULES

SHIPPED = ("national", "shandong", "county-office-2026")


@dataclass(frozen=True)
class Cap:
    """How often a firm may be visited in a year (频次上限). `rule` tells source and certainty; `sentence` is the row that applied.

    `assumed`: a stricter row may fit, but the firm's grade is unknown, so that the loosest of the rows that may fit applied.
    """

    visits: int
    rule: Rule
    sentence: str
    assumed: bool = False


@dataclass(frozen=True)
class Policy:
    """The rules in force on a day. `rules`: the one that applies, by name; `overridden`: those it stands over, highest layer first."""

    day: date
    packs: tuple[RulePack, ...]
    rules: Mapping[str, Rule]
    overridden: Mapping[str, tuple[Rule, ...]]

    def rule(self, name: str) -> Rule:
        """Return the rule. Raises PolicyError when none of this name is in force."""
        if name not in self.rules:
            title = RULES[name].title if name in RULES else name
            raise PolicyError("no_such_rule", f"{self.day} 没有生效的规则“{title}”（{name}），请在政策包中补充。")
        return self.rules[name]

    def count(self, name: str) -> int:
        """Return a whole number; its unit is the rule's. Raises PolicyError."""
        return int(self._value(name, "count"))

    def share(self, name: str) -> Fraction:
        """Return a share or a ratio. Raises PolicyError."""
        return Fraction(self._value(name, "share", "ratio"))

    def flag(self, name: str) -> bool:
        """Return yes or no. Raises PolicyError."""
        return bool(self._value(name, "flag"))

    def text(self, name: str) -> str:
        """Return a text, a citation, or how a field is published. Raises PolicyError."""
        return str(self._value(name, "text", "citation", "openness"))

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts in their order. Raises PolicyError."""
        return tuple(self._value(name, "texts"))

    def labels(self, name: str) -> Mapping[str, str]:
        """Return a closed vocabulary: code to Chinese label, in order. Raises PolicyError."""
        return dict(self._value(name, "labels"))

    def counts(self, name: str) -> Mapping[str, int]:
        """Return numbers by code, in order; their unit is the rule's. Raises PolicyError."""
        return dict(self._value(name, "counts"))

    def cap_rule(self, industry: str, risk_class: str = "", standardization_level: str = "") -> Cap:
        """Return how often such a firm may be visited in a year: the first row that fits. Raises PolicyError.

        A blank grade is unknown: of the rows that might fit, whatever the grade turns out to be, the loosest applies.
        """
        firm = dict(zip(CAP_CONDITIONS, (industry, risk_class, standardization_level), strict=True))
        unknown = {grade for grade in GRADES if not firm[grade]}
        rows: Sequence[Mapping[str, Any]] = self._value("visit.caps", "rows")
        fitting = [
            row for row in rows if all(firm[key] in row[key] for key in CAP_CONDITIONS if key in row.keys() - unknown)
        ]
        first = next(at for at, row in enumerate(fitting) if not unknown & row.keys())
        row = max(reversed(fitting[: first + 1]), key=lambda each: each["cap"])
        conditions = "、".join("或".join(row[key]) for key in CAP_CONDITIONS if key in row) or "其余单位"
        return Cap(row["cap"], self.rule("visit.caps"), f"{conditions}：每年不超过 {row['cap']} 次", first > 0)

    def counted(self, visit_kind: str) -> bool:
        """Return whether a visit of this kind counts against the cap. Raises PolicyError for a kind there is not."""
        return self.flag(f"visit.counted.{visit_kind}")

    def openness(self, field: str) -> str:
        """Return how a field of the public site is published, a key of vocabulary.OPENNESS. Raises PolicyError."""
        return self.text(f"publication.field.{field}")

    def unsure(self) -> tuple[Rule, ...]:
        """Return the rules that no source confirms, in the order of the vocabulary, for the office to look at."""
        return tuple(
            self.rules[name]
            for name in RULES
            if name in self.rules and self.rules[name].certainty != Certainty.CONFIRMED
        )

    def _value(self, name: str, *kinds: str) -> Any:
        if name in RULES and RULES[name].kind not in kinds:
            raise TypeError(f"{name} is a {RULES[name].kind}, not a {' or '.join(kinds)}")
        return self.rule(name).value


def policy_in_force(day: date, packs: Sequence[str | Path] = SHIPPED) -> Policy:
    """Return the policy of the day. `packs`: names that ship with us or files; layers decide, within a layer the later in the list.

    Raises PolicyError for a malformed pack and for a rule that departs from a higher layer's bound.
    """
    order = list(LAYERS)
    read = sorted((read_rules(pack) for pack in packs), key=lambda pack: order.index(pack.layer))
    stacks: dict[str, list[Rule]] = {}
    for pack in read:
        for rule in pack.rules:
            if rule.in_force(day):
                for higher in stacks.setdefault(rule.name, []):
                    _within_bound(rule, higher)
                stacks[rule.name].append(rule)
    return Policy(
        day=day,
        packs=tuple(read),
        rules={name: stack[-1] for name, stack in stacks.items()},
        overridden={name: tuple(stack[:-1]) for name, stack in stacks.items() if len(stack) > 1},
    )


def _within_bound(rule: Rule, higher: Rule) -> None:
    departs = {
        "": False,
        "at_least": higher.bound == "at_least" and rule.value < higher.value,
        "at_most": higher.bound == "at_most" and rule.value > higher.value,
        "fixed": rule.value != higher.value,
    }[higher.bound]
    if departs:
        raise PolicyError(
            "policy_departs_from_law",
            f"政策包 {rule.pack} 的“{rule.title}”（{rule.name}）为 {rule.value}，"
            f"{LAYERS[higher.layer]}规则为 {higher.value}，{BOUNDS[higher.bound]}：{higher.source}。",
        )
