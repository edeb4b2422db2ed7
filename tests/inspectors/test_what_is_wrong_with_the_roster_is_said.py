"""Roster health: each problem with its number, its people one click away, and on the clerk's first page."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from inspectors.conftest import facts
from sunlot.office.accounts.models import User
from sunlot.office.inspectors.changes import submit
from sunlot.office.inspectors.health import PROBLEMS, examine
from sunlot.office.inspectors.models import Inspector
from sunlot.office.inspectors.queries import standing
from sunlot.office.inspectors.todo import todos

DAY = date(2026, 11, 25)


def found(code: str) -> list[str]:
    return list(PROBLEMS[code].among(standing(DAY)).order_by("pk").values_list("pk", flat=True))


def test_each_problem_names_its_people(people: dict[str, User], roster: dict[str, Inspector]) -> None:
    clerk = people["clerk"]
    submit(clerk, "add", "J5", facts("孟某"))
    submit(clerk, "add", "J6", facts("邹思", number="鲁37006", birth="1960-01"))
    submit(clerk, "add", "J7", facts("卜某", number="鲁37007", valid_to=None, state="退休", specialities=""))
    submit(clerk, "add", "J8", facts("卜某", number="鲁37008", valid_to=None))
    people["inspector"].person = "J1"
    people["inspector"].save()
    assert found("expired") == ["J3"]
    assert found("no_certificate") == ["J5"]
    assert found("no_end") == ["J8"]
    assert found("expiring") == ["J4"]
    assert found("no_speciality") == ["J4"]
    assert found("no_account") == ["J2", "J3", "J4", "J5", "J6", "J8"]
    assert found("retired") == ["J6"]
    assert found("namesakes") == ["J1", "J6", "J7", "J8"]


@pytest.mark.parametrize(("day", "soon"), [(date(2026, 10, 24), []), (date(2026, 10, 25), ["J4"])])
def test_soon_is_as_many_days_as_the_policy_says(roster: dict[str, Inspector], day: date, soon: list[str]) -> None:
    rows = PROBLEMS["expiring"].among(standing(day))
    assert list(rows.values_list("pk", flat=True)) == soon


def test_the_page_leads_to_the_list_of_those_people(
    roster: dict[str, Inspector], client_of: Callable[[str], Client]
) -> None:
    client = client_of("clerk")
    today = timezone.localdate()
    page = client.get("/inspectors/health/").content.decode()
    for code, problem, count in examine(today):
        assert str(problem.title) in page
        if count:
            listed = client.get(f"/inspectors/?problem={code}").content.decode()
            assert f"共 {count} 条" in listed


def test_the_clerk_is_told_on_his_first_page(people: dict[str, User], roster: dict[str, Inspector]) -> None:
    told = {todo.title: (todo.state, todo.count) for todo in todos(people["clerk"], DAY)}
    assert told["执法证已过期"] == ("late", 1)
    assert told["执法证即将到期"] == ("due", 1)


def test_the_first_page_says_how_many_even_when_it_is_one(
    roster: dict[str, Inspector], client_of: Callable[[str], Client]
) -> None:
    assert "执法证已过期</a> (1)" in client_of("clerk").get("/").content.decode()


def test_an_inspector_is_told_of_his_own_certificate(people: dict[str, User], roster: dict[str, Inspector]) -> None:
    people["inspector"].person = "J4"
    (todo,) = todos(people["inspector"], DAY)
    assert (todo.title, todo.due, todo.state) == ("我的执法证即将到期", date(2026, 12, 24), "due")
    people["inspector"].person = "J1"
    assert list(todos(people["inspector"], DAY)) == []
