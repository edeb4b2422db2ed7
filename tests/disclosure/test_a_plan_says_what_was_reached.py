"""The page of a plan sets what was reached beside what was planned, also as data; a round that passed without a draw stands among the draws."""
# ruff: noqa: F811  (fixtures come in by name)

import json
from collections.abc import Callable
from datetime import date

import pytest

from lottery.conftest import Clock, Story
from plan.conftest import approve, clerk, plan  # noqa: F401
from plans import YEAR
from sunlot.office.accounts.models import User
from sunlot.office.journal.clock import held
from sunlot.office.journal.services import deed
from sunlot.office.lottery import queries
from sunlot.office.lottery.models import Round
from sunlot.office.lottery.register import folder_of
from sunlot.office.plan import services
from sunlot.office.plan.models import Plan, PlannedRound
from sunlot.office.roster.models import VisitEntry

Read = Callable[[str], str]
SECRET = ("夜查行动", "烟花爆竹零售点", "AQ-03")


@pytest.fixture
def published(plan: Plan, approve: Callable[[Plan], Plan], clerk: User) -> Plan:
    on = approve(plan).approved_on
    assert on
    services.file(clerk, plan.pk, on, "市应急管理局")
    return services.publish(clerk, plan.pk, on, "县政府网站")


def test_what_was_planned_is_there_before_anything_is_reached(published: Plan, read: Read) -> None:
    page = read(f"plans/{YEAR}/1/")
    assert "随机抽查：计划 40 户，已抽中 0 户，已检查 0 户" in page
    told = json.loads(read(f"plans/{YEAR}/1/plan.json"))
    assert told["reached"] == {"planned": 40, "drawn": 0, "visited": 0, "key": 0, "key_visited": 0}
    assert [(each["planned"], each["drawn"], each["stage"]) for each in told["rounds"]] == [(20, "", "to_come")] * 2
    assert [each["code"] for each in told["rounds"]] == [f"{YEAR}-01", f"{YEAR}-02"]
    table = read(f"plans/{YEAR}/1/rounds.csv")
    assert table.splitlines()[0] == "code,title,first_day,last_day,planned,drawn,visited,draw,stage"
    assert not [secret for secret in SECRET for text in (page, str(told), table) if secret in text]


def test_a_round_that_passed_without_a_draw_stands_among_the_draws(published: Plan, read: Read) -> None:
    assert "计划了而没有抽取的轮次" not in read("draws/")
    with held(f"{YEAR}-05-01T01:00:00Z"):
        for page in (read("draws/"), read("")):
            assert f"计划于 {YEAR}-04-30 前抽查，还没有抽取" in page and "夜查行动" not in page
        (late,) = json.loads(read("draws/index.json"))["planned_without_draw"]
        assert late == {"plan": YEAR, "code": f"{YEAR}-01", "title": "第一次双随机抽查", "last_day": f"{YEAR}-04-30"}
        assert "逾期未抽取" in read(f"plans/{YEAR}/1/")


def test_a_draw_and_its_visits_count_once_the_list_is_open(
    story: Callable[..., Story], read: Read, clock: Clock
) -> None:
    told = story().done()
    row = Plan(year=2023, state="published", organ="青禾县应急管理局", published_on=date(2023, 1, 5))
    days = {"first_day": date(2023, 8, 1), "last_day": date(2023, 10, 31)}
    with deed(by="u/1") as doing:
        doing.save(row)
        doing.save(
            PlannedRound(
                plan=row,
                number=1,
                code="2023-01",
                title="第一次",
                kind="random",
                **days,
                scope="工贸",
                population=40,
                count=7,
                undertaker="大队",
                items="AQ-01",
            )
        )
        doing.record("bureau.described", "bureau", {"name": "青禾县应急管理局", "code": "379921"})
    Round.objects.update(planned="2023-01")
    first = queries.drawn_list(folder_of(told.name))[0]["id"]
    VisitEntry.objects.create(firm_id=first, date=date(2023, 9, 20), kind="routine", draw=told.name)
    VisitEntry.objects.create(firm_id=first, date=date(2023, 9, 21), kind="routine", draw=told.name, held=False)
    clock.at = "2023-09-22T01:00:00Z"
    (each,) = json.loads(read("plans/2023/1/plan.json"))["rounds"]
    assert (each["planned"], each["drawn"], each["visited"], each["draw"]) == (7, "", 1, told.name)
    clock.at = "2023-11-01T01:00:00Z"
    (each,) = json.loads(read("plans/2023/1/plan.json"))["rounds"]
    assert (each["planned"], each["drawn"], each["visited"], each["stage"]) == (7, 6, 1, "done")
