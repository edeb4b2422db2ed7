"""From an empty office to a published list in the browser, by two people; what they type is never lost."""

from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.conftest import Publish, entry, values
from sunlot.office.accounts.models import User
from sunlot.office.catalog import drafting
from sunlot.office.catalog.models import Item, ItemList
from sunlot.office.catalog.queries import list_in_force, plannable

ClientOf = Callable[[str], Client]


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def item_form(item: Item, *points: str, **changes: str) -> dict[str, object]:
    """Return what the browser sends for an item."""
    plain = {"number": item.number, "name": item.name, "category": item.category, "method": item.method}
    plain |= {"item_class": item.item_class, "certainty": item.certainty, "basis": item.basis, "enabled": "on"}
    return {**plain, "version": str(item.version), "act": "save", "points": list(points)} | changes


def test_two_people_publish_the_template(client_of: ClientOf) -> None:
    clerk, chief = client_of("clerk"), client_of("chief")
    assert "从模板开始" in text(clerk.get("/catalog/start/"))
    page = clerk.post("/catalog/start/", {"from": "template"}, follow=True)
    assert "50 项，其中启用 47 项" in text(page)
    assert "有 7 项依据需要核对" in text(page)
    draft = ItemList.objects.get()
    asked = clerk.post(
        f"/catalog/{draft.pk}/publish/",
        {"version": draft.version, "effective_from": "2026-01-01", "reason": "首次公布"},
        follow=True,
    )
    assert "待审批" in text(asked)
    chief.post("/approvals/1/decide/", {"act": "grant"})
    draft.refresh_from_db()
    assert draft.state == "published"
    assert plannable(date(2026, 1, 1)).count() == 47
    assert not plannable(date(2026, 1, 1)).filter(number__startswith="ZY").exists()


def test_an_empty_office_is_offered_the_template(client_of: ClientOf) -> None:
    assert "从模板开始" in text(client_of("clerk").get("/catalog/"))
    assert "从模板开始" not in text(client_of("supervisor").get("/catalog/"))


def test_the_print_has_what_goes_on_file(published: ItemList, client_of: ClientOf) -> None:
    printed = text(client_of("supervisor").get(f"/catalog/{published.pk}/?as=print"))
    assert "安全生产法第35条" in printed and "有无警示标志" in printed


def test_rows_of_check_points_come_and_go_without_losing_what_was_typed(draft: ItemList, client_of: ClientOf) -> None:
    clerk, item = client_of("clerk"), draft.items.get(number="AQ-01")
    for act, expected in (
        ("more", ["甲", "乙", "丙", ""]),
        ("drop 1", ["甲", "丙"]),
        ("raise 2", ["甲", "丙", "乙"]),
        ("look", ["甲", "乙", "丙"]),
    ):
        page = clerk.post(
            f"/catalog/items/{item.pk}/edit/", item_form(item, "甲", "乙", "丙", name="没存的名称", act=act)
        )
        assert page.status_code == 200
        assert values(text(page), "points") == expected
        assert "没存的名称" in text(page)
        assert "没有保存" not in text(page)
    item.refresh_from_db()
    assert item.name == "安全警示标志设置"


def test_saving_keeps_the_points_in_order_and_drops_empty_rows(draft: ItemList, client_of: ClientOf) -> None:
    item = draft.items.get(number="AQ-01")
    client_of("clerk").post(f"/catalog/items/{item.pk}/edit/", item_form(item, "甲；乙", "", "丙"))
    assert [point.text for point in item.points.all()] == ["甲", "乙", "丙"]


def test_a_basis_that_cannot_be_read_is_named_at_once(draft: ItemList, client_of: ClientOf) -> None:
    clerk, item = client_of("clerk"), draft.items.get(number="AQ-01")
    page = clerk.post(f"/catalog/items/{item.pk}/edit/", item_form(item, basis="安全生产法第35条第"), follow=True)
    assert "看不懂依据" in text(page)


def test_the_article_stands_beside_its_citation(draft: ItemList, client_of: ClientOf) -> None:
    item = draft.items.get(number="AQ-01")
    assert "设置明显的安全警示标志" in text(client_of("supervisor").get(f"/catalog/items/{item.pk}/"))


def test_a_second_clerk_is_shown_what_the_first_changed(draft: ItemList, client_of: ClientOf) -> None:
    item = draft.items.get(number="AQ-01")
    sent = item_form(item, "有无警示标志", name="第二人的名称")
    client_of("clerk").post(f"/catalog/items/{item.pk}/edit/", item_form(item, "有无警示标志", name="第一人的名称"))
    page = client_of("clerk2").post(f"/catalog/items/{item.pk}/edit/", sent)
    assert page.status_code == 422
    assert "第一人的名称" in text(page) and "第二人的名称" in text(page)
    again = sent | {"version": values(text(page), "version")[0]}
    assert client_of("clerk2").post(f"/catalog/items/{item.pk}/edit/", again).status_code == 302
    item.refresh_from_db()
    assert item.name == "第二人的名称"


def test_what_is_wrong_is_said_by_field(draft: ItemList, client_of: ClientOf) -> None:
    item = draft.items.get(number="AQ-01")
    page = client_of("clerk").post(f"/catalog/items/{item.pk}/edit/", item_form(item, number="第一项"))
    assert page.status_code == 422
    assert "现为“第一项”" in text(page)
    page = client_of("clerk").post(f"/catalog/items/{item.pk}/edit/", item_form(item, enabled=""))
    assert "须写明停用原因" in text(page)


def test_ticked_items_are_disabled_with_a_reason(draft: ItemList, client_of: ClientOf) -> None:
    clerk, keys = client_of("clerk"), [str(key) for key in draft.items.values_list("pk", flat=True)]
    asked = clerk.post("/catalog/items/disable/", {"pk": keys})
    assert "停用原因" in text(asked)
    clerk.post("/catalog/items/disable/", {"pk": keys, "reason": "今年不实施"})
    assert set(draft.items.values_list("enabled", flat=True)) == {False}
    clerk.post("/catalog/items/enable/", {"pk": keys})
    assert draft.items.filter(enabled=True, disabled_because="").count() == 3


def test_a_draft_is_given_up_and_leaves_no_row(draft: ItemList, client_of: ClientOf) -> None:
    client_of("clerk").post(f"/catalog/{draft.pk}/discard/")
    assert not ItemList.objects.exists() and not Item.objects.exists()


@pytest.mark.parametrize("address", ["", "doubts/", "idle/", "{list}/"])
def test_a_list_takes_as_many_queries_for_many_rows_as_for_few(
    address: str, draft: ItemList, publish: Publish, people: dict[str, User], client_of: ClientOf
) -> None:
    """A basis that cannot be read makes every item one in doubt, and a list of long ago every item an idle one."""
    rows = [entry(f"AQ-{n:03}", basis="某局的文件第1条") for n in range(2)]
    draft = drafting.replace_items(people["clerk"], draft.pk, draft.version, rows)
    first = publish(draft, date(2015, 1, 1))
    reader = client_of("supervisor")
    few = _queries(reader, address.format(list=first.pk))
    second = drafting.draft_from(people["clerk"], first)
    rows += [entry(f"BQ-{n:03}", basis="某局的文件第1条") for n in range(40)]
    drafting.replace_items(people["clerk"], second.pk, second.version, rows)
    second = publish(second, timezone.localdate())
    assert list_in_force(timezone.localdate()) == second
    assert _queries(reader, address.format(list=second.pk)) == few


def _queries(client: Client, address: str) -> int:
    client.get(f"/catalog/{address}")  # the session is renewed once
    with CaptureQueriesContext(connection) as seen:
        assert client.get(f"/catalog/{address}?{urlencode({'q': ''})}").status_code == 200
    return len(seen)
