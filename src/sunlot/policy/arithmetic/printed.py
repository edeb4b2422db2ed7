"""Checking a plan as it was printed: which of its numbers contradict the others.

Every number of the plan is given with the place where it stands. Where a number is printed twice and differs, the reading that breaks the
fewest equations, and then drops the fewest printed numbers, is taken for the true one; the rest is reported. Where two readings are
equally good, the number is reported as inconsistent and nothing is concluded from it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from sunlot.policy.arithmetic.numbers import PlanError, percent

FIGURES = {
    "year_days": "全年天数",
    "holidays": "法定节假日天数",
    "weekends": "周末天数",
    "days_each": "每人法定工作日",
    "officers": "纳入计划执法人员",
    "total": "总法定工作日",
    "other": "其他执法工作日",
    "non_enforcement": "非执法工作日",
    "inspection": "监督检查工作日",
    "key": "重点检查工作日",
    "general": "一般检查工作日",
}
SHARES = {f"{figure}_share": f"{FIGURES[figure]}占比" for figure in ("other", "non_enforcement", "inspection")}
EQUATIONS = (
    ("days_each", "year_days", "−", ("holidays", "weekends")),
    ("total", "days_each", "×", ("officers",)),
    ("inspection", "total", "−", ("other", "non_enforcement")),
    ("inspection", "key", "+", ("general",)),
)


@dataclass(frozen=True)
class Printed:
    """A number of a plan as it was printed: `text` such as "1984" or "52.2%", and where it stands."""

    figure: str
    text: str
    where: str


@dataclass(frozen=True)
class PrintedError:
    """A contradiction. `kind`: misprint, inconsistent, equation or share; `right`: as a plan would print it, empty when unknown."""

    kind: str
    figure: str
    found: str
    right: str
    sentence: str


def check_printed(statements: Sequence[Printed]) -> tuple[PrintedError, ...]:
    """Return what contradicts what, nothing for a sound plan. Raises PlanError for an unknown figure or an unreadable number."""
    counts = [(statement, _count(statement)) for statement in statements if statement.figure not in SHARES]
    shares = [statement for statement in statements if statement.figure in SHARES]
    readings = _likeliest(counts)
    figures = readings[0]
    undecided = {figure for figure in figures if any(reading[figure] != figures[figure] for reading in readings)}
    decided = {figure: count for figure, count in figures.items() if figure not in undecided}
    return (
        *(_inconsistent(figure, counts) for figure in figures if figure in undecided),
        *_misprints(counts, decided),
        *(error for equation in EQUATIONS if (error := _broken(equation, decided))),
        *(error for statement in shares if (error := _wrong_share(statement, decided))),
    )


def _count(statement: Printed) -> int:
    if statement.figure not in FIGURES:
        raise PlanError("no_such_figure", f"计划中没有“{statement.figure}”这个数字。")
    if not re.fullmatch("[0-9]+", statement.text):
        raise PlanError("not_a_count", f"{statement.where}：“{statement.text}”不是整数。")
    return int(statement.text)


def _likeliest(counts: Sequence[tuple[Printed, int]]) -> list[dict[str, int]]:
    values: dict[str, dict[int, int]] = {}
    for statement, count in counts:
        times = values.setdefault(statement.figure, {})
        times[count] = times.get(count, 0) + 1

    def cost(reading: Mapping[str, int]) -> tuple[int, int]:
        kept = sum(values[figure][count] for figure, count in reading.items())
        return sum(_broken(equation, reading) is not None for equation in EQUATIONS), len(counts) - kept

    readings = list(_readings(values))
    least = min(map(cost, readings))
    return [reading for reading in readings if cost(reading) == least]


def _readings(values: Mapping[str, Mapping[int, int]]) -> Iterator[dict[str, int]]:
    for reading in product(*values.values()):
        yield dict(zip(values, reading, strict=True))


def _inconsistent(figure: str, counts: Sequence[tuple[Printed, int]]) -> PrintedError:
    found = "、".join(f"{count}（{statement.where}）" for statement, count in counts if statement.figure == figure)
    sentence = f"{FIGURES[figure]}前后不一致：{found}；其余数字不足以判断哪个正确。"
    return PrintedError("inconsistent", figure, found, "", sentence)


def _misprints(counts: Sequence[tuple[Printed, int]], figures: Mapping[str, int]) -> Iterator[PrintedError]:
    for statement, count in counts:
        right = figures.get(statement.figure, count)
        if count != right:
            name = FIGURES[statement.figure]
            sentence = f"{statement.where}：{name}印作 {count}，按其余数字推算应为 {right}。"
            yield PrintedError("misprint", statement.figure, str(count), str(right), sentence)


def _broken(equation: tuple[str, str, str, tuple[str, ...]], figures: Mapping[str, int]) -> PrintedError | None:
    result, first, sign, rest = equation
    if not figures.keys() >= {result, first, *rest}:
        return None
    right = figures[first]
    for figure in rest:
        right = {"×": right * figures[figure], "−": right - figures[figure], "+": right + figures[figure]}[sign]
    if right == figures[result]:
        return None
    formula = f" {sign} ".join(f"{FIGURES[figure]} {figures[figure]}" for figure in (first, *rest))
    sentence = f"{formula} = {right}，而{FIGURES[result]}印作 {figures[result]}。"
    return PrintedError("equation", result, str(figures[result]), str(right), sentence)


def _wrong_share(statement: Printed, figures: Mapping[str, int]) -> PrintedError | None:
    if not (match := re.fullmatch(r"[0-9]+(?:\.([0-9]+))?%", statement.text)):
        raise PlanError("not_a_share", f"{statement.where}：“{statement.text}”不是百分数，应写作 52.2%。")
    part = figures.get(statement.figure.removesuffix("_share"))
    whole = figures.get("total")
    if part is None or not whole:
        return None
    share = Fraction(part, whole)
    if percent(share, len(match[1] or "")) == statement.text:
        return None
    sentence = (
        f"{statement.where}：{SHARES[statement.figure]}印作 {statement.text}，{part} ÷ {whole} 应为 {percent(share)}。"
    )
    return PrintedError("share", statement.figure, statement.text, percent(share), sentence)
