"""No service changes an edition that is published or replaced, and its digest goes on being that of its text."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone

from catalog.conftest import Publish, entry
from sunlot.office.accounts.models import User
from sunlot.office.catalog import drafting
from sunlot.office.catalog.models import Item, ItemList
from sunlot.office.catalog.published import canonical_text, digest_of
from sunlot.office.catalog.publishing import ask_publication
from sunlot.refusal import Refusal

Deed = Callable[[User, ItemList, Item], object]
DEEDS: dict[str, Deed] = {
    "add": lambda user, kept, item: drafting.add_item(user, kept.pk, entry("AQ-99")),
    "change": lambda user, kept, item: drafting.change_item(user, item.pk, item.version, entry("AQ-01", name="改")),
    "remove": lambda user, kept, item: drafting.remove_items(user, [item.pk]),
    "enable": lambda user, kept, item: drafting.switch_items(user, [item.pk], False, "不再实施"),
    "fill": lambda user, kept, item: drafting.replace_items(user, kept.pk, kept.version, [entry()]),
    "head": lambda user, kept, item: drafting.change_head(user, kept.pk, kept.version, "改名", "", ""),
    "discard": lambda user, kept, item: drafting.discard(user, kept.pk),
    "ask": lambda user, kept, item: ask_publication(user, kept.pk, kept.version, date(2099, 1, 1), "再公布一次"),
}


@pytest.mark.parametrize("what", DEEDS)
def test_every_deed_refuses(what: str, published: ItemList, people: dict[str, User]) -> None:
    before, item = canonical_text(published), published.items.order_by("position")[0]
    with pytest.raises(Refusal, match="published_never_changes"):
        DEEDS[what](people["clerk"], published, item)
    published.refresh_from_db()
    assert canonical_text(published) == before


def test_a_replaced_edition_keeps_its_text(published: ItemList, people: dict[str, User], publish: Publish) -> None:
    before = canonical_text(published)
    second = drafting.draft_from(people["clerk"], published)
    drafting.replace_items(people["clerk"], second.pk, second.version, [entry("XX-01")])
    publish(second, timezone.localdate())
    published.refresh_from_db()
    assert published.state == "replaced"
    assert canonical_text(published) == before
    assert digest_of(published) == published.digest


def test_a_new_edition_starts_as_a_copy(published: ItemList, people: dict[str, User]) -> None:
    second = drafting.draft_from(people["clerk"], published)
    assert [(item.number, item.enabled) for item in second.items.order_by("position")] == [
        ("AQ-01", True),
        ("AQ-02", True),
        ("ZY-01", False),
    ]
    assert [point.text for item in second.items.all() for point in item.points.all()] == ["有无警示标志"] * 3


def test_there_is_one_draft_at_a_time(published: ItemList, people: dict[str, User]) -> None:
    drafting.draft_from(people["clerk"], published)
    with pytest.raises(Refusal, match="draft_exists"):
        drafting.draft_from_template(people["clerk2"])
