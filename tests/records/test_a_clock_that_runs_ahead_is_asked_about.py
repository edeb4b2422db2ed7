"""A clock far ahead of the log is asked about on the first page of clerk and system administrator, and blocks nothing."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client

from sunlot.office.accounts.models import User
from sunlot.office.journal.clock import Held, held, now
from sunlot.office.records.todo import todos
from sunlot.office.shell.services import record_export

ASKED = "请核对这台电脑的时钟"


@pytest.fixture
def thursday(people: dict[str, User]) -> Iterator[Held]:
    """The office's clock; somebody worked on Thursday, 14 January 2027, in the afternoon, and in the days before."""
    with held(now()) as standing:
        for day in range(11, 15):
            standing.at = f"2027-01-{day}T08:00:00Z"
            record_export(people["clerk"], "检查对象名录", 1)
        yield standing


def asked(user: User) -> list[str]:
    return [todo.hint for todo in todos(user, date(2027, 1, 15)) if todo.title == ASKED]


@pytest.mark.parametrize(
    ("at", "silent"),
    [
        ("2027-01-15T07:00:00Z", False),  # the next morning
        ("2027-01-16T08:30:00Z", True),  # a Saturday: the whole of Friday is missing
        ("2027-01-18T01:00:00Z", True),  # Monday, nobody on Friday
        ("2028-01-14T08:00:00Z", True),  # a year ahead
    ],
)
def test_a_working_day_without_a_line_is_asked_about(
    thursday: Held, people: dict[str, User], at: str, silent: bool
) -> None:
    thursday.at = at
    assert bool(asked(people["clerk"])) == silent
    assert bool(asked(people["system"])) == silent
    assert not asked(people["chief"])


def test_a_weekend_is_no_silence(thursday: Held, people: dict[str, User]) -> None:
    thursday.at = "2027-01-15T09:00:00Z"
    record_export(people["clerk"], "检查对象名录", 1)
    thursday.at = "2027-01-18T01:00:00Z"
    assert not asked(people["clerk"])


def test_it_stays_through_the_day_says_when_and_blocks_nothing(
    thursday: Held, people: dict[str, User], client_of: Callable[[str], Client]
) -> None:
    thursday.at = "2027-03-10T01:00:00Z"
    record_export(people["inspector"], "我的检查", 1)
    thursday.at = "2027-03-10T08:00:00Z"
    page = client_of("clerk").get("/").content.decode()
    assert ASKED in page
    assert "从 2027-01-14 16:00 到 2027-03-10 09:00" in page
    assert client_of("clerk").post("/accounts/logout/").status_code == 302
    thursday.at = "2027-03-11T02:00:00Z"
    record_export(people["inspector"], "我的检查", 1)
    assert not asked(people["clerk"])
