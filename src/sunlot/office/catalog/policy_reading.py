"""A rule as people read it, and what each layer did to the one above."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_noop as noop

from sunlot.office.shell.language import in_words
from sunlot.policy.arithmetic.numbers import percent
from sunlot.policy.in_force import Policy
from sunlot.policy.rules import BOUNDS, LAYERS, Rule
from sunlot.policy.values import CAP_CONDITIONS
from sunlot.policy.vocabulary import OPENNESS, RULES

GROUPS = {
    "visit": noop("检查次数与条件"),
    "inspector": noop("执法人员"),
    "item": noop("抽查事项"),
    "plan": noop("年度计划"),
    "publication": noop("公示"),
    "record": noop("检查记录"),
    "result": noop("检查结果"),
    "rectification": noop("整改复查"),
    "hazard": noop("重大隐患"),
    "transfer": noop("移送"),
    "penalty": noop("行政处罚"),
    "violation": noop("违法行为信息"),
    "power_cut": noop("停止供电"),
    "credit": noop("信用"),
    "complaint": noop("投诉举报"),
    "firm": noop("企业自助"),
    "document": noop("文书编号"),
    "citation": noop("文书引用的条文"),
}
COUNTED = {
    "individual": noop("个人"),
    "entity": noop("单位"),
    "ratings": noop("评价"),
    "network_ratings": noop("同一网络的评价"),
    "complaints": noop("投诉"),
    "network_complaints": noop("同一网络的投诉"),
}


def _share(value: Fraction, unit: str) -> list[str]:
    return [percent(value, 0 if (value * 100).denominator == 1 else 1)]


def _caps(rows: Any, unit: str) -> list[str]:
    return [
        f"{'、'.join('或'.join(row[key]) for key in CAP_CONDITIONS if key in row) or '其余单位'}：每年不超过 {row['cap']} {unit}"
        for row in rows
    ]


SAYS: Mapping[str, Callable[[Any, str], list[str]]] = {
    "count": lambda value, unit: [f"{value} {in_words(unit)}".strip()],
    "share": _share,
    "ratio": lambda value, unit: [f"{value} {in_words(unit)}".strip()],
    "flag": lambda value, unit: [in_words("是" if value else "否")],
    "text": lambda value, unit: [value],
    "texts": lambda value, unit: list(map(in_words, value)),
    "labels": lambda value, unit: list(map(in_words, value.values())),
    "counts": lambda value, unit: [
        f"{in_words(COUNTED.get(code, code))}: {number:,} {in_words(unit)}".strip() for code, number in value.items()
    ],
    "rows": _caps,
    "citation": lambda value, unit: [value],
    "openness": lambda value, unit: [in_words(OPENNESS[value])],
}


@dataclass(frozen=True)
class Layer:
    """One layer's rule of a name: what it says and what that does to the layer above."""

    title: str
    says: list[str]
    does: str
    source: str


def says(rule: Rule) -> list[str]:
    """Return a rule's value as it is read, a line for each part."""
    return SAYS[RULES[rule.name].kind](rule.value, rule.unit)


def layers(policy: Policy, name: str) -> list[Layer]:
    """Return what each layer says of a rule, highest first; a single one when no lower layer touches it."""
    stack = (*policy.overridden.get(name, ()), policy.rules[name])
    return [
        Layer(LAYERS[rule.layer], says(rule), _does(rule, stack[at - 1] if at else None), rule.source)
        for at, rule in enumerate(stack)
    ]


def _does(rule: Rule, above: Rule | None) -> str:
    """Return how a rule stands to the one above it; a bound lets it only tighten (policy.in_force)."""
    if above is None:
        return BOUNDS.get(rule.bound, "")
    if rule.value == above.value:
        return noop("重申")
    return noop("收紧") if above.bound in ("at_least", "at_most") else noop("另定")
