"""When 福彩双色球 is drawn next, and under which issue number: counted from the weekdays of its rules and the market's closing days (休市).

The Ministry of Finance announces the closing days of a year in the December before it. A year whose days are not in lottery_days.toml has no
issue numbers here: the clerk looks his up.

>>> next_draw(datetime(2023, 8, 21, 9, tzinfo=BEIJING))
LotteryDay(moment=datetime.datetime(2023, 8, 22, 21, 15, tzinfo=BEIJING), issue='2023097')
"""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_suffix(".toml")
BEIJING = timezone(timedelta(hours=8), "BEIJING")
LONGEST = 31  # days without a draw; no closing lasts that long


@dataclass(frozen=True)
class LotteryDay:
    """A draw of the lottery: its moment in Beijing and its issue, empty where the closing days of the year are not known."""

    moment: datetime
    issue: str


def next_draw(after: datetime) -> LotteryDay:
    """Return the first draw strictly after a moment."""
    day = after.astimezone(BEIJING).date()
    for step in range(LONGEST):
        moment = datetime.combine(day + timedelta(step), _table()["ssq"]["time"], BEIJING)
        if moment > after and _drawn(moment.date()):
            return LotteryDay(moment, issue_of(moment.date()))
    raise ValueError(f"no draw within {LONGEST} days of {after}")


def issue_of(day: date) -> str:
    """Return the issue drawn on a day: the year and which draw of the year it is; empty where the closing days are not known."""
    if day.year not in _closed():
        return ""
    first = date(day.year, 1, 1)
    return f"{day.year}{sum(_drawn(first + timedelta(step)) for step in range((day - first).days + 1)):03d}"


def _drawn(day: date) -> bool:
    shut = any(first <= day <= last for first, last in _closed().get(day.year, []))
    return day.isoweekday() in _table()["ssq"]["weekdays"] and not shut


def _closed() -> dict[int, list[tuple[date, date]]]:
    return {entry["year"]: entry["spans"] for entry in _table()["closed"]}


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(TABLE.read_text("utf-8"))
