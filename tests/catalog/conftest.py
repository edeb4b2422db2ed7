"""An office whose people make and publish item lists."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest

from office.conftest import client_of, people, quick_passwords
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.catalog.drafting import draft_from_rows
from sunlot.office.catalog.entries import Entry
from sunlot.office.catalog.models import ItemList
from sunlot.office.catalog.publishing import ask_publication

__all__ = ["client_of", "people", "quick_passwords"]

LAST_YEAR = date(2025, 1, 15)
Publish = Callable[[ItemList, date], ItemList]


def entry(number: str = "AQ-01", **changes: object) -> Entry:
    """Return an item that stands on a law in force."""
    plain = {"name": "安全警示标志设置", "method": "现场检查", "basis": "安全生产法第35条", "points": ("有无警示标志",)}
    return Entry(number, **plain | changes)  # type: ignore[arg-type]


def values(page: str, name: str) -> list[str]:
    """Return what the inputs of a name hold in a page, in their order."""
    inputs = re.findall(rf'<input[^>]*name="{name}"[^>]*>', page)
    return [unescape(found[1]) if (found := re.search('value="([^"]*)"', each)) else "" for each in inputs]


@pytest.fixture
def publish(people: dict[str, User]) -> Publish:
    """A function that publishes a draft from a day on: the clerk asks, the chief grants."""

    def both(draft: ItemList, day: date = LAST_YEAR) -> ItemList:
        draft.refresh_from_db()
        approval = ask_publication(people["clerk"], draft.pk, draft.version, day, "年度更新")
        approvals.grant(people["chief"], approval.pk)
        draft.refresh_from_db()
        return draft

    return both


@pytest.fixture
def draft(people: dict[str, User]) -> ItemList:
    """A draft of two items in use and one that is not."""
    rows = [entry("AQ-01"), entry("AQ-02"), entry("ZY-01", enabled=False, disabled_because="由卫生健康部门主管")]
    return draft_from_rows(people["clerk"], rows)


@pytest.fixture
def published(draft: ItemList, publish: Publish) -> ItemList:
    """The office's first list, in force since last year."""
    return publish(draft, LAST_YEAR)
