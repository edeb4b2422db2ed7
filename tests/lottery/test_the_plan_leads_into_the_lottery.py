"""A round that the plan foresees is filled in from it; once it is drawn, the plan knows; a rehearsal holds nothing."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from lottery.conftest import Story
from sunlot.office.accounts.models import User
from sunlot.office.lottery import asking, rounds
from sunlot.office.lottery.planned import last_draws
from sunlot.office.plan.held import held_rounds
from sunlot.office.plan.models import Plan, PlannedRound
from sunlot.office.plan.todo import todos


def planned(year: int) -> PlannedRound:
    plan = Plan.objects.create(year=year, organ="青禾县应急管理局", state="approved")
    return PlannedRound.objects.create(
        plan=plan,
        number=1,
        code=f"{year}-01",
        title="机械企业双随机",
        kind="random",
        first_day=date(year, 9, 18),
        last_day=date(year, 10, 31),
        scope="机械",
        population=100,
        count=6,
        items="AJ-001、AJ-002",
        undertaker="执法大队",
    )


def test_a_round_is_filled_in_from_the_plan(county: dict[str, User], client_of: Callable[[str], Client]) -> None:
    row = planned(date.today().year)
    page = client_of("clerk").get(f"/lottery/new/?planned={row.code}").content.decode()
    assert 'value="机械企业双随机"' in page
    assert 'value="6"' in page
    assert f'<option value="{row.code}" selected' in page


def test_the_plan_and_the_item_list_hear_of_a_draw(story: Callable[..., Story]) -> None:
    planned(2023)
    told = story(planned="2023-01", items="AJ-001、AJ-002")
    assert held_rounds(2023) == frozenset()
    told.announced()
    assert held_rounds(2023) == {"2023-01"}
    assert last_draws(date(2023, 12, 31))["AJ-002"] == date(2023, 8, 22)


def test_a_rehearsal_holds_nothing(story: Callable[..., Story]) -> None:
    planned(2023)
    story(planned="2023-01", rehearsal=True).announced()
    assert held_rounds(2023) == frozenset()


def test_the_first_page_leads_to_a_new_round_until_one_is_begun(
    county: dict[str, User], story: Callable[..., Story]
) -> None:
    row = planned(2023)
    Plan.objects.update(state="published")
    day = date(2023, 9, 18)
    (line,) = [todo for todo in todos(county["clerk"], day) if "待抽取" in todo.title]
    assert line.url == f"/lottery/new/?planned={row.code}"
    told = story(planned=row.code)
    assert [todo for todo in todos(told.people["clerk"], day) if "待抽取" in todo.title] == []
    rounds.drop(told.people["clerk"], told.row.pk, "另立一轮")
    assert [todo.url for todo in todos(told.people["clerk"], day) if "待抽取" in todo.title] == [line.url]


def test_a_draw_of_another_size_than_the_plan_says_so_before_it_is_asked_for(
    story: Callable[..., Story], client_of: Callable[[str], Client]
) -> None:
    planned(2023)
    told = story(planned="2023-01", budget=6)
    page = f"/lottery/rounds/{told.row.pk}/check/"
    assert "年度计划为本轮定了" not in client_of("clerk").get(page).content.decode()
    told.row.refresh_from_db()
    rounds.change(told.people["clerk"], told.row.pk, told.row.version, {"budget": 12})
    assert "年度计划为本轮定了 6 户" in client_of("clerk").get(page).content.decode()


def by_share(row: PlannedRound, share: str) -> None:
    row.count, row.share = None, Decimal(share)
    row.save()


def test_a_round_planned_as_a_share_takes_the_number_that_was_approved_with_the_plan(
    county: dict[str, User], client_of: Callable[[str], Client]
) -> None:
    row = planned(date.today().year)
    by_share(row, "12.5")
    page = client_of("clerk").get(f"/lottery/new/?planned={row.code}").content.decode()
    assert 'name="budget" value="13"' in page


@pytest.mark.parametrize(("typed", "kept"), [("", 13), ("0", 0), ("9", 9)])
def test_a_number_left_empty_is_the_plans_and_a_nought_is_the_packs(
    story: Callable[..., Story], client_of: Callable[[str], Client], typed: str, kept: int
) -> None:
    by_share(planned(2023), "12.5")
    told = story(planned="2023-01")
    form = {name: getattr(told.row, name) for name in rounds.PLAN if name not in ("secret", "rehearsal")}
    sent = {**form, "items": "AJ-001", "version": told.row.version, "budget": typed}
    answer = client_of("clerk").post(f"/lottery/rounds/{told.row.pk}/plan/", sent)
    assert answer.status_code == 302, answer.content.decode()
    told.row.refresh_from_db()
    assert told.row.budget == kept


def test_whoever_approves_reads_the_plans_number_beside_another(story: Callable[..., Story]) -> None:
    planned(2023)
    told = story(planned="2023-01", budget=12)
    approval = asking.ask(told.people["clerk"], told.row.pk, told.row.version, "另有安排")
    assert ("年度计划所定", "", "6 户，与预计抽取的户数不同") in asking.KIND.changes(json.loads(approval.payload))
