"""Fewer people, bigger teams or more firms: the rounds that no longer fit are named, key rounds first served."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from django.test import Client

from sunlot.office.plan.feasibility import as_planned, outlook
from sunlot.office.plan.models import Plan
from sunlot.policy.arithmetic.numbers import PlanError


def test_as_planned_everything_fits(plan: Plan) -> None:
    found = outlook(list(plan.rounds.all()), as_planned(plan))
    assert (found.inspection, found.capacity.needed, found.too_many) == (414, 148, [])


def test_key_rounds_get_their_days_first_then_the_earlier_window(plan: Plan) -> None:
    now = replace(as_planned(plan), elsewhere=1984 - 110)
    found = outlook(list(plan.rounds.all()), now)
    assert [(each.round.title, each.left) for each in found.placed] == [
        ("重点单位检查", 50),
        ("第一次双随机抽查", 10),
        ("夜查行动", 2),
        ("第二次双随机抽查", -38),
    ]
    assert [each.title for each in found.too_many] == ["第二次双随机抽查"]


def test_teams_of_three_need_half_as_much_again(plan: Plan) -> None:
    found = outlook(list(plan.rounds.all()), replace(as_planned(plan), pair=3))
    assert found.capacity.needed == Fraction(148 * 3, 2)


def test_more_firms_leave_the_key_round_alone(plan: Plan) -> None:
    found = outlook(list(plan.rounds.all()), replace(as_planned(plan), scale=150))
    assert {each.round.title: each.group.firms for each in found.placed} == {
        "重点单位检查": 30,
        "第一次双随机抽查": 30,
        "第二次双随机抽查": 30,
        "夜查行动": 6,
    }


def test_a_single_round_may_be_changed(plan: Plan) -> None:
    first = plan.rounds.all()[0]
    found = outlook(list(plan.rounds.all()), replace(as_planned(plan), firms={first.pk: 170}))
    assert found.capacity.needed == 148 + 300
    assert [each.title for each in found.too_many] == ["第二次双随机抽查"]
    with pytest.raises(PlanError, match="名录中只有 400 户"):
        outlook(list(plan.rounds.all()), replace(as_planned(plan), firms={first.pk: 401}))


def test_the_page_keeps_what_was_asked_and_names_the_rounds(plan: Plan, client_of: Callable[[str], Client]) -> None:
    asked = {"officers": 8, "days_each": 248, "elsewhere": 1874, "reserve": 0, "scale": 100}
    page = client_of("leading").get(f"/plan/{plan.pk}/what-if/", asked).content.decode()
    assert "有 1 轮排不下：2027-02 第二次双随机抽查" in page
    assert 'value="1874"' in page
    assert client_of("leading").get(f"/plan/{plan.pk}/what-if/", asked | {"officers": 0}).status_code == 422
    plan.refresh_from_db()
    assert plan.officers == 8
