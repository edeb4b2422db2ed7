"""An item whose basis cannot be read, does not exist or is repealed: named on the list, in the clerk's 待办, and kept from being published while in use."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from catalog.conftest import Publish, entry
from sunlot.office.accounts.models import User
from sunlot.office.catalog.basis import doubts, read_basis
from sunlot.office.catalog.drafting import draft_from_rows, draft_from_template
from sunlot.office.catalog.models import ItemList
from sunlot.office.catalog.todo import todos
from sunlot.policy.statutes import basis as statutes
from sunlot.policy.statutes.laws import find_law
from sunlot.refusal import Refusal

TODAY = date(2026, 11, 25)
ClientOf = Callable[[str], Client]


@pytest.fixture
def repealed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The world after 烟花爆竹安全管理条例 has been repealed."""
    law = find_law("烟花爆竹安全管理条例")
    assert law is not None
    gone = replace(law, repealed_from=date(2026, 6, 1))
    monkeypatch.setattr(statutes, "find_law", lambda name: gone if name == gone.name else find_law(name))
    read_basis.cache_clear()
    yield
    read_basis.cache_clear()


@pytest.mark.parametrize(
    ("basis", "says", "barred"),
    [
        ("安全生产法第35条", "", False),
        ("安全生产法第999条", "没有第 999 条", True),
        ("安全生产法第三十五条第", "看不懂依据", True),
        ("", "没有写明依据", True),
        ("某县规定第3条", "未收录", False),
        ("危险化学品安全管理条例第33、34条", "不宜再作依据", False),
    ],
)
def test_each_kind_of_doubt(basis: str, says: str, barred: bool) -> None:
    found = list(doubts([entry(basis=basis)], TODAY))
    assert bool(found) == bool(says)
    assert all(says in doubt.sentences[0] for doubt in found)
    assert [doubt.barred for doubt in found] == ([barred] if says else [])


def test_places_with_one_fault_share_a_sentence() -> None:
    (doubt,) = doubts([entry(basis="危险化学品安全管理条例第33、34条")], TODAY)
    assert len(doubt.sentences) == 1
    assert doubt.sentences[0].startswith("危险化学品安全管理条例第33条、危险化学品安全管理条例第34条：")


def test_the_day_decides() -> None:
    assert not list(doubts([entry(basis="危险化学品安全管理条例第33条")], date(2026, 4, 30)))
    assert list(doubts([entry(basis="危险化学品安全管理条例第33条")], date(2026, 5, 1)))


def test_a_repealed_basis_keeps_the_list_from_being_published(
    repealed: None, people: dict[str, User], publish: Publish
) -> None:
    draft = draft_from_rows(people["clerk"], [entry("YH-04", basis="烟花爆竹安全管理条例第17条")])
    with pytest.raises(Refusal, match="basis_does_not_hold"):
        publish(draft, timezone.localdate())


def test_but_not_when_the_item_is_out_of_use(repealed: None, people: dict[str, User], publish: Publish) -> None:
    rows = [entry(), entry("YH-04", basis="烟花爆竹安全管理条例第17条", enabled=False, disabled_because="依据已废止")]
    assert publish(draft_from_rows(people["clerk"], rows), timezone.localdate()).state == "published"


def test_a_law_repealed_after_publication_is_named_to_the_clerk(
    people: dict[str, User], publish: Publish, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    rows = [entry(), entry("YH-04", basis="烟花爆竹安全管理条例第17条")]
    published = publish(draft_from_rows(people["clerk"], rows), date(2026, 1, 1))
    assert not [todo for todo in todos(people["clerk"], TODAY) if "依据" in todo.title]
    request.getfixturevalue("repealed")
    (todo,) = [todo for todo in todos(people["clerk"], TODAY) if "依据" in todo.title]
    assert (todo.count, todo.url) == (1, "/catalog/doubts/")
    for address in (todo.url, f"/catalog/{published.pk}/", "/catalog/public/"):
        assert "自 2026-06-01 起废止" in client_of("clerk").get(address).content.decode(), address
    assert list(todos(people["chief"], TODAY)) == []


def test_without_a_list_in_force_the_clerk_is_told_that_nothing_can_be_planned(people: dict[str, User]) -> None:
    (todo,) = todos(people["clerk"], TODAY)
    assert (todo.state, todo.url) == ("blocked", "/catalog/start/")


def test_the_template_says_which_of_its_items_are_in_doubt(people: dict[str, User], client_of: ClientOf) -> None:
    draft = draft_from_template(people["clerk"])
    page = client_of("clerk").get("/catalog/doubts/").content.decode()
    assert "共 7 条" in page
    assert "第 1 版" in page and ItemList.objects.get() == draft
