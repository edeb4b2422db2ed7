"""A firm that cannot be reached stays drawn with its result, is tried again on another day, and then the next reserve is added besides it."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client

from lottery.conftest import Clock
from sunlot.draw.verify import DIFFERS, verify
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.journal.audit import audit
from sunlot.office.journal.models import Event
from sunlot.office.lottery.register import folder_of
from sunlot.office.roster.models import VisitEntry
from sunlot.office.roster.queries import held_visits_of
from sunlot.office.visits import attempts
from sunlot.office.visits.models import Visit
from sunlot.office.visits.queries import NOT_HELD, open_visits
from sunlot.office.visits.states import State
from sunlot.office.visits.steps import propose_status
from sunlot.refusal import Refusal
from visits.conftest import JPEG, Phone, fill, officers, record_text, signature
from visits.test_the_pages_lead_from_draw_to_signature import finished

Phones = Callable[[str], Phone]
DAY = "2023-09-{day}T02:00:00Z"


def tried(
    visit: Visit, phones: list[Phone], day: int, photo: bytes, edition: int, outcome: str = "unreachable"
) -> dict[str, Any]:
    """Let the team try the firm on a day, with a photo, and hand in the record."""
    first = phones[0]
    if edition == 1:
        fill(phones, visit, photo, outcome)
    facts = {"size": len(photo), "media": "image/jpeg", "taken": DAY.format(day=day), "of": "", "caption": "大门"}
    values = {f"photos/{sha256(photo).hexdigest()}": facts, "times/arrived": DAY.format(day=day), "outcome": outcome}
    for name, value in {**values, "times/left": DAY.format(day=day).replace("T02", "T03")}.items():
        first.enter(name, value, over=[one["id"] for one in first.log if one["field"] == name])
    for phone in phones:
        phone.send(visit.uid)
    first.upload(visit.uid, photo)
    text = record_text(first, visit, [change for phone in phones for change in phone.log], edition)
    team = [signature("officer", phone.person) for phone in phones]
    firm = [] if outcome == "unreachable" else [signature("firm", name="王某", capacity="site")]
    answer = first.post(visit.uid, "record", {"record": text, "signatures": [*team, *firm], "refusal": None}).json()
    visit.refresh_from_db()
    return dict(answer)


@pytest.fixture
def in_vain(ready: Callable[..., Visit], phone_of: Phones) -> tuple[Visit, list[Phone]]:
    """A visit whose firm could not be reached on the 20th."""
    visit = ready()
    phones = [phone_of(person) for person in officers(visit)]
    tried(visit, phones, 20, JPEG + b"1", 1)
    assert (visit.state, visit.outcome) == (State.FAILED, "unreachable")
    return visit, phones


def test_after_one_attempt_it_is_tried_again_and_nobody_is_added(
    in_vain: tuple[Visit, list[Phone]], people: dict[str, User], client_of: Callable[[str], Client]
) -> None:
    visit, _ = in_vain
    clerk = client_of("clerk")
    assert "须另选日期再次上门" in clerk.get("/").content.decode()
    with pytest.raises(Refusal) as refusal:
        attempts.ask_addition(people["clerk"], visit.pk, "无人应答")
    assert refusal.value.kind == "no_addition"
    assert clerk.post(f"/visits/{visit.pk}/again/", {"reason": "改天再去"}).status_code == 302
    visit.refresh_from_db()
    assert visit.state == State.UNDERWAY


def test_the_same_day_or_the_same_photo_is_no_other_attempt(
    in_vain: tuple[Visit, list[Phone]], people: dict[str, User], clock: Clock
) -> None:
    visit, phones = in_vain
    attempts.try_again(people["clerk"], visit.pk, "再去")
    tried(visit, phones, 20, JPEG + b"2", 2)
    assert visit.attempts.count() == 1
    clock.at = "2023-09-22T04:00:00Z"
    attempts.try_again(people["clerk"], visit.pk, "再去")
    tried(visit, phones, 22, JPEG + b"1", 3)
    assert (visit.state, visit.attempts.count(), attempts.step_of(visit)) == (State.FAILED, 1, "again")


def test_once_it_is_reached_there_is_nothing_to_add(
    in_vain: tuple[Visit, list[Phone]], people: dict[str, User], clock: Clock
) -> None:
    visit, phones = in_vain
    attempts.try_again(people["clerk"], visit.pk, "再去")
    clock.at = "2023-09-22T04:00:00Z"
    answer = tried(visit, phones, 22, JPEG + b"2", 2, "no_problem")
    assert answer["waiting"] == [] and (visit.state, visit.outcome) == (State.DONE, "no_problem")
    assert attempts.step_of(visit) == ""


def test_two_documented_attempts_and_a_second_person_add_the_next_reserve(
    in_vain: tuple[Visit, list[Phone]], people: dict[str, User], client_of: Callable[[str], Client], clock: Clock
) -> None:
    visit, phones = in_vain
    attempts.try_again(people["clerk"], visit.pk, "再去")
    clock.at = "2023-09-22T04:00:00Z"
    tried(visit, phones, 22, JPEG + b"2", 2)
    clerk, chief = client_of("clerk"), client_of("chief")
    assert "可申请追加候补" in clerk.get("/").content.decode()
    before = set(Visit.objects.filter(draw=visit.draw).values_list("firm_id", flat=True))
    assert clerk.post(f"/visits/{visit.pk}/add/", {"evidence": "两次上门大门紧锁"}).status_code == 302
    assert set(Visit.objects.filter(draw=visit.draw).values_list("firm_id", flat=True)) == before
    approval = Approval.objects.get(kind="visits.add")
    assert "仍在抽中名单" in chief.get(f"/approvals/{approval.pk}/").content.decode()
    approvals.grant(people["chief"], approval.pk)
    (new,) = Visit.objects.filter(draw=visit.draw).exclude(firm_id__in=before)
    assert new.state == State.ARRANGED and officers(new) == officers(visit)
    visit.refresh_from_db()
    assert (visit.state, attempts.step_of(visit)) == (State.FAILED, "")
    folder = folder_of(visit.draw)
    record = json.loads((folder.steps[-1].folder / "addition.json").read_text())
    assert (record["for"], record["in"]) == (visit.firm_id, new.firm_id)
    assert [one["on"] for one in record["attempts"]] == ["2023-09-20", "2023-09-22"]
    assert [line.text for line in verify(folder.folder) if line.kind == DIFFERS] == []
    assert VisitEntry.objects.filter(firm=visit.firm).count() == 1
    assert "追加" in clerk.get(f"/lottery/draws/{visit.draw}/result/").content.decode()
    assert audit().findings == []


def test_one_that_is_closed_is_replaced_as_ever(ready: Callable[..., Visit], phone_of: Phones) -> None:
    visit = ready()
    finished(visit, phone_of, "closed")
    assert attempts.step_of(visit) == "" and not visit.attempts.exists()


def test_a_visit_in_vain_counts_for_nothing_until_the_firm_is_found(
    in_vain: tuple[Visit, list[Phone]], people: dict[str, User], clock: Clock
) -> None:
    visit, phones = in_vain
    entry = VisitEntry.objects.get()
    assert (entry.held, entry.observed, held_visits_of([visit.firm_id]).count()) == (False, "失联", 0)
    propose_status(people["clerk"], visit.pk, "失联")
    attempts.try_again(people["clerk"], visit.pk, "再去")
    assert open_visits().filter(NOT_HELD, pk=visit.pk).exists()
    clock.at = "2023-09-21T04:00:00Z"
    first = phones[0]
    for point in ("AQ-01/1", "AQ-01/2", "AQ-02/1"):
        first.enter(f"answers/{point}", "pass")
    answer = tried(visit, phones, 21, JPEG + b"2", 2, "no_problem")
    assert answer["state"] == "done", answer
    entry.refresh_from_db()
    assert (entry.held, str(entry.date), entry.observed) == (True, "2023-09-21", "正常")
    assert held_visits_of([visit.firm_id]).get() == entry
    assert Event.objects.filter(act="roster.visited-in-vain").count() == 1
    assert Event.objects.filter(act="roster.visit-corrected").count() == 1 and audit().findings == []
