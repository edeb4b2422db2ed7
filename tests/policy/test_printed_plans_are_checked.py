"""Three plans that were made public are reckoned again, and each number that was printed wrong is named."""

import pytest

from sunlot.policy.arithmetic.numbers import PlanError
from sunlot.policy.arithmetic.printed import Printed, PrintedError, check_printed

KUANCHENG_2025 = (
    Printed("days_each", "248", "每人法定工作日"),
    Printed("officers", "8", "纳入计划执法人员"),
    Printed("days_each", "24", "总法定工作日算式“24天×8人”"),
    Printed("officers", "8", "总法定工作日算式“24天×8人”"),
    Printed("total", "1984", "总法定工作日"),
    Printed("other", "1035", "其他执法工作日"),
    Printed("non_enforcement", "535", "非执法工作日"),
    Printed("inspection", "414", "监督检查工作日"),
    Printed("other_share", "21%", "其他执法工作日占比"),
    Printed("non_enforcement_share", "71%", "非执法工作日占比"),
    Printed("inspection_share", "8%", "监督检查工作日占比"),
)
WANGLU = (
    Printed("officers", "22", "纳入计划执法人员"),
    Printed("days_each", "247", "每人法定工作日"),
    Printed("total", "5434", "总法定工作日"),
    Printed("other", "2469", "其他执法工作日标题"),
    Printed("other", "2649", "监督检查工作日算式"),
    Printed("non_enforcement", "1994", "非执法工作日"),
    Printed("inspection", "971", "监督检查工作日"),
    Printed("key", "632", "重点检查工作日"),
    Printed("general", "339", "一般检查工作日"),
)
XIHU_2024 = (
    Printed("year_days", "366", "每人法定工作日算式"),
    Printed("holidays", "11", "每人法定工作日算式"),
    Printed("weekends", "104", "每人法定工作日算式"),
    Printed("days_each", "251", "每人法定工作日"),
    Printed("officers", "22", "纳入计划执法人员"),
    Printed("total", "5522", "总法定工作日"),
)


def wrong(plan: tuple[Printed, ...]) -> list[tuple[str, str, str, str]]:
    return [(error.kind, error.figure, error.found, error.right) for error in check_printed(plan)]


def test_kuancheng_2025_lost_a_digit_and_misprints_all_three_shares() -> None:
    assert wrong(KUANCHENG_2025) == [
        ("misprint", "days_each", "24", "248"),
        ("share", "other_share", "21%", "52.2%"),
        ("share", "non_enforcement_share", "71%", "27.0%"),
        ("share", "inspection_share", "8%", "20.9%"),
    ]


def test_the_plan_of_22_persons_swapped_two_digits_in_its_formula() -> None:
    assert wrong(WANGLU) == [("misprint", "other", "2649", "2469")]


def test_xihu_2024_is_sound() -> None:
    assert wrong(XIHU_2024) == []


def test_each_error_is_a_sentence_with_place_and_numbers() -> None:
    first, *_, last = check_printed(KUANCHENG_2025)
    assert first.sentence == "总法定工作日算式“24天×8人”：每人法定工作日印作 24，按其余数字推算应为 248。"
    assert last.sentence == "监督检查工作日占比：监督检查工作日占比印作 8%，414 ÷ 1984 应为 20.9%。"


def test_without_a_second_reading_the_broken_equation_itself_is_named() -> None:
    plan = tuple(statement for statement in WANGLU if statement.text != "2469")
    assert check_printed(plan) == (
        PrintedError(
            "equation",
            "inspection",
            "971",
            "791",
            "总法定工作日 5434 − 其他执法工作日 2649 − 非执法工作日 1994 = 791，而监督检查工作日印作 971。",
        ),
    )


def test_two_readings_that_nothing_decides_between_are_both_named() -> None:
    (error,) = check_printed(WANGLU[3:5])
    assert (error.kind, error.right) == ("inconsistent", "")
    assert error.sentence == (
        "其他执法工作日前后不一致：2469（其他执法工作日标题）、2649（监督检查工作日算式）；其余数字不足以判断哪个正确。"
    )


def test_a_share_is_measured_to_the_decimals_it_was_printed_with() -> None:
    plan = [*KUANCHENG_2025[:8], Printed("other_share", "52%", "占比"), Printed("inspection_share", "20.87%", "占比")]
    assert [error.kind for error in check_printed(plan)] == ["misprint"]


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (Printed("officers", "八", "第2行"), "第2行：“八”不是整数"),
        (Printed("police", "8", "第2行"), "没有“police”这个数字"),
        (Printed("other_share", "0.52", "第3行"), "第3行：“0.52”不是百分数"),
    ],
)
def test_what_cannot_be_read_is_refused(statement: Printed, sentence: str) -> None:
    with pytest.raises(PlanError, match=sentence):
        check_printed([*XIHU_2024, statement])
