"""The policy of one draw as its notice carries it, checked and typed (docs/draw-format.md section 4.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sunlot.draw.errors import DrawError
from sunlot.draw.frame import COLUMNS

DIRECTIONS = ("random", "ceil", "floor", "all")


@dataclass(frozen=True)
class Rule:
    """How one kind of firm is treated. `rate`: yearly chance before intensity; `cap` 0: none; `gap`: days; `count` None: by rate."""

    name: str
    when: Mapping[str, tuple[str, ...]]
    rate: Fraction
    direction: str
    cap: int
    gap: int
    count: int | None

    def matches(self, row: Mapping[str, str]) -> bool:
        """Return whether every condition of the rule holds for a row of the frame."""
        return all(row[column] in values for column, values in self.when.items())


@dataclass(frozen=True)
class Scope:
    """A column whose value must be among `values`, else the firm is out for `reason`."""

    column: str
    reason: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Policy:
    """Everything about who may be drawn and how often, fixed before the seed."""

    date: str
    round: int
    rounds: int
    share: Fraction
    budget: int
    intensity: tuple[int, ...]
    reserves_least: int
    reserves_part: Fraction
    scope: tuple[Scope, ...]
    spread: tuple[str, ...]
    rules: tuple[Rule, ...]


def parse_policy(policy: Mapping[str, Any]) -> Policy:
    """Return the policy. Raises DrawError that names the entry which is missing, unknown or impossible."""
    try:
        parsed = Policy(
            date=_day(policy["date"]),
            round=_whole(policy["round"], "round"),
            rounds=_whole(policy["rounds"], "rounds"),
            share=_fraction(policy["share"], "share"),
            budget=_whole(policy["budget"], "budget"),
            intensity=tuple(_whole(value, "intensity") for value in policy["intensity"]),
            reserves_least=_whole(policy["reserves"]["least"], "reserves"),
            reserves_part=_fraction(policy["reserves"]["part"], "reserves"),
            scope=tuple(
                Scope(_column(entry["column"]), entry["reason"], _texts(entry["values"])) for entry in policy["scope"]
            ),
            spread=tuple(_column(column) for column in policy["spread"]),
            rules=tuple(_rule(rule) for rule in policy["rules"]),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as failure:
        raise DrawError("policy_malformed", f"抽查规则缺少或写错了一项：{failure}。") from failure
    _check(parsed)
    return parsed


def _check(policy: Policy) -> None:
    if policy.rounds not in (1, 2) or not 1 <= policy.round <= policy.rounds:
        raise DrawError("policy_malformed", "轮次只能是一年一轮，或一年两轮中的第 1、2 轮。")
    if policy.share > 1:
        raise DrawError("policy_malformed", "第一轮所占的份额不能大于 1。")
    if not policy.intensity or policy.intensity[0] != 1 or min(policy.intensity) < 1 or not policy.rules:
        raise DrawError("policy_malformed", "加大力度倍数应从 1 开始且不小于 1，规则至少要有一条。")
    names = [rule.name for rule in policy.rules]
    if len(set(names)) != len(names):
        raise DrawError("policy_malformed", "规则名称不能重复。")


def _rule(rule: Mapping[str, Any]) -> Rule:
    name = path_part(rule["name"])
    if rule["direction"] not in DIRECTIONS:
        raise DrawError("policy_malformed", f"规则“{name}”的取整方式只能是 {'、'.join(DIRECTIONS)}。")
    return Rule(
        name=name,
        when={_column(column): _texts(values) for column, values in rule["when"].items()},
        rate=_fraction(rule["rate"], f"规则“{name}”的比例"),
        direction=rule["direction"],
        cap=_whole(rule["cap"], "cap"),
        gap=_whole(rule["gap"], "gap"),
        count=_whole(rule["count"], "count") if "count" in rule else None,
    )


def path_part(text: str) -> str:
    """Return the text as a part of a cell's path. Raises DrawError when it holds a separator."""
    if not text or "/" in text or "|" in text:
        raise DrawError("policy_malformed", f"“{text}”不能用作抽签单元的名称（不能为空，也不能含 / 或 |）。")
    return text


def _day(text: str) -> str:
    if date.fromisoformat(text).isoformat() != text:
        raise ValueError(text)
    return text


def _texts(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise TypeError(f"{values!r} 应为文字的列表")
    return tuple(values)


def _column(name: str) -> str:
    if name not in COLUMNS:
        raise DrawError("policy_malformed", f"名录里没有名为 {name} 的列。")
    return name


def _whole(value: Any, what: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise DrawError("policy_malformed", f"{what} 应为非负整数，现为 {value!r}。")
    return value


def _fraction(value: Any, what: str) -> Fraction:
    top, bottom = (_whole(part, what) for part in value)
    if bottom == 0:
        raise DrawError("policy_malformed", f"{what} 的分母不能为 0。")
    return Fraction(top, bottom)
