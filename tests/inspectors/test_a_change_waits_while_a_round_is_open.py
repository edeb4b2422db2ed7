"""Two people at once, and four eyes: who was second is told; while a round is open a change that the draw reads needs a second person."""

from collections.abc import Callable

import pytest
from django.test import Client

from inspectors.conftest import facts
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.inspectors.changes import submit
from sunlot.office.inspectors.models import Inspector
from sunlot.office.journal.models import Event
from sunlot.office.roster import guards
from sunlot.office.shell.forms import StaleEdit
from sunlot.refusal import Refusal


@pytest.fixture
def running(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "OPEN_ROUND", [lambda: "2026 年第二轮"])


def state(number: str) -> str:
    return Inspector.objects.get(pk=number).state


def test_it_is_done_at_once_when_no_round_is_open(people: dict[str, User], roster: dict[str, Inspector]) -> None:
    assert submit(people["clerk"], "edit", "J1", {"version": 1, "state": "借调"}, "借调市局") is None
    assert state("J1") == "借调"


def test_it_waits_for_a_second_person(people: dict[str, User], roster: dict[str, Inspector], running: None) -> None:
    waiting = submit(people["clerk"], "edit", "J1", {"version": 1, "state": "借调"}, "借调市局")
    assert waiting and state("J1") == "在岗"
    approvals.grant(people["chief"], waiting.pk)
    assert state("J1") == "借调"


def test_a_new_person_and_his_certificate_wait_together(
    people: dict[str, User], roster: dict[str, Inspector], running: None
) -> None:
    waiting = submit(people["clerk"], "add", "J8", facts("孟某", number="鲁37008"))
    assert waiting and not Inspector.objects.filter(pk="J8").exists()
    approvals.grant(people["chief"], waiting.pk)
    assert Inspector.objects.get(pk="J8").certificates.count() == 1


def test_what_could_not_be_done_is_refused_before_anybody_is_asked(
    people: dict[str, User], roster: dict[str, Inspector], running: None
) -> None:
    with pytest.raises(Refusal, match="number_taken"):
        submit(people["clerk"], "add", "J1", facts("孟某"))


def test_a_telephone_number_does_not_wait(people: dict[str, User], roster: dict[str, Inspector], running: None) -> None:
    assert submit(people["clerk"], "edit", "J1", {"version": 1, "phone": "13900000000"}, "换号") is None


def test_the_request_shows_what_changes_but_not_where_he_lives(
    people: dict[str, User], roster: dict[str, Inspector], running: None, client_of: Callable[[str], Client]
) -> None:
    change = {"version": 1, "state": "借调", "territory": "沙窝乡"}
    waiting = submit(people["clerk"], "edit", "J1", change, "借调市局")
    assert waiting
    page = client_of("supervisor").get(f"/approvals/{waiting.pk}/").content.decode()
    assert "<del>在岗</del>" in page and "<ins>借调</ins>" in page
    assert "沙窝乡" not in page and "石桥镇" not in page


def test_who_was_second_is_told_and_keeps_what_he_typed(
    people: dict[str, User], roster: dict[str, Inspector], client_of: Callable[[str], Client]
) -> None:
    submit(people["clerk"], "edit", "J1", {"version": 1, "state": "借调"}, "借调市局")
    with pytest.raises(StaleEdit):
        submit(people["clerk2"], "edit", "J1", {"version": 1, "position": "科长"}, "任职")
    typed = {"version": 1, "name": "邹思", "department": "执法大队", "role": "inspector", "state": "在岗"}
    answer = client_of("clerk2").post(
        "/inspectors/person/J1/edit/", {**typed, "position": "四级调研员", "reason": "任职"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "已被他人修改" in page and "四级调研员" in page


def test_names_and_telephones_stay_out_of_the_log(people: dict[str, User], roster: dict[str, Inspector]) -> None:
    submit(people["clerk"], "edit", "J1", {"version": 1, "phone": "13900000000"}, "乔鹏诺来电告知")
    log = "\n".join(Event.objects.filter(obj__startswith="inspector/").values_list("leaf", flat=True))
    assert "检查人员" not in log and "邹思" not in log and "乔鹏诺" not in log and "13900000000" not in log
