"""Twenty workdays for a result; an unannounced round holds its results back until it is opened; a corrected record wants a corrected release."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from lottery.conftest import Clock
from release.conftest import Finish, grant
from sunlot.office.accounts.models import User
from sunlot.office.approvals.todo import todos as approvals_todo
from sunlot.office.lottery import drawing
from sunlot.office.release import queries, waiting
from sunlot.office.release.asking import ask_release, ask_withdrawal
from sunlot.office.release.models import Release
from sunlot.office.release.todo import todos
from sunlot.office.shell.todo import Todo
from sunlot.office.visits import steps
from sunlot.office.visits.models import Visit
from sunlot.refusal import Refusal
from visits.conftest import Phone, officers, record_text, signature

Give = Callable[..., Release]


def lines(people: dict[str, User], day: date) -> list[Todo]:
    return list(todos(people["clerk"], day))


def test_a_result_is_due_in_twenty_workdays_and_late_after(finish: Finish, people: dict[str, User]) -> None:
    finish()
    (line,) = lines(people, date(2023, 10, 24))
    assert (line.due, line.state, line.count) == (date(2023, 10, 24), "due", 1)
    (line,) = lines(people, date(2023, 10, 25))
    assert line.state == "late" and "逾期 1 件" in line.hint


def test_what_was_asked_for_waits_with_the_approver(finish: Finish, people: dict[str, User]) -> None:
    asked = ask_release(people["clerk"], "result", [finish().pk], {}, "检查已办结")
    assert lines(people, date(2023, 9, 21)) == []
    (line,) = [todo for todo in approvals_todo(people["chief"], date(2023, 10, 25)) if todo.title == asked.title]
    assert (line.due, line.state) == (date(2023, 10, 24), "late")


def test_a_withdrawal_is_due_in_three_workdays(finish: Finish, release: Give, people: dict[str, User]) -> None:
    row = release(finish())
    asked = ask_withdrawal(people["clerk"], row.pk, "登记错误", date(2023, 9, 20))
    (line,) = [todo for todo in approvals_todo(people["chief"], date(2023, 9, 26)) if todo.title == asked.title]
    assert (line.due, line.state) == (date(2023, 9, 25), "late")


def test_an_unannounced_round_holds_its_results_until_it_is_opened(
    finish: Finish, release: Give, people: dict[str, User], clock: Clock, client_of: Callable[[str], Client]
) -> None:
    visit = finish(secret=True)
    assert not waiting.to_release().exists()
    (line,) = lines(people, date(2023, 9, 21))
    assert line.state == "blocked" and line.count == 1 and visit.firm_name not in line.title + line.hint
    with pytest.raises(Refusal, match="尚未公开的暗查轮次"):
        ask_release(people["clerk"], "result", [visit.pk], {}, "检查已办结")
    assert visit.firm_name not in client_of("clerk").get("/release/").content.decode()
    assert Client().get(f"/public/draws/{visit.draw}/results.html").status_code == 404
    clock.at = "2023-11-06T02:00:00Z"
    assert visit.round
    asked = drawing.ask_opening(people["clerk"], visit.round.pk, "执行完毕")
    grant(people, asked)
    (line,) = lines(people, date(2023, 11, 7))
    assert (line.state, line.due) == ("due", date(2023, 12, 4))
    release(visit)


def amended(visit: Visit, phone_of: Callable[[str], Phone], people: dict[str, User]) -> None:
    """Give a released visit a second edition of its record."""
    steps.amend(people["clerk"], visit.pk, "检查场所写错")
    phones = [phone_of(person) for person in officers(visit)]
    entered = list(visit.changes.all())
    over = [row.pk for row in entered if row.field == "summary"]
    phones[0].counter = 1000
    phones[0].enter("summary", "更正：查看了二车间", over=over)
    phones[0].send(visit.uid)
    log = [
        {
            "id": row.pk,
            "field": row.field,
            "value": json.loads(row.value),
            "counter": row.counter,
            "device": row.device,
        }
        for row in visit.changes.all()
    ]
    text = record_text(phones[0], visit, log, edition=2)
    signed = [signature("officer", phone.person) for phone in phones] + [
        signature("firm", name="王某", capacity="site")
    ]
    answer = phones[0].post(visit.uid, "record", {"record": text, "signatures": signed, "refusal": None})
    assert answer.json()["edition"] == 2, answer.content.decode()


def test_a_corrected_record_wants_a_corrected_release(
    finish: Finish,
    release: Give,
    people: dict[str, User],
    phone_of: Callable[[str], Phone],
    client_of: Callable[[str], Client],
) -> None:
    visit = finish()
    row = release(visit)
    assert queries.overtaken() == []
    amended(visit, phone_of, people)
    assert queries.overtaken() == [row]
    (line,) = lines(people, date(2023, 9, 21))
    assert line.url == f"/release/{row.pk}/correct/" and line.state == "late"
    assert "与公示的内容不同" in client_of("clerk").get(f"/release/{row.pk}/").content.decode()
    assert row.editions.count() == 1


def test_correcting_a_record_does_not_move_the_period(finish: Finish, people: dict[str, User], clock: Clock) -> None:
    visit = finish()
    clock.at = "2023-10-20T02:00:00Z"
    steps.amend(people["clerk"], visit.pk, "检查场所写错")
    (line,) = lines(people, date(2023, 10, 20))
    assert (line.due, line.state) == (date(2023, 10, 24), "blocked") and "正在更正" in line.hint
    with pytest.raises(Refusal, match="正在更正"):
        ask_release(people["clerk"], "result", [visit.pk], {}, "检查已办结")
