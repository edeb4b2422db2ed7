"""A served penalty is released within seven workdays of its decision, persons left out; annulled, it is withdrawn within three."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from cases.conftest import SMALL, Way
from release.conftest import grant
from sunlot.office.accounts.models import User
from sunlot.office.cases import executing
from sunlot.office.release import penalties
from sunlot.office.release.asking import ask_release, ask_withdrawal
from sunlot.office.release.models import Release
from sunlot.office.release.todo import todos
from sunlot.refusal import Refusal

Ways = Callable[..., Way]
Read = Callable[[str], str]


def served(way: Ways, **more: object) -> Way:
    """Return a case whose decision has been served."""
    return way(**more).opened().proposed().reviewed().told().later(15).decided().served()


def public(done: Way, people: dict[str, User]) -> Release:
    grant(people, ask_release(people["clerk"], "penalty", [done.case.pk], {}, "处罚决定已送达"))
    return Release.objects.get(about=done.case.obj)


def test_a_served_decision_waits_and_is_released(way: Ways, people: dict[str, User], read: Read) -> None:
    done = served(way)
    (line,) = [todo for todo in todos(people["clerk"], done.day) if todo.title == done.case.decision_number]
    assert line.due == penalties.due_of(done.case) and line.state == "due"
    row = public(done, people)
    page = read(f"penalties/{row.number}/")
    assert done.case.decision_number in page and "罚款" in page and SMALL.facts in page
    assert row.number in read("penalties/") and "1 件" in read("penalties/")
    record = json.loads(row.editions.get().body)
    assert record["decided_on"] == done.day.isoformat() and row.due == penalties.due_of(done.case)
    assert row.number in read("feed.atom")


def test_what_the_policy_keeps_back_of_a_decision_is_not_there(
    way: Ways,
    people: dict[str, User],
) -> None:
    done = served(way)
    secrets = {"head": "诸葛某某", "phone": "13953712345", "identity": "370829198001011234"}
    type(done.case).objects.filter(pk=done.case.pk).update(**secrets)
    body = public(done, people).editions.get().body
    assert not any(secret in body for secret in secrets.values())
    assert set(json.loads(body)["withheld"]) >= {"legal_representative", "phone", "identity_number"}


def test_the_name_of_a_punished_person_stands_nowhere(way: Ways, people: dict[str, User], read: Read) -> None:
    done = served(way)
    type(done.case).objects.filter(pk=done.case.pk).update(
        party_kind="individual", party="欧阳建国", facts="欧阳建国违章操作"
    )
    with pytest.raises(Refusal, match="人名“欧阳建国”"):
        public(done, people)
    type(done.case).objects.filter(pk=done.case.pk).update(facts="违章操作")
    row = public(done, people)
    for address in ("penalties/", f"penalties/{row.number}/", "penalties/index.json", "feed.atom"):
        assert "欧阳建国" not in read(address)


def test_an_annulled_one_is_withdrawn_and_leaves_number_reason_and_day(
    way: Ways,
    people: dict[str, User],
    client_of: Callable[[str], Client],
    read: Read,
) -> None:
    done = served(way)
    row = public(done, people)
    done.later(3)
    executing.ask_annulment(people["clerk"], done.case.pk, "行政复议决定书〔2023〕1号", "事实不清")
    done.granted("cases.annul", "leading")
    (line,) = [todo for todo in todos(people["clerk"], done.day) if "撤回公示" in todo.hint]
    assert line.due == date(2023, 9, 12) and line.title == str(row), line
    form = client_of("clerk").get(line.url).content.decode()
    assert done.day.isoformat() in form and "处罚决定已被撤销" in form
    asked = ask_withdrawal(people["clerk"], row.pk, "处罚决定已被撤销", done.day)
    grant(people, asked)
    page = read(f"penalties/{row.number}/")
    assert "处罚决定已被撤销" in page and done.day.isoformat() in page and row.number in read("penalties/")
    assert SMALL.facts not in page and done.case.decision_number not in page and done.case.party not in page
    assert Client().get(f"/public/penalties/{row.number}/1.json").status_code == 404


def test_a_decision_that_nobody_served_is_blocked(way: Ways, people: dict[str, User]) -> None:
    done = way().opened().proposed().reviewed().told().later(15).decided()
    (line,) = [todo for todo in todos(people["clerk"], done.day) if "还没有送达" in todo.hint]
    assert line.state == "blocked"
    with pytest.raises(Refusal, match="尚未送达"):
        public(done, people)
