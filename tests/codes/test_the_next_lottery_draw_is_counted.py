"""The next draw of 福彩双色球 and its issue are counted from its weekdays and the closing days of the market; real draws agree."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from sunlot.codes.lottery_days import BEIJING, issue_of, next_draw

KNOWN = json.loads((Path(__file__).parent.parent / "data" / "lotteries.json").read_text("utf-8"))["draws"]


@pytest.mark.parametrize(
    "draw", [each for each in KNOWN if each["issue"].startswith("2023")], ids=lambda each: each["issue"]
)
def test_real_draws_of_2023_have_the_issue_that_is_counted(draw: dict[str, str]) -> None:
    assert issue_of(date.fromisoformat(draw["drawn_on"])) == draw["issue"]


def test_a_draw_of_the_same_evening_is_not_after_itself() -> None:
    first = next_draw(datetime(2023, 8, 22, 12, tzinfo=BEIJING))
    assert (first.issue, first.moment) == ("2023097", datetime(2023, 8, 22, 21, 15, tzinfo=BEIJING))
    assert next_draw(first.moment).moment.date() == date(2023, 8, 24)


def test_no_draw_falls_into_the_closing_days() -> None:
    after = next_draw(datetime(2025, 1, 26, 22, tzinfo=BEIJING))
    assert after.moment.date() == date(2025, 2, 6)
    assert int(after.issue) - int(issue_of(date(2025, 1, 26))) == 1


def test_a_year_whose_closing_days_are_not_known_has_a_day_but_no_issue() -> None:
    found = next_draw(datetime(2031, 3, 1, 0, tzinfo=BEIJING))
    assert found.issue == ""
    assert found.moment.isoweekday() in (2, 4, 7)
    assert found.moment - datetime(2031, 3, 1, tzinfo=BEIJING) < timedelta(4)
