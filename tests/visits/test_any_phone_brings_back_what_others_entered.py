"""After a restore from a backup any phone of the team brings back what it holds of others: as theirs by the office's receipt, never in their name without."""

from collections.abc import Callable
from typing import Any

import pytest

from lottery.conftest import Clock
from sunlot.office.journal.audit import audit
from sunlot.office.journal.models import Event
from sunlot.office.visits.entering import enter
from sunlot.office.visits.models import Change, Visit
from visits.conftest import Phone, officers

Phones = Callable[[str], Phone]


@pytest.fixture
def held(
    ready: Callable[..., Visit], phone_of: Phones, clock: Clock
) -> tuple[Visit, Phone, Phone, list[dict[str, Any]]]:
    """A visit, a phone, the colleague who works on the office's page, and what the phone has synced down of him before all was lost."""
    visit = ready()
    phone, other = (phone_of(person) for person in officers(visit))
    enter(other.user, visit.uid, {f"checkin/{other.person}": {"pledge": True}, "place": "二车间"}, {})
    clock.at = "2023-09-20T05:00:00Z"
    return visit, phone, other, lost(phone, visit)


def lost(phone: Phone, visit: Visit) -> list[dict[str, Any]]:
    """Return what a phone holds, as it offers it, of an office that has lost everything."""
    there = phone.client.get(f"/visits/api/{visit.uid}/changes/").json()["changes"]
    Change.objects.all().delete()
    return [{key: value for key, value in one.items() if key != "author"} for one in there]


def test_it_comes_back_as_it_was_and_once(held: tuple[Visit, Phone, Phone, list[dict[str, Any]]]) -> None:
    visit, phone, other, log = held
    assert sorted(phone.send(visit.uid, log)["accepted"]) == sorted(one["id"] for one in log)
    assert phone.send(visit.uid, log)["accepted"] == [] and Change.objects.count() == 2
    assert {row.author for row in Change.objects.all()} == {other.user}
    assert {row.received_at for row in Change.objects.all()} == {"2023-09-20T04:00:00Z"}
    event = Event.objects.filter(act="visit.changes-returned").get()
    assert f'"by":"{phone.user.actor}"' in event.leaf and audit().findings == []


def test_nobody_checks_in_for_another(held: tuple[Visit, Phone, Phone, list[dict[str, Any]]]) -> None:
    visit, phone, other, log = held
    one = next(change for change in log if change["field"].startswith("checkin/"))
    bare = {key: value for key, value in one.items() if key != "receipt"}
    somebody = one["receipt"].replace(other.user.actor, phone.user.actor)
    later = one["receipt"].replace("T04:", "T03:")
    forged = [bare, one | {"receipt": ""}, one | {"receipt": somebody}, one | {"receipt": later}, one | {"counter": 9}]
    forged += [one | {"id": phone.enter("place", "x")["id"]}, one | {"stamp": "2023-09-20T03:00:00Z"}]
    for change in forged:
        assert [told["kind"] for told in phone.send(visit.uid, [change])["refused"]] == ["not_yours"]
    assert not Change.objects.exists()


def test_what_has_no_receipt_is_the_word_of_who_brings_it(
    held: tuple[Visit, Phone, Phone, list[dict[str, Any]]],
) -> None:
    visit, phone, _other, log = held
    place = next(change for change in log if change["field"] == "place")
    phone.send(visit.uid, [{key: value for key, value in place.items() if key != "receipt"}])
    assert Change.objects.get().author == phone.user


def test_a_page_after_the_restore_does_not_pass_for_the_page_before(
    held: tuple[Visit, Phone, Phone, list[dict[str, Any]]],
) -> None:
    visit, phone, other, log = held
    enter(other.user, visit.uid, {"place": "三车间"}, {})
    phone.send(visit.uid, log)
    assert len(set(Change.objects.filter(field="place").values_list("device", flat=True))) == 2
