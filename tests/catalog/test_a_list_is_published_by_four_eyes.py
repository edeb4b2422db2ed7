"""Publishing: one asks, another grants; both see the same list; it takes effect on its day and ends the one before."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from catalog.conftest import LAST_YEAR, Publish, entry
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.kinds import KINDS
from sunlot.office.catalog.drafting import add_item, change_item, draft_from, draft_from_rows, remove_items
from sunlot.office.catalog.entries import of_item
from sunlot.office.catalog.models import CheckPoint, ItemList
from sunlot.office.catalog.publishing import ask_publication
from sunlot.office.journal.audit import audit
from sunlot.office.journal.models import Event
from sunlot.refusal import Refusal


def test_who_asks_cannot_publish(draft: ItemList, people: dict[str, User]) -> None:
    approval = ask_publication(people["chief"], draft.pk, draft.version, LAST_YEAR, "首次公布")
    with pytest.raises(Refusal, match="own_request"):
        approvals.grant(people["chief"], approval.pk)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_clerk_does_not_grant(draft: ItemList, people: dict[str, User]) -> None:
    approval = ask_publication(people["clerk"], draft.pk, draft.version, LAST_YEAR, "首次公布")
    with pytest.raises(Refusal, match="not_an_approver"):
        approvals.grant(people["clerk2"], approval.pk)


def test_a_second_person_publishes_and_the_event_carries_the_digest(published: ItemList) -> None:
    assert (published.state, published.effective_from) == ("published", LAST_YEAR)
    event = Event.objects.get(act="catalog.published")
    assert published.digest in event.leaf


def test_a_draft_that_waits_cannot_be_changed_until_the_request_is_withdrawn(
    draft: ItemList, people: dict[str, User]
) -> None:
    approval = ask_publication(people["clerk"], draft.pk, draft.version, LAST_YEAR, "首次公布")
    with pytest.raises(Refusal, match="waits_for_approval"):
        add_item(people["clerk2"], draft.pk, entry("AQ-09"))
    approvals.withdraw(people["clerk"], approval.pk)
    assert add_item(people["clerk2"], draft.pk, entry("AQ-09")).number == "AQ-09"


def test_what_was_changed_behind_the_request_is_not_published(draft: ItemList, people: dict[str, User]) -> None:
    approval = ask_publication(people["clerk"], draft.pk, draft.version, LAST_YEAR, "首次公布")
    CheckPoint.objects.filter(item__item_list=draft, item__number="AQ-01").update(text="另一要点")
    with pytest.raises(Refusal, match="draft_changed"):
        approvals.grant(people["chief"], approval.pk)


def test_the_next_edition_ends_the_one_before_on_the_eve(
    published: ItemList, people: dict[str, User], publish: Publish
) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    second = publish(draft_from(people["clerk"], published), tomorrow)
    published.refresh_from_db()
    assert (published.state, published.effective_until) == ("replaced", tomorrow - timedelta(days=1))
    assert (second.edition, second.effective_until) == (2, None)


def test_a_new_edition_cannot_take_effect_before_today(
    published: ItemList, people: dict[str, User], publish: Publish
) -> None:
    second = draft_from(people["clerk"], published)
    with pytest.raises(Refusal, match="effective_too_early"):
        publish(second, timezone.localdate() - timedelta(days=1))


def test_a_request_that_lay_until_after_its_day_is_not_granted(
    published: ItemList, people: dict[str, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    second, today = draft_from(people["clerk"], published), timezone.localdate()
    approval = ask_publication(people["clerk"], second.pk, second.version, today, "更新")
    monkeypatch.setattr("sunlot.office.catalog.publishing.timezone.localdate", lambda: today + timedelta(days=1))
    with pytest.raises(Refusal, match="effective_too_early"):
        approvals.grant(people["chief"], approval.pk)


def test_nor_before_an_edition_that_waits_for_its_day(
    published: ItemList, people: dict[str, User], publish: Publish
) -> None:
    second = publish(draft_from(people["clerk"], published), date(2099, 1, 1))
    with pytest.raises(Refusal, match="effective_too_early"):
        publish(draft_from(people["clerk"], second), date(2099, 1, 1))


def test_an_empty_list_is_not_published(people: dict[str, User], publish: Publish) -> None:
    with pytest.raises(Refusal, match="list_empty"):
        publish(draft_from_rows(people["clerk"], []), LAST_YEAR)


def test_the_approver_sees_every_change(published: ItemList, people: dict[str, User]) -> None:
    second = draft_from(people["clerk"], published)
    first, other = second.items.order_by("position")[:2]
    change_item(people["clerk"], first.pk, first.version, entry("AQ-01", basis="安全生产法第36条"))
    remove_items(people["clerk"], [other.pk])
    add_item(people["clerk"], second.pk, entry("AQ-03", basis="某规定第3条"))
    second.refresh_from_db()
    day = timezone.localdate()
    approval = ask_publication(people["clerk"], second.pk, second.version, day, "更新")
    told = KINDS[approval.kind].changes({"list": second.pk})
    assert ("AQ-01 安全警示标志设置：抽查依据", "安全生产法第35条", "安全生产法第36条") in told
    assert ("AQ-02 安全警示标志设置", "删去", "") in told
    assert any(
        line[0] == "AQ-03 安全警示标志设置" and line[2].startswith("新增；事项编号：AQ-03；抽查事项：安全警示标志设置")
        for line in told
    )
    assert [line for line in told if line[0] == "依据待核对：AQ-03"]


def test_the_audit_replays_every_row(published: ItemList, people: dict[str, User]) -> None:
    second = draft_from(people["clerk"], published)
    item = second.items.first()
    assert item is not None
    change_item(people["clerk"], item.pk, item.version, entry("AQ-07", points=("一", "二", "三")))
    assert [point.text for point in item.points.all()] == ["一", "二", "三"]
    assert of_item(item).points == ("一", "二", "三")
    assert audit().findings == []
