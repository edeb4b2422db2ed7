"""An item that has been on the list for the policy's years and unused for as long is to be cleared."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from catalog.conftest import Publish, entry
from sunlot.office.accounts.models import User
from sunlot.office.catalog import uses
from sunlot.office.catalog.drafting import draft_from_rows
from sunlot.office.catalog.queries import idle_items

FIRST, TODAY = date(2019, 3, 1), date(2026, 11, 25)


@pytest.fixture(autouse=True)
def counters(monkeypatch: pytest.MonkeyPatch) -> list[uses.LastUse]:
    """No other app has registered a counter."""
    empty: list[uses.LastUse] = []
    monkeypatch.setattr(uses, "COUNTERS", empty)
    return empty


@pytest.fixture
def old_list(people: dict[str, User], publish: Publish) -> None:
    """A list of 2019: AQ-01 and AQ-02 in use, AQ-03 not."""
    rows = [entry("AQ-01"), entry("AQ-02"), entry("AQ-03", enabled=False, disabled_because="不再实施")]
    publish(draft_from_rows(people["clerk"], [*rows]), FIRST)


def idle(day: date = TODAY) -> list[tuple[str, date | None]]:
    return [(each.number, each.used) for each in idle_items(day)]


def test_what_was_never_used_is_idle_once_it_was_listed_for_the_years(old_list: None) -> None:
    assert idle(date(2024, 12, 30)) == [("AQ-01", None), ("AQ-02", None)]


def test_what_was_used_within_the_years_is_not(old_list: None) -> None:
    uses.register(lambda day: {"AQ-01": date(2022, 5, 1)})
    uses.register(lambda day: {"AQ-01": date(2020, 1, 1), "AQ-02": date(2021, 11, 25)})
    assert idle() == [("AQ-02", date(2021, 11, 25))]
    assert idle(date(2026, 11, 24)) == []


def test_a_use_after_the_day_asked_for_does_not_count(old_list: None) -> None:
    uses.register(lambda day: {"AQ-01": date(2027, 1, 1)})
    assert ("AQ-01", None) in idle()


def test_a_new_list_is_not_idle(people: dict[str, User], publish: Publish) -> None:
    publish(draft_from_rows(people["clerk"], [entry()]), date(2023, 1, 1))
    assert idle() == []


def test_a_counter_registered_twice_counts_once(counters: list[uses.LastUse]) -> None:
    def planned(day: date) -> dict[str, date]:
        return {}

    uses.register(planned)
    uses.register(planned)
    assert counters == [planned]


def test_the_page_says_by_which_rule(old_list: None, client_of: Callable[[str], Client]) -> None:
    page = client_of("supervisor").get("/catalog/idle/").content.decode()
    assert "从未实施" in page
    assert "近五年未实施的检查事项按程序清理" in page
    assert "尚无计划和检查记录" in page
