"""The holiday table of one year (放假安排): which days are off, which weekend days are worked, and who says so.

The tables that ship with us are in holidays/, one file a year. An office may write its own file of the same form.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sunlot.certainty import Certainty
from sunlot.refusal import Refusal

HOLIDAYS = Path(__file__).parent / "holidays"
SATURDAY = 5
LONGEST = 16  # days; a longer span is a slip of the pen


class HolidayError(Refusal):
    """A holiday table, or a question about workdays, that is refused."""


@dataclass(frozen=True)
class HolidayTable:
    """One year's days off and worked weekend days, by date, each with the holiday's name."""

    year: int
    source: str
    certainty: Certainty
    off: Mapping[date, str]
    work: Mapping[date, str]


def read_table(path: Path) -> HolidayTable:
    """Return the table of a file. Raises HolidayError that names the file and the entry which is wrong."""
    raw = load(path)
    for part in ("year", "source", "certainty", "holidays"):
        if not raw.get(part):
            raise malformed(path, f"缺少 {part}（年份、来源、把握程度和放假安排都要有）")
    year = raw["year"]
    if isinstance(year, bool) or not isinstance(year, int):
        raise malformed(path, f"year 应为年份，例如 2026，现为 {year!r}")
    off: dict[date, str] = {}
    work: dict[date, str] = {}
    for entry in raw["holidays"]:
        name = entry.get("name", "")
        off |= dict.fromkeys(_span(path, year, name, entry.get("off")), name)
        work |= dict.fromkeys(_worked(path, year, name, entry.get("work", [])), name)
    if both := sorted(off.keys() & work.keys()):
        raise malformed(path, f"{both[0]} 既是放假日（{off[both[0]]}）又是调休上班日（{work[both[0]]}）")
    return HolidayTable(year, raw["source"], certainty_of(path, raw["certainty"]), off, work)


def load(path: Path) -> dict[str, Any]:
    """Return the TOML file as it stands. Raises HolidayError when it cannot be read."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise HolidayError("no_such_holiday_table", f"找不到放假安排文件 {path.name}。") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as failure:
        raise malformed(path, f"不是有效的 TOML 文件：{failure}") from failure


def certainty_of(path: Path, text: str) -> Certainty:
    """Return the mark. Raises HolidayError that lists the marks there are."""
    if text not in list(Certainty):
        raise malformed(path, f"certainty 只能是 {'、'.join(Certainty)}，现为 {text!r}")
    return Certainty(text)


def malformed(path: Path, problem: str) -> HolidayError:
    """Return the error for what is wrong in a file."""
    return HolidayError("holiday_table_malformed", f"放假安排文件 {path.name} 有误：{problem}。")


def _span(path: Path, year: int, name: str, ends: Any) -> list[date]:
    if not name:
        raise malformed(path, "有一项放假安排没有写节日名称 name")
    if not isinstance(ends, list) or len(ends) != 2:
        raise malformed(path, f"{name} 的 off 应写放假的第一天和最后一天，例如 [{year}-01-01, {year}-01-03]")
    first, last = (_day(path, year, name, day) for day in ends)
    days = (last - first).days + 1
    if not 1 <= days <= LONGEST:
        raise malformed(path, f"{name} 从 {first} 到 {last} 共 {days} 天，应为 1 到 {LONGEST} 天")
    return [first + timedelta(step) for step in range(days)]


def _worked(path: Path, year: int, name: str, days: Any) -> list[date]:
    if not isinstance(days, list):
        raise malformed(path, f"{name} 的 work 应为调休上班日的列表，现为 {days!r}")
    worked = [_day(path, year, name, day) for day in days]
    if weekdays := [day for day in worked if day.weekday() < SATURDAY]:
        raise malformed(path, f"{name} 的调休上班日 {weekdays[0]} 不是周六或周日，本来就要上班")
    return worked


def _day(path: Path, year: int, name: str, day: Any) -> date:
    if type(day) is not date:
        raise malformed(path, f"{name} 的日期应写作 {year}-01-01（不加引号），现为 {day!r}")
    if not date(year - 1, 12, 1) <= day <= date(year + 1, 1, 31):
        raise malformed(path, f"{name} 的日期 {day} 不在 {year} 年")
    return day
