"""The days for inspection follow from officers, workdays and other duties, each step written out."""

from dataclasses import replace
from fractions import Fraction

import pytest

from sunlot.policy.arithmetic.days import Workload, plan_days
from sunlot.policy.arithmetic.numbers import PlanError

KUANCHENG_2025 = Workload(2025, 8, 248, {"其他执法": 1035}, {"值班": 500, "学习、培训、会议": 35})


def test_the_derivation_is_written_out_with_its_numbers() -> None:
    days = plan_days(replace(KUANCHENG_2025, key=300))
    assert (days.total, days.other, days.non_enforcement, days.inspection) == (1984, 1035, 535, 414)
    assert days.general == 114
    assert days.problems == ()
    assert days.lines == (
        "总法定工作日 = 每人法定工作日 248 天 × 纳入计划执法人员 8 人 = 1984 天",
        "其他执法工作日 = 1035 天（占 52.2%）",
        "非执法工作日 = 值班 500 + 学习、培训、会议 35 = 535 天（占 27.0%）",
        "监督检查工作日 = 总法定工作日 1984 − 其他执法工作日 1035 − 非执法工作日 535 = 414 天（占 20.9%）",
        "一般检查工作日 = 监督检查工作日 414 − 重点检查工作日 300 = 114 天",
    )


def test_key_and_general_days_add_up_to_the_plan_of_22_persons() -> None:
    days = plan_days(Workload(2026, 22, 247, {"其他执法": 2469}, {"非执法": 1994}, key=632))
    assert (days.total, days.inspection, days.general) == (5434, 971, 339)


def test_xihu_2024_has_5522_days() -> None:
    days = plan_days(Workload(2024, 22, 251, {}, {}))
    assert (days.total, days.problems) == (5522, ())


def test_days_that_are_not_those_of_the_year_are_a_problem() -> None:
    (problem,) = plan_days(replace(KUANCHENG_2025, year=2024)).problems
    assert problem == "每人法定工作日 248 天，与 2024 年全年天数减周末减法定节假日所得 251 天不符。"


def test_more_key_days_than_there_are_is_a_problem() -> None:
    (problem,) = plan_days(replace(KUANCHENG_2025, key=Fraction(829, 2))).problems
    assert problem == "重点检查工作日超过监督检查工作日 414 天，差 0.5 天。"


def test_more_other_duties_than_days_is_a_problem() -> None:
    (problem,) = plan_days(replace(KUANCHENG_2025, officers=6)).problems
    assert "监督检查工作日为 -82 天" in problem


def test_a_negative_duty_is_refused_by_its_name() -> None:
    with pytest.raises(PlanError, match="非执法工作日中的“值班”应为不小于 0 的整数，现为 -1"):
        plan_days(replace(KUANCHENG_2025, non_enforcement={"值班": -1}))
