"""A page asks the database as often for a thousand key firms and fifty rounds as for a few."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plans import YEAR, fields
from sunlot.office.accounts.models import User
from sunlot.office.plan import key_list, services
from sunlot.office.plan.models import Plan
from sunlot.office.plan.rounds import add_round
from sunlot.office.plan.todo import todos


def queries_of(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


@pytest.fixture
def grow(plan: Plan, clerk: User) -> Callable[[int], None]:
    """A function that puts so many rounds and twenty times as many key firms into the plan."""

    def run(many: int) -> None:
        start = plan.rounds.count()
        for number in range(start, start + many):
            add_round(clerk, plan.pk, fields(title=f"第{number}轮"))
        key = plan.rounds.get(kind="key")
        firms = [(f"91{start:04d}{n:012d}", f"第{n}公司") for n in range(20 * many)]
        key_list.add_firms(clerk, plan.pk, firms, "high_risk", "", key.pk)

    return run


@pytest.mark.parametrize("page", ["", "rounds/", "keys/", "diff/", "what-if/", "print/", "word/"])
def test_a_page_of_one_plan(
    plan: Plan, grow: Callable[[int], None], client_of: Callable[[str], Client], page: str
) -> None:
    client = client_of("clerk")
    grow(2)
    few = queries_of(client, f"/plan/{plan.pk}/{page}")
    grow(30)
    assert queries_of(client, f"/plan/{plan.pk}/{page}") == few


def test_the_public_page_and_the_caps(
    plan: Plan, grow: Callable[[int], None], approve: Callable[[Plan], Plan], clerk: User,
    client_of: Callable[[str], Client],
) -> None:  # fmt: skip
    grow(30)
    approve(plan)
    on = Plan.objects.get(pk=plan.pk).approved_on or date.today()
    services.file(clerk, plan.pk, on, "市局")
    services.publish(clerk, plan.pk, on, "网站")
    assert queries_of(client_of("clerk"), f"/plan/caps/?year={YEAR}") <= 8
    assert queries_of(Client(), f"/plan/public/{YEAR}/") <= 9


def test_the_list_of_plans_and_the_todos(clerk: User, client_of: Callable[[str], Client]) -> None:
    client = client_of("clerk")
    services.draft(clerk, 2030, "青禾县应急管理局", 8)
    few = queries_of(client, "/plan/")
    for year in range(2031, 2050):
        services.draft(clerk, year, "青禾县应急管理局", 8)
    assert queries_of(client, "/plan/") == few
    with CaptureQueriesContext(connection) as seen:
        list(todos(clerk, date(2031, 12, 1)))
    assert len(seen) <= 6
