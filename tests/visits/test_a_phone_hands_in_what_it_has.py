"""The sync of docs/sync.md: once each, what is wrong named without harm to the rest, nobody else's visit, photos in pieces."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lottery.conftest import Clock, Story
from sunlot.office.lottery import rounds
from sunlot.office.visits.models import Change, Photo, Visit
from sunlot.office.visits.photos import path_of
from sunlot.office.visits.states import State
from sunlot.office.visits.sync import digest_of
from visits.conftest import JPEG, Phone, fill, officers, record_text, signature, visits_of

Phones = Callable[[str], Phone]


@pytest.fixture
def at_work(ready: Callable[..., Visit], phone_of: Phones) -> tuple[Visit, Phone]:
    visit = ready()
    return visit, phone_of(officers(visit)[0])


def test_today_holds_all_that_a_phone_needs_offline(at_work: tuple[Visit, Phone]) -> None:
    visit, phone = at_work
    today = phone.today()
    (own,) = (one for one in today["visits"] if one["uid"] == visit.uid)
    assert [item["number"] for item in own["items"]] == ["AQ-01", "AQ-02"]
    assert [point["text"] for point in own["items"][0]["points"]] == ["有无警示标志", "标志是否完好"]
    assert own["frame"]["firm"]["name"] == visit.firm_name
    assert {one["inspector"] for one in own["frame"]["team"]} >= set(officers(visit))
    assert all(one["certificate"].startswith("SD") for one in own["frame"]["team"])
    assert today["labels"]["outcomes"]["no_problem"] == "未发现问题"
    assert today["least_officers"] == 2 and len(today["pledge"]) >= 5


def test_sent_twice_is_once(at_work: tuple[Visit, Phone]) -> None:
    visit, phone = at_work
    change = phone.enter("place", "一车间")
    assert phone.send(visit.uid)["accepted"] == [change["id"]]
    assert phone.send(visit.uid)["known"] == [change["id"]]
    assert Change.objects.count() == 1
    own = next(one for one in phone.today()["visits"] if one["uid"] == visit.uid)
    assert (own["state"], own["digest"]) == (State.UNDERWAY, digest_of([change["id"]]))


def test_an_id_used_again_for_something_else_is_refused(at_work: tuple[Visit, Phone]) -> None:
    visit, phone = at_work
    change = phone.enter("place", "一车间")
    phone.send(visit.uid)
    answer = phone.send(visit.uid, [change | {"value": "二车间"}])
    assert answer["refused"][0]["kind"] == "id_reused"
    assert Change.objects.get().value == '"一车间"'


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("answers/ZY-01/1", "pass", "not_on_the_checklist"),
        ("answers/AQ-01/9", "pass", "not_on_the_checklist"),
        ("answers/AQ-01/1", "好", "value_wrong"),
        ("checkin/R999", {"pledge": True}, "not_yours"),
        ("times/left", "今天下午", "value_wrong"),
        ("outcome", "正常", "value_wrong"),
        ("photos/" + "a" * 64, {"size": 3}, "value_wrong"),
        ("methods", "onsite", "value_wrong"),
        ("summary", 1.5, "value_wrong"),
        ("firm/bank", "123", "no_such_field"),
        ("place", "x" * 5000, "value_wrong"),
    ],
)
def test_what_is_wrong_is_named_and_harms_nothing_else(
    at_work: tuple[Visit, Phone], name: str, value: Any, kind: str
) -> None:
    visit, phone = at_work
    wrong, right = phone.enter(name, value), phone.enter("handling", "口头提醒")
    answer = phone.send(visit.uid)
    assert [(one["id"], one["kind"]) for one in answer["refused"]] == [(wrong["id"], kind)]
    assert answer["accepted"] == [right["id"]]


@pytest.mark.parametrize(
    "spoil", [{"counter": 0}, {"counter": 2**53}, {"over": "x"}, {"device": "a"}, {"at": 5}, {"more": 1}]
)
def test_a_malformed_change_is_refused(at_work: tuple[Visit, Phone], spoil: dict[str, Any]) -> None:
    visit, phone = at_work
    change = phone.enter("place", "一车间") | spoil
    assert phone.send(visit.uid, [change])["refused"][0]["kind"] == "change_malformed"


def test_nobody_elses_visit_is_reachable(at_work: tuple[Visit, Phone], phone_of: Phones) -> None:
    visit, _ = at_work
    stranger = next(f"R{n:03d}" for n in range(8) if f"R{n:03d}" not in officers(visit))
    other = phone_of(stranger)
    other.enter("place", "一车间")
    assert other.send(visit.uid)["kind"] == "no_such_visit"
    assert other.client.get(f"/visits/api/{visit.uid}/changes/").status_code == 404
    assert other.client.get(f"/visits/{visit.pk}/").status_code == 404
    assert visit.uid not in {one["uid"] for one in other.today()["visits"]}


def test_the_stamp_bounds_the_time_from_below(at_work: tuple[Visit, Phone], clock: Clock) -> None:
    visit, phone = at_work
    stamp = phone.today()["stamp"]
    clock.at = "2023-09-27T01:00:00Z"
    change = phone.enter("place", "一车间", at="2031-01-01T00:00:00Z") | {"stamp": stamp}
    forged = phone.enter("handling", "无") | {"stamp": "2023-09-26T00:00:00Z:forged"}
    assert not phone.send(visit.uid, [change, forged])["refused"]
    row = Change.objects.get(pk=change["id"])
    assert (row.stamp, row.received_at) == ("2023-09-20T04:00:00Z", "2023-09-27T01:00:00Z")
    assert Change.objects.get(pk=forged["id"]).stamp == ""


def test_a_photo_comes_in_pieces_and_goes_on_where_it_stopped(at_work: tuple[Visit, Phone]) -> None:
    visit, phone = at_work
    digest = sha256(JPEG).hexdigest()
    url = f"/visits/api/{visit.uid}/photos/{digest}/"

    def piece(start: int, end: int) -> dict[str, Any]:
        query = f"?offset={start}&size={len(JPEG)}"
        return dict(phone.client.post(url + query, JPEG[start:end], content_type="application/octet-stream").json())

    assert piece(0, 1000) == {"have": 1000, "done": False}
    assert piece(0, 1000) == {"have": 1000, "done": False}
    assert piece(2000, 3000) == {"have": 1000, "done": False}
    assert phone.client.get(url).json() == {"have": 1000, "done": False}
    assert piece(1000, len(JPEG)) == {"have": len(JPEG), "done": True}
    assert path_of(digest).read_bytes() == JPEG
    assert piece(0, 1000)["done"] and Photo.objects.count() == 1


def test_a_photo_that_is_not_what_was_taken_begins_anew(at_work: tuple[Visit, Phone]) -> None:
    visit, phone = at_work
    digest = sha256(JPEG).hexdigest()
    url = f"/visits/api/{visit.uid}/photos/{digest}/?offset=0&size={len(JPEG)}"
    wrong = phone.client.post(url, JPEG[:-1] + b"x", content_type="application/octet-stream")
    assert (wrong.status_code, wrong.json()["kind"]) == (409, "photo_differs")
    assert phone.upload(visit.uid, JPEG)["done"]


def test_a_server_that_lost_a_photo_says_so(at_work: tuple[Visit, Phone]) -> None:
    visit, phone = at_work
    phone.upload(visit.uid, JPEG)
    digest = sha256(JPEG).hexdigest()
    path_of(digest).unlink()
    assert phone.client.get(f"/visits/api/{visit.uid}/photos/{digest}/").json() == {"have": 0, "done": False}
    assert phone.upload(visit.uid, JPEG)["done"]


def test_only_pictures_are_taken(at_work: tuple[Visit, Phone]) -> None:
    visit, phone = at_work
    assert phone.upload(visit.uid, b"<script>alert(1)</script>")["kind"] == "not_a_photo"


def test_today_takes_a_fixed_number_of_queries(ready: Callable[..., Visit], phone_of: Phones) -> None:
    from django.db import connection

    visit = ready()
    phone = phone_of(officers(visit)[0])
    phone.today()
    with CaptureQueriesContext(
        connection,
    ) as one:
        phone.today()
    mine = Visit.objects.exclude(pk=visit.pk).filter(team__inspector=phone.person)
    Visit.objects.exclude(pk=visit.pk).update(state=State.NOTIFIED)
    for other in Visit.objects.exclude(pk=visit.pk):
        if other not in mine:
            other.team.create(inspector_id=phone.person, name="检查员", certificate="SD")
    with CaptureQueriesContext(connection) as many:
        visits = phone.today()["visits"]
    assert len(visits) == Visit.objects.count() > 2
    assert len(many) <= len(one)


def test_of_an_unannounced_round_nothing_is_seen_before_its_hour(
    drawn: Callable[..., Story], phone_of: Phones, clock: Clock, client_of: Callable[[str], Client]
) -> None:
    from datetime import UTC, datetime

    from sunlot.office.approvals import services as approvals
    from sunlot.office.journal.models import Event
    from sunlot.office.visits.approval_kinds import ask_for_draw

    story = drawn(secret=True)
    approval = ask_for_draw(story.people["clerk"], story.name, "暗查")
    approvals.grant(story.people["chief"], approval.pk)
    visit = visits_of(story)[0]
    assert visit.state == State.SECRET
    phone = phone_of(officers(visit)[0])
    assert phone.today()["visits"] == []
    assert phone.client.get(f"/visits/{visit.pk}/").status_code == 404
    office = client_of("chief")
    assert visit.firm_name not in office.get("/visits/").content.decode()
    assert office.get(f"/visits/{visit.pk}/").status_code == 404
    assert visit.firm_name not in office.get(f"/approvals/{approval.pk}/").content.decode()
    rounds.set_hour(story.people["clerk"], story.row.pk, datetime(2023, 9, 20, 1, tzinfo=UTC))
    clock.at = "2023-09-20T01:30:00Z"
    assert visit.uid in {one["uid"] for one in phone.today()["visits"]}
    assert Event.objects.filter(act="visit.viewed").exists()


def test_a_visit_is_released_two_weeks_after_its_end_and_only_to_who_asks(
    ready: Callable[..., Visit], phone_of: Callable[[str], Phone], clock: Clock
) -> None:
    visit = ready()
    phones = [phone_of(person) for person in officers(visit)]
    first = phones[0]

    def released() -> list[dict[str, Any]]:
        return list(first.client.get(f"/visits/api/today/?held={visit.uid},x").json()["released"])

    fill(phones, visit)
    assert released() == []
    for phone in phones:
        phone.send(visit.uid)
    first.upload(visit.uid, JPEG)
    text = record_text(first, visit, [change for phone in phones for change in phone.log])
    team = [signature("officer", phone.person) for phone in phones]
    body = {"record": text, "signatures": [*team, signature("firm", name="王某", capacity="site")], "refusal": None}
    assert first.post(visit.uid, "record", body).json()["state"] == "done"
    assert first.today()["visits"][-1]["finished_at"] == clock.at and released() == []
    clock.at = "2023-10-05T04:00:00Z"
    (told,) = released()
    assert told["record"]["signatures"] == 3 and told["changes"] == sum(len(phone.log) for phone in phones)
    assert first.today()["released"] == []
