"""The share drawn by lot by firms, visits and days, the coverage of key firms, the rounds of the year: exact, with the rule they come from."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from plans import YEAR, fields
from sunlot.office.accounts.models import User
from sunlot.office.plan import key_list, services
from sunlot.office.plan.models import Plan
from sunlot.office.plan.rounds import add_round, change_round, drop_round
from sunlot.office.plan.whole import Whole
from sunlot.refusal import Refusal


def meters(plan: Plan) -> list[tuple[Fraction, Fraction]]:
    found = Whole(plan, date(YEAR, 1, 10)).reckoning.meters
    return [(ruled.meter.part, ruled.meter.whole) for ruled in found]


def test_the_plan_of_the_tests_is_44_of_74_firms(plan: Plan) -> None:
    assert meters(plan) == [(44, 74), (44, 74), (88, 148), (30, 30), (2, 2)]


def test_a_share_of_firms_is_rounded_up(plan: Plan, clerk: User) -> None:
    assert add_round(clerk, plan.pk, fields(population=401, share=Decimal("5"))).firms == 21
    assert add_round(clerk, plan.pk, fields(population=400, share=Decimal("33.33"))).firms == 134


def test_half_days_and_three_persons_change_the_days_alone(plan: Plan, clerk: User) -> None:
    first = plan.rounds.all()[0]
    change_round(clerk, first.pk, first.version, fields(days=Decimal("0.5"), officers=3))
    assert meters(plan)[:3] == [(44, 74), (44, 74), (78, 138)]


def test_the_key_round_visited_twice_changes_visits_and_days(plan: Plan, clerk: User) -> None:
    key = plan.rounds.get(kind="key")
    twice = fields(kind="key", by_lot=False, population=30, share=100, visits_each=2)
    change_round(clerk, key.pk, key.version, twice)
    assert meters(plan)[:3] == [(44, 74), (44, 104), (88, 208)]


def test_key_firms_in_no_round_are_not_covered(plan: Plan, clerk: User) -> None:
    key = plan.rounds.get(kind="key")
    firms = [(f"91370830MA3C{n:06d}", f"第{n}公司") for n in range(32)]
    key_list.add_firms(clerk, plan.pk, firms[:30], "high_risk", "", key.pk)
    key_list.add_firms(clerk, plan.pk, firms[30:], "reported", "", None)
    assert meters(plan)[3] == (30, 32)
    warnings = Whole(plan, date(YEAR, 1, 10)).reckoning.warnings
    assert warnings == ("重点单位覆盖率：30户 ÷ 32户 = 93.8%，低于 100%，还差 2 户。",)


def test_a_list_that_differs_from_its_round_is_named(plan: Plan, clerk: User) -> None:
    key = plan.rounds.get(kind="key")
    key_list.add_firms(clerk, plan.pk, [("91370830MA3C000115", "甲")], "high_risk", "", key.pk)
    (warning,) = Whole(plan, date(YEAR, 1, 10)).reckoning.warnings
    assert warning == f"{key}：计划检查 30 户，重点单位名单中列入本轮的有 1 户。"


def test_each_meter_names_its_rule(plan: Plan) -> None:
    found = Whole(plan, date(YEAR, 1, 10)).reckoning.meters
    assert [ruled.rule.name for ruled in found] == 3 * ["plan.random_share"] + ["plan.key_coverage", "plan.rounds"]
    assert all(ruled.rule.source for ruled in found)


def test_one_round_of_two_must_be_explained_to_the_approver(plan: Plan, clerk: User) -> None:
    drop_round(clerk, plan.rounds.all()[1].pk)
    with pytest.raises(Refusal, match=r"随机抽查轮次：1轮 ÷ 2轮 = 50\.0%，低于 100%，还差 1 轮"):
        services.submit(clerk, plan.pk, "")
    assert services.submit(clerk, plan.pk, "上半年开展专项整治，随机抽查只安排一轮")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"officers": 1}, "每次 1 人，不得少于 2 人"),
        ({"first_day": date(YEAR - 1, 12, 1)}, f"不在 {YEAR} 年内"),
    ],
)
def test_what_the_law_forbids_keeps_a_plan_from_being_submitted(
    plan: Plan, clerk: User, change: dict[str, object], sentence: str
) -> None:
    add_round(clerk, plan.pk, fields(**change))
    with pytest.raises(Refusal, match=sentence):
        services.submit(clerk, plan.pk, "请审批，理由充分")
