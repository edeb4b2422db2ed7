"""An office enters the notice of a new year itself, or corrects ours, in a file of the same form."""

from datetime import date
from pathlib import Path

import pytest

from sunlot.codes.holiday_table import HolidayError, read_table
from sunlot.codes.workdays import is_workday, shipped_calendar, workdays_of_year

TABLE = """year = 2027
source = "某市放假安排（测试）"
certainty = "confirmed"

[[holidays]]
name = "元旦"
off = [2027-01-01, 2027-01-03]
work = [2027-01-09]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "2027.toml"
    path.write_text(text, "utf-8")
    return path


def test_its_year_is_no_longer_provisional(tmp_path: Path) -> None:
    calendar = shipped_calendar().lay_over([read_table(write(tmp_path, TABLE))])
    assert not is_workday(date(2027, 1, 1), calendar)
    assert is_workday(date(2027, 1, 9), calendar)
    assert workdays_of_year(2027, calendar).note == ""
    assert workdays_of_year(2026, calendar) == workdays_of_year(2026)


def test_its_table_stands_in_place_of_ours(tmp_path: Path) -> None:
    own = write(tmp_path, TABLE.replace("2027", "2026").replace("01-09", "01-10"))
    calendar = shipped_calendar().lay_over([read_table(own)])
    assert is_workday(date(2026, 10, 1), calendar)


@pytest.mark.parametrize(
    ("wrong", "right", "sentence"),
    [
        ("year = 2027", "year = '2027'", "year 应为年份"),
        ('source = "某市放假安排（测试）"', "", "缺少 source"),
        ("confirmed", "sure", "certainty 只能是 confirmed、reported、default、unconfirmed，现为 'sure'"),
        ('name = "元旦"', "", "没有写节日名称"),
        ("[2027-01-01, 2027-01-03]", "[2027-01-03, 2027-01-01]", "元旦 从 2027-01-03 到 2027-01-01 共 -1 天"),
        ("[2027-01-01, 2027-01-03]", "[2027-01-01]", "元旦 的 off 应写放假的第一天和最后一天"),
        ("[2027-01-01, 2027-01-03]", "['2027-01-01', '2027-01-03']", "不加引号"),
        ("2027-01-09]", "2027-01-08]", "2027-01-08 不是周六或周日"),
        ("2027-01-09]", "2027-01-02]", "2027-01-02 既是放假日（元旦）又是调休上班日（元旦）"),
        ("2027-01-09]", "2026-01-10]", "2026-01-10 不在 2027 年"),
        ("year = 2027", "year =", "不是有效的 TOML 文件"),
    ],
)
def test_a_slip_is_refused_by_file_and_entry(tmp_path: Path, wrong: str, right: str, sentence: str) -> None:
    path = write(tmp_path, TABLE.replace(wrong, right))
    with pytest.raises(HolidayError) as refusal:
        read_table(path)
    assert "2027.toml" in refusal.value.sentence
    assert sentence in refusal.value.sentence


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(HolidayError, match=r"找不到放假安排文件 2028\.toml"):
        read_table(tmp_path / "2028.toml")
