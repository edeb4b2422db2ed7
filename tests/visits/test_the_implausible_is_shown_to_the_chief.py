"""Times and places that cannot well be true are shown to the chief, who has them explained; they hold nothing up and nothing of them is published."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt
from random import Random

import pytest
from django.test import Client

from lottery.conftest import Clock, code
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.catalog.models import ItemList
from sunlot.office.journal.audit import audit
from sunlot.office.journal.models import Event
from sunlot.office.visits.approval_kinds import arrange_and_ask
from sunlot.office.visits.doubts import explain, open_doubts
from sunlot.office.visits.models import Doubt, Visit
from sunlot.office.visits.plausible import metres, too_fast
from sunlot.office.visits.states import State
from sunlot.office.visits.steps import notify
from sunlot.refusal import Refusal
from visits.conftest import JPEG, Phone, fill, officers, record_text, signature
from visits.test_a_visit_for_a_reason_needs_approval_and_room_under_the_cap import WANTED

Phones = Callable[[str], Phone]
HERE, NEARBY, FAR = (36_000_000, 117_000_000), (36_001_000, 117_001_000), (36_300_000, 117_300_000)


def held(
    visit: Visit, phone_of: Phones, arrived: str, left: str, places: list[tuple[int, int] | None] | None = None
) -> Visit:
    """Carry a visit to its end, with these times and places of its officers."""
    day = "2025-09-20" if visit.window_from.year == 2025 else "2023-09-20"
    phones = [phone_of(person) for person in officers(visit)]
    fill(phones, visit)
    phones[0].enter("times/arrived", f"{day}T{arrived}:00Z")
    phones[0].enter("times/left", f"{day}T{left}:00Z")
    for phone, place in zip(phones, places or [], strict=False):
        if place:
            value = {"pledge": True, "place": {"lat": place[0], "lon": place[1], "acc": 10}}
            phone.enter(f"checkin/{phone.person}", value)
    for phone in phones:
        phone.send(visit.uid)
    phones[0].upload(visit.uid, JPEG)
    text = record_text(phones[0], visit, [change for phone in phones for change in phone.log])
    team = [signature("officer", phone.person) for phone in phones]
    firm = signature("firm", name="王某", capacity="site")
    phones[0].post(visit.uid, "record", {"record": text, "signatures": [*team, firm], "refusal": None})
    visit.refresh_from_db()
    assert visit.state == State.DONE
    return visit


@pytest.fixture
def pair(county: dict[str, User], item_list: ItemList, clock: Clock) -> tuple[Visit, Visit]:
    """Two notified visits of the same two officers."""
    clock.at = "2025-09-20T04:00:00Z"
    dates = {"window_from": date(2025, 9, 18), "window_to": date(2025, 10, 31)}
    made = [arrange_and_ask(county["clerk"], replace(WANTED, firm=code(n), **dates)) for n in (1, 2)]
    for visit in made:
        approvals.grant(county["chief"], Approval.objects.get(obj=visit.obj).pk)
    notify(county["clerk"], [visit.pk for visit in made], "电话通知办公室")
    return Visit.objects.get(pk=made[0].pk), Visit.objects.get(pk=made[1].pk)


def kinds(visit: Visit) -> list[str]:
    return sorted(visit.doubts.values_list("kind", flat=True))


def test_a_sound_visit_raises_no_doubt(ready: Callable[..., Visit], phone_of: Phones) -> None:
    assert kinds(held(ready(), phone_of, "01:00", "02:00", [HERE, NEARBY])) == []


def test_one_that_is_too_short_does_and_ends_all_the_same(ready: Callable[..., Visit], phone_of: Phones) -> None:
    visit = held(ready(), phone_of, "01:00", "01:05")
    assert kinds(visit) == ["short"] and "5 分钟" in visit.doubts.get().text


def test_officers_far_from_each_other_do(ready: Callable[..., Visit], phone_of: Phones) -> None:
    assert kinds(held(ready(), phone_of, "01:00", "02:00", [HERE, FAR])) == ["apart"]


def test_two_visits_at_once_do(pair: tuple[Visit, Visit], phone_of: Phones) -> None:
    held(pair[0], phone_of, "01:00", "02:00")
    later = held(pair[1], phone_of, "01:30", "02:30")
    assert "overlap" in kinds(later) and str(pair[0]) in later.doubts.filter(kind="overlap")[0].text


def test_a_way_that_nobody_drives_does_whichever_ended_first(pair: tuple[Visit, Visit], phone_of: Phones) -> None:
    held(pair[1], phone_of, "02:10", "03:00", [FAR, FAR])
    assert kinds(held(pair[0], phone_of, "01:00", "02:00", [HERE, HERE])) == ["speed", "speed"]


def test_the_same_way_in_an_hour_does_not(pair: tuple[Visit, Visit], phone_of: Phones) -> None:
    held(pair[0], phone_of, "01:00", "01:30", [HERE, HERE])
    assert kinds(held(pair[1], phone_of, "02:30", "03:00", [FAR, FAR])) == []


def test_the_chief_has_it_explained_and_nothing_of_it_is_public(
    ready: Callable[..., Visit], phone_of: Phones, client_of: Callable[[str], Client], people: dict[str, User]
) -> None:
    visit = held(ready(), phone_of, "01:00", "01:05", [HERE, FAR])
    chief, clerk = client_of("chief"), client_of("clerk")
    assert "检查的时间、位置有疑点" in chief.get("/").content.decode()
    assert clerk.get("/visits/doubts/").status_code == 403
    assert "相距约" not in clerk.get(f"/visits/{visit.pk}/").content.decode()
    assert "相距约" in chief.get("/visits/doubts/").content.decode()
    for row in visit.doubts.all():
        assert chief.post(f"/visits/doubts/{row.pk}/", {"explanation": ""}).status_code == 422
        assert chief.post(f"/visits/doubts/{row.pk}/", {"explanation": "手机定位漂移，已核实"}).status_code == 302
    assert not open_doubts().exists()
    assert "检查的时间、位置有疑点" not in chief.get("/").content.decode()
    for event in Event.objects.filter(act__startswith="visit.doubt"):
        assert "相距" not in event.leaf and "漂移" not in event.leaf
    assert "36300000" not in "".join(Event.objects.values_list("leaf", flat=True))
    assert audit().findings == []


def test_nobody_explains_his_own(ready: Callable[..., Visit], phone_of: Phones) -> None:
    visit = held(ready(), phone_of, "01:00", "01:05")
    with pytest.raises(Refusal) as refusal:
        explain(phone_of(officers(visit)[0]).user, Doubt.objects.get().pk, "没问题")
    assert refusal.value.kind == "own_visit"


def test_the_list_takes_a_fixed_number_of_queries(
    ready: Callable[..., Visit], phone_of: Phones, client_of: Callable[[str], Client]
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    visit, chief = held(ready(), phone_of, "01:00", "01:05"), client_of("chief")
    chief.get("/visits/doubts/")
    with CaptureQueriesContext(connection) as few:
        chief.get("/visits/doubts/")
    found_at = visit.finished_at
    assert found_at
    Doubt.objects.bulk_create(
        Doubt(visit=visit, kind="short", text=f"{n}", found_at=found_at + timedelta(seconds=n)) for n in range(30)
    )
    with CaptureQueriesContext(connection) as many:
        chief.get("/visits/doubts/")
    assert len(many) == len(few)


def test_distance_without_a_float_is_true_to_one_in_a_hundred() -> None:
    dice = Random(7)
    for _ in range(500):
        lat, lon = dice.randrange(18_000_000, 54_000_000), dice.randrange(73_000_000, 135_000_000)
        other = lat + dice.randrange(-500_000, 500_000), lon + dice.randrange(-500_000, 500_000)
        assert abs(metres((lat, lon), other) - haversine((lat, lon), other)) <= haversine((lat, lon), other) / 100 + 3


def haversine(one: tuple[int, int], other: tuple[int, int]) -> float:
    lat, lon, lat2, lon2 = (radians(part / 1e6) for part in (*one, *other))
    half = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * sin((lon2 - lon) / 2) ** 2
    return 2 * 6_371_000 * asin(sqrt(half))


def test_the_speed_is_compared_without_a_remainder() -> None:
    assert not too_fast(100_000, 3600, 100) and too_fast(100_001, 3600, 100) and too_fast(1, 0, 100)
