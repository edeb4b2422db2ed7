"""Three public plans are reckoned on the pages, and the numbers they misprinted are flagged there."""

from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client

from sunlot.office.plan.worked import worked_plans
from sunlot.office.plan.yearbook import yearbook


@pytest.fixture
def clerk_at(client_of: Callable[[str], Client]) -> Client:
    return client_of("clerk")


def page_of(client: Client, path: str, **asked: Any) -> str:
    answer = client.get(path, asked)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_kuancheng_2025_has_414_days_line_by_line(clerk_at: Client) -> None:
    asked = {
        "year": 2025,
        "officers": 8,
        "other_enforcement_0": 1035,
        "non_enforcement_0": 500,
        "non_enforcement_1": 35,
    }
    page = page_of(clerk_at, "/plan/calculator/", **asked)
    for line in (
        "每人法定工作日 = 全年 365 天 − 周末 104 天 − 法定节假日 13 天 = 248 天",
        "总法定工作日 = 每人法定工作日 248 天 × 纳入计划执法人员 8 人 = 1984 天",
        "其他执法工作日 = 1035 天（占 52.2%）",
        "非执法工作日 = 值班 500 + 学习、培训、会议 35 = 535 天（占 27.0%）",
        "监督检查工作日 = 总法定工作日 1984 − 其他执法工作日 1035 − 非执法工作日 535 = 414 天（占 20.9%）",
    ):
        assert f"<li>{line}</li>" in page


def test_22_officers_have_632_key_and_339_general_days(clerk_at: Client) -> None:
    asked = {"year": 2026, "officers": 22, "days_each": 247, "other_enforcement_0": 2469, "non_enforcement_0": 1994}
    page = page_of(clerk_at, "/plan/calculator/", **asked, key=632)
    assert "= 971 天" in page
    assert "一般检查工作日 = 监督检查工作日 971 − 重点检查工作日 632 = 339 天" in page
    assert "每人法定工作日 247 天，与 2026 年全年天数减周末减法定节假日所得 248 天不符。" in page


def test_xihu_2024_has_251_days_each_and_5522_in_all(clerk_at: Client) -> None:
    page = page_of(clerk_at, "/plan/calculator/", year=2024, officers=22)
    assert "全年 366 天 − 周末 104 天 − 法定节假日 11 天 = 251 天" in page
    assert "251 天 × 纳入计划执法人员 22 人 = 5522 天" in page


def test_the_holiday_table_names_its_source(clerk_at: Client) -> None:
    page = page_of(clerk_at, "/plan/calculator/", year=2026)
    assert "国办发明电〔2025〕7号" in page
    assert "2026-02-15 至 2026-02-23" in page
    assert "2026-02-14 2026-02-28" in page


def test_a_year_without_a_notice_is_provisional(clerk_at: Client) -> None:
    page = page_of(clerk_at, "/plan/calculator/", year=2031)
    assert "2031年的放假安排尚未公布或未录入，暂按周末推算，公布后请重新核对。" in page
    assert "尚未公布或未录入" in page


def test_the_months_of_a_year_add_up_to_it() -> None:
    for year in (2023, 2024, 2025, 2026, 2027):
        book = yearbook(year)
        assert sum(days for _, days in book.months) == book.actual.count
    holidays = yearbook(2026).holidays
    assert (holidays[1].name, holidays[1].first, holidays[1].last) == ("春节", date(2026, 2, 15), date(2026, 2, 23))


@pytest.mark.parametrize(
    ("name", "sentences"),
    [
        (
            "kuancheng-2025",
            [
                "总法定工作日算式“24天×8人”：每人法定工作日印作 24，按其余数字推算应为 248。",
                "其他执法工作日占比：其他执法工作日占比印作 21%，1035 ÷ 1984 应为 52.2%。",
                "非执法工作日占比：非执法工作日占比印作 71%，535 ÷ 1984 应为 27.0%。",
                "监督检查工作日占比：监督检查工作日占比印作 8%，414 ÷ 1984 应为 20.9%。",
            ],
        ),
        ("22-officers", ["监督检查工作日算式：其他执法工作日印作 2649，按其余数字推算应为 2469。"]),
        ("xihu-2024", []),
    ],
)
def test_a_printed_plan_typed_in_shows_its_errors(clerk_at: Client, name: str, sentences: list[str]) -> None:
    plan = next(plan for plan in worked_plans() if plan.name == name)
    answer = clerk_at.post("/plan/printed/", typed([vars(line) for line in plan.printed]))
    page = unescape(answer.content.decode())
    assert answer.status_code == 200
    assert f"有 {len(sentences)} 处不符" in page if sentences else "所填数字互相吻合" in page
    assert all(f"<li>{sentence}</li>" in page for sentence in sentences)
    assert unescape(clerk_at.get("/plan/printed/", {"example": name}).content.decode()).count("印作 2649") == (
        1 if name == "22-officers" else 0
    )


def test_a_line_that_cannot_be_read_is_named_and_nothing_typed_is_lost(clerk_at: Client) -> None:
    answer = clerk_at.post("/plan/printed/", typed([{"figure": "officers", "text": "八", "where": "第2行"}]))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "第2行：“八”不是整数" in page
    assert 'value="八"' in page
    answer = clerk_at.post("/plan/printed/", typed([{"figure": "", "text": "8", "where": ""}]))
    assert answer.status_code == 422
    assert "请补全这一行" in answer.content.decode()


def test_a_calculator_asked_nonsense_says_what_is_wrong(clerk_at: Client) -> None:
    answer = clerk_at.get("/plan/calculator/", {"year": 2025, "officers": "-3"})
    assert answer.status_code == 422
    assert "纳入计划执法人员" in answer.content.decode()


def typed(lines: list[dict[str, str]]) -> dict[str, str]:
    """The lines as the page posts them."""
    data = {"form-TOTAL_FORMS": str(len(lines)), "form-INITIAL_FORMS": "0"}
    for number, line in enumerate(lines):
        data |= {f"form-{number}-{name}": value for name, value in line.items()}
    return data
