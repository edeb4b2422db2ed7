"""What may be planned on a day: the items in use of the list in force that day, and nothing else."""

from datetime import date, timedelta

from catalog.conftest import LAST_YEAR, Publish, entry
from sunlot.office.accounts.models import User
from sunlot.office.catalog.drafting import add_item, draft_from, switch_items
from sunlot.office.catalog.models import ItemList
from sunlot.office.catalog.queries import list_in_force, plannable

NEXT_YEAR = date(2099, 1, 1)


def numbers(day: date) -> list[str]:
    return [item.number for item in plannable(day)]


def test_before_the_first_list_nothing_can_be_planned(published: ItemList) -> None:
    assert list_in_force(LAST_YEAR - timedelta(days=1)) is None
    assert numbers(LAST_YEAR - timedelta(days=1)) == []


def test_a_draft_allows_nothing(draft: ItemList) -> None:
    assert list_in_force(date(2026, 11, 25)) is None


def test_a_disabled_item_cannot_be_planned(published: ItemList) -> None:
    assert numbers(LAST_YEAR) == ["AQ-01", "AQ-02"]


def test_each_day_has_its_own_list(published: ItemList, people: dict[str, User], publish: Publish) -> None:
    second = draft_from(people["clerk"], published)
    add_item(people["clerk"], second.pk, entry("AQ-03"))
    switch_items(people["clerk"], [second.items.get(number="AQ-01").pk], False, "并入 AQ-03")
    publish(second, NEXT_YEAR)
    assert numbers(NEXT_YEAR - timedelta(days=1)) == ["AQ-01", "AQ-02"]
    assert numbers(NEXT_YEAR) == ["AQ-02", "AQ-03"]
