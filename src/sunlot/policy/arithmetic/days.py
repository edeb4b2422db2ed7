"""From officers and days to the days left for inspection, as the plan must set it out (150号).

总法定工作日 = 每人法定工作日 × 纳入计划执法人员；监督检查工作日 = 总法定工作日 − 其他执法工作日 − 非执法工作日；
重点检查工作日 + 一般检查工作日 = 监督检查工作日。 What counts as other enforcement (10 kinds) and as no enforcement (7 kinds) is
in the policy pack: `plan.other_enforcement`, `plan.non_enforcement`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sunlot.codes.workdays import statutory_workdays
from sunlot.policy.arithmetic.numbers import days_text, natural, percent


@dataclass(frozen=True)
class Workload:
    """What an office has and must spend elsewhere, in person-days of one year. `key`: days for key visits, None when not set yet."""

    year: int
    officers: int
    days_each: int
    other: Mapping[str, int]
    non_enforcement: Mapping[str, int]
    key: Fraction | int | None = None


@dataclass(frozen=True)
class PlanDays:
    """The days of a plan. `lines` explain every number to the reader of the plan; `problems` say what cannot be so."""

    total: int
    other: int
    non_enforcement: int
    inspection: int
    key: Fraction | None
    general: Fraction | None
    lines: tuple[str, ...]
    problems: tuple[str, ...]


def plan_days(workload: Workload) -> PlanDays:
    """Return the days with their derivation. Raises PlanError when a number is negative or no number."""
    officers = natural(workload.officers, "纳入计划的执法人员数", 1)
    days_each = natural(workload.days_each, "每人法定工作日", 1)
    other, non = _sum(workload.other, "其他执法工作日"), _sum(workload.non_enforcement, "非执法工作日")
    total = days_each * officers
    inspection = total - other - non
    key = None if workload.key is None else Fraction(workload.key)
    general = None if key is None else inspection - key
    lines = [
        f"总法定工作日 = 每人法定工作日 {days_each} 天 × 纳入计划执法人员 {officers} 人 = {total} 天",
        _sum_line("其他执法工作日", workload.other, other, total),
        _sum_line("非执法工作日", workload.non_enforcement, non, total),
        f"监督检查工作日 = 总法定工作日 {total} − 其他执法工作日 {other} − 非执法工作日 {non} = {inspection} 天"
        f"（占 {percent(Fraction(inspection, total))}）",
    ]
    if key is not None and general is not None:
        lines.append(
            f"一般检查工作日 = 监督检查工作日 {inspection} − 重点检查工作日 {days_text(key)} = {days_text(general)} 天"
        )
    problems = tuple(_problems(workload, inspection, general))
    return PlanDays(total, other, non, inspection, key, general, tuple(lines), problems)


def _sum(parts: Mapping[str, int], what: str) -> int:
    return sum(natural(days, f"{what}中的“{name}”") for name, days in parts.items())


def _sum_line(what: str, parts: Mapping[str, int], days: int, total: int) -> str:
    listed = " + ".join(f"{name} {each}" for name, each in parts.items() if each)
    equals = f" = {listed}" if len(parts) > 1 and listed else ""
    return f"{what}{equals} = {days} 天（占 {percent(Fraction(days, total))}）"


def _problems(workload: Workload, inspection: int, general: Fraction | None) -> list[str]:
    problems = []
    lawful = statutory_workdays(workload.year)
    if workload.days_each != lawful:
        problems.append(
            f"每人法定工作日 {workload.days_each} 天，与 {workload.year} 年全年天数减周末减法定节假日所得 {lawful} 天不符。"
        )
    if inspection < 0:
        problems.append(f"其他执法与非执法工作日超过总法定工作日，监督检查工作日为 {inspection} 天。")
    elif general is not None and general < 0:
        problems.append(f"重点检查工作日超过监督检查工作日 {inspection} 天，差 {days_text(-general)} 天。")
    return problems
