"""A visit starts at 未检查 and ends signed, refused or failed; never as normal without evidence, and never by one officer alone."""

from collections.abc import Callable
from datetime import date
from hashlib import sha256

import pytest
from django.test import Client

from lottery.conftest import Story
from sunlot.office.journal.audit import audit
from sunlot.office.journal.models import Event
from sunlot.office.roster.models import VisitEntry
from sunlot.office.visits.models import Record, Visit
from sunlot.office.visits.queries import last_visits
from sunlot.office.visits.states import State
from visits.conftest import JPEG, Phone, fill, officers, record_text, signature

Phones = Callable[[str], Phone]


def state_of(visit: Visit) -> str:
    return Visit.objects.get(pk=visit.pk).state


def two_phones(visit: Visit, phone_of: Phones) -> list[Phone]:
    return [phone_of(person) for person in officers(visit)]


def sent(phones: list[Phone], visit: Visit) -> str:
    """Send what was entered and return the record over all of it."""
    for phone in phones:
        answer = phone.send(visit.uid)
        assert not answer["refused"], answer
    return record_text(phones[0], visit, [change for phone in phones for change in phone.log])


def signed_by_all(phones: list[Phone]) -> list[dict[str, str]]:
    return [
        *(signature("officer", phone.person) for phone in phones),
        signature("firm", name="王某", capacity="site"),
    ]


def test_signed_by_officers_and_firm_it_is_done_and_in_the_ledger(
    ready: Callable[..., Visit], phone_of: Phones
) -> None:
    visit = ready()
    phones = two_phones(visit, phone_of)
    fill(phones, visit)
    text = sent(phones, visit)
    assert state_of(visit) == State.UNDERWAY
    assert phones[0].upload(visit.uid, JPEG)["done"]
    answer = phones[0].post(visit.uid, "record", {"record": text, "signatures": signed_by_all(phones), "refusal": None})
    assert answer.status_code == 200, answer.content.decode()
    assert answer.json() == {"edition": 1, "sha256": sha256(text.encode()).hexdigest(), "state": "done", "waiting": []}
    entry = VisitEntry.objects.get(firm_id=visit.firm_id)
    assert (entry.draw, entry.kind, entry.date.isoformat()) == (visit.draw, "random", "2023-09-20")
    assert audit().findings == []


def test_without_the_photo_it_waits(ready: Callable[..., Visit], phone_of: Phones) -> None:
    visit = ready()
    phones = two_phones(visit, phone_of)
    fill(phones, visit)
    text = sent(phones, visit)
    body = {"record": text, "signatures": signed_by_all(phones), "refusal": None}
    answer = phones[0].post(visit.uid, "record", body).json()
    assert answer["state"] == State.SIGNING and "照片" in answer["waiting"][0]
    assert not VisitEntry.objects.exists()
    phones[0].upload(visit.uid, JPEG)
    assert state_of(visit) == State.DONE
    again = phones[0].post(visit.uid, "record", body).json()
    assert again["state"] == State.DONE and VisitEntry.objects.count() == 1


def test_one_officer_alone_cannot_close_it(ready: Callable[..., Visit], phone_of: Phones) -> None:
    visit = ready()
    phones = two_phones(visit, phone_of)[:1]
    fill(phones, visit)
    text = sent(phones, visit)
    answer = phones[0].post(visit.uid, "record", {"record": text, "signatures": signed_by_all(phones), "refusal": None})
    assert answer.status_code == 409
    assert "签到 1 名，须有 2 名" in answer.json()["sentence"]
    assert not Record.objects.exists()


def test_nobody_checks_in_for_another(ready: Callable[..., Visit], phone_of: Phones) -> None:
    visit = ready()
    phones = two_phones(visit, phone_of)
    phones[0].enter(f"checkin/{phones[1].person}", {"pledge": True})
    assert [one["kind"] for one in phones[0].send(visit.uid)["refused"]] == ["not_yours"]


def test_a_problem_is_never_normal(ready: Callable[..., Visit], phone_of: Phones) -> None:
    visit = ready()
    phones = two_phones(visit, phone_of)
    fill(phones, visit)
    phones[0].enter("answers/AQ-01/1", "fail")
    text = sent(phones, visit)
    answer = phones[0].post(visit.uid, "record", {"record": text, "signatures": [], "refusal": None})
    assert answer.status_code == 409
    assert "不能是“未发现问题”" in answer.json()["sentence"]


def test_a_refused_signature_needs_a_reason_and_is_reported_up(
    ready: Callable[..., Visit], phone_of: Phones, client_of: Callable[[str], Client]
) -> None:
    visit = ready()
    phones = two_phones(visit, phone_of)
    fill(phones, visit)
    text = sent(phones, visit)
    phones[0].upload(visit.uid, JPEG)
    team = [signature("officer", phone.person) for phone in phones]
    body = {"record": text, "signatures": team, "refusal": None}
    assert "注明原因" in phones[0].post(visit.uid, "record", body).json()["waiting"][0]
    wrong = phones[0].post(visit.uid, "record", body | {"refusal": {"reason": "心情不好", "note": ""}})
    assert wrong.json()["kind"] == "refusal_reason_missing"
    witness = [signature("witness", name="居委会李某")]
    right = {"record": text, "signatures": witness, "refusal": {"reason": "refused", "note": "拒绝签字"}}
    assert phones[0].post(visit.uid, "record", right).json()["state"] == State.REFUSED
    assert Event.objects.filter(act="visit.refused").count() == 1
    assert "拒签" in client_of("chief").get("/").content.decode()


def test_a_firm_that_is_closed_fails_the_visit_and_tells_the_roster(
    ready: Callable[..., Visit], phone_of: Phones
) -> None:
    visit = ready()
    phones = two_phones(visit, phone_of)
    fill(phones, visit, outcome="closed")
    text = sent(phones, visit)
    phones[0].upload(visit.uid, JPEG)
    team = [signature("officer", phone.person) for phone in phones]
    answer = phones[0].post(visit.uid, "record", {"record": text, "signatures": team, "refusal": None})
    assert answer.json()["state"] == State.FAILED, answer.content.decode()
    assert VisitEntry.objects.get(firm_id=visit.firm_id).observed == "停业核查"


def test_a_record_that_its_changes_do_not_give_is_refused(ready: Callable[..., Visit], phone_of: Phones) -> None:
    visit = ready()
    phones = two_phones(visit, phone_of)
    fill(phones, visit)
    text = sent(phones, visit).replace("一车间", "二车间")
    answer = phones[0].post(visit.uid, "record", {"record": text, "signatures": [], "refusal": None})
    assert (answer.status_code, answer.json()["kind"]) == (409, "record_differs")


def test_signatures_are_under_one_record_only(ready: Callable[..., Visit], phone_of: Phones) -> None:
    visit = ready()
    phones = two_phones(visit, phone_of)
    fill(phones, visit)
    text = sent(phones, visit)
    phones[0].upload(visit.uid, JPEG)
    body = {"record": text, "signatures": signed_by_all(phones), "refusal": None}
    phones[0].post(visit.uid, "record", body)
    phones[0].enter("place", "二车间")
    phones[0].send(visit.uid)
    other = record_text(phones[0], visit, [change for phone in phones for change in phone.log])
    answer = phones[0].post(visit.uid, "record", body | {"record": other})
    assert (answer.status_code, answer.json()["kind"]) == (409, "edition_taken")


def test_before_approval_nothing_can_be_entered(drawn: Callable[..., Story], phone_of: Phones) -> None:
    from visits.conftest import visits_of

    visit = visits_of(drawn())[0]
    phone = phone_of(officers(visit)[0])
    phone.enter("place", "一车间")
    assert phone.send(visit.uid)["kind"] == "not_yet"
    assert state_of(visit) == State.ARRANGED


@pytest.mark.parametrize(
    ("arrived", "left", "said"),
    [
        ("2031-01-01T00:00:00Z", "2031-01-01T01:00:00Z", "在将来"),
        ("2023-09-01T01:00:00Z", "2023-09-20T03:00:00Z", "早于检查期起"),
        ("2023-09-20T03:00:00Z", "2023-09-20T02:00:00Z", "离开时间早于到达时间"),
    ],
)
def test_times_that_cannot_be_are_named(
    ready: Callable[..., Visit], phone_of: Phones, arrived: str, left: str, said: str
) -> None:
    visit = ready()
    phones = two_phones(visit, phone_of)
    fill(phones, visit)
    phones[0].enter("times/arrived", arrived)
    phones[0].enter("times/left", left)
    answer = phones[0].post(visit.uid, "record", {"record": sent(phones, visit), "signatures": [], "refusal": None})
    assert answer.status_code == 409 and said in answer.json()["sentence"]


def test_a_checked_item_counts_as_used(ready: Callable[..., Visit], phone_of: Phones) -> None:
    visit = ready()
    phones = two_phones(visit, phone_of)
    fill(phones, visit)
    text = sent(phones, visit)
    phones[0].upload(visit.uid, JPEG)
    phones[0].post(visit.uid, "record", {"record": text, "signatures": signed_by_all(phones), "refusal": None})
    assert last_visits(date(2023, 9, 20))["AQ-02"] == date(2023, 9, 20)
    assert last_visits(date(2023, 9, 19)) == {}
