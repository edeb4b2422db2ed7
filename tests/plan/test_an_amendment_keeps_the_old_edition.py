"""An amendment is a new edition with a reason; the old one holds until the new one is approved, and stays readable afterwards."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from plans import YEAR, fields, titles
from sunlot.office.accounts.models import User
from sunlot.office.plan import key_list, queries, services
from sunlot.office.plan.differences import differences
from sunlot.office.plan.held import HELD_ROUNDS
from sunlot.office.plan.models import Plan
from sunlot.office.plan.rounds import add_round, change_round, drop_round
from sunlot.office.plan.states import State
from sunlot.refusal import Refusal


@pytest.fixture
def public_plan(plan: Plan, approve: Callable[[Plan], Plan], clerk: User) -> Plan:
    """The plan, approved, filed and published."""
    on = approve(plan).approved_on
    assert on
    services.file(clerk, plan.pk, on, "市应急管理局")
    return services.publish(clerk, plan.pk, on, "县政府网站")


def test_it_needs_a_reason(public_plan: Plan, clerk: User) -> None:
    with pytest.raises(Refusal, match="reason_missing"):
        services.amend(clerk, public_plan.pk, "  ")


def test_the_old_edition_holds_until_the_new_one_is_approved(
    public_plan: Plan, approve: Callable[[Plan], Plan], clerk: User
) -> None:
    new = services.amend(clerk, public_plan.pk, "上级增加任务")
    add_round(clerk, new.pk, fields(title="第三次双随机抽查", first_day=date(YEAR, 11, 1), last_day=date(YEAR, 11, 30)))
    assert queries.plan_in_force(YEAR) == public_plan
    assert len(titles(queries.rounds_to_hold(YEAR))) == 3
    approve(new)
    public_plan.refresh_from_db()
    assert public_plan.state == State.AMENDED
    assert queries.plan_in_force(YEAR) == new
    assert titles(queries.rounds_to_hold(YEAR))[-1] == "第三次双随机抽查"
    assert titles(public_plan.rounds.all()) == titles(new.rounds.all())[:4]
    assert [each.code for each in new.rounds.all()] == [f"{YEAR}-0{n}" for n in (1, 2, 3, 4, 5)]


def test_the_public_reads_the_published_edition_until_the_new_one_is_published(
    public_plan: Plan, approve: Callable[[Plan], Plan], clerk: User
) -> None:
    new = approve(services.amend(clerk, public_plan.pk, "上级增加任务"))
    page = Client().get(f"/plan/public/{YEAR}/").content.decode()
    assert "第2版" not in page
    assert "本版已被修订" in page
    assert Client().get(f"/plan/public/{YEAR}/?edition=2").status_code == 404
    services.file(clerk, new.pk, new.approved_on or date.today(), "市应急管理局")
    services.publish(clerk, new.pk, new.approved_on or date.today(), "县政府网站")
    page = Client().get(f"/plan/public/{YEAR}/").content.decode()
    assert "上级增加任务" in page
    assert "本版已被修订" in Client().get(f"/plan/public/{YEAR}/?edition=1").content.decode()


def test_the_difference_names_each_change(
    public_plan: Plan, clerk: User, people: dict[str, User], client_of: Callable[[str], Client]
) -> None:
    new = services.amend(clerk, public_plan.pk, "人员变动")
    figures = services.Figures("青禾县应急管理局", 9, new.days_each, {"综合监管": 1035}, {"值班": 500})
    services.change_figures(clerk, new.pk, new.version, figures)
    first, second, key, _ = new.rounds.all()
    change_round(clerk, first.pk, first.version, fields(population=500))
    drop_round(clerk, second.pk)
    key_list.add_firms(clerk, new.pk, [("91370830MA3C000115", "甲公司")], "high_risk", "", key.pk)
    new.refresh_from_db()
    found = differences(public_plan, new)
    assert ("纳入计划执法人员", "8", "9") in found
    assert ("非执法工作日", "值班 500、学习、培训、会议 35", "值班 500") in found
    assert (f"{YEAR}-01 名录户数", "400", "500") in found
    assert [after for field, _, after in found if field == f"轮次 {YEAR}-02"] == ["（删去）"]
    assert ("重点单位名单增加", "", "甲公司") in found
    assert len(found) == 5
    page = client_of("supervisor").get(f"/plan/{new.pk}/diff/").content.decode()
    assert "<del>400</del>" in page
    assert "<ins>500</ins>" in page


def test_only_one_amendment_is_underway(public_plan: Plan, clerk: User) -> None:
    services.amend(clerk, public_plan.pk, "人员变动")
    with pytest.raises(Refusal, match="amendment_underway"):
        services.amend(clerk, public_plan.pk, "再改")


def test_a_code_is_never_used_twice(public_plan: Plan, clerk: User) -> None:
    new = services.amend(clerk, public_plan.pk, "调整")
    drop_round(clerk, new.rounds.get(code=f"{YEAR}-04").pk)
    assert add_round(clerk, new.pk, fields(title="补充")).code == f"{YEAR}-05"


def test_a_round_that_was_drawn_stays_as_it_was(
    public_plan: Plan, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = services.amend(clerk, public_plan.pk, "调整")
    monkeypatch.setattr("sunlot.office.plan.held.HELD_ROUNDS", [*HELD_ROUNDS, lambda year: [f"{year}-01"]])
    first = new.rounds.get(code=f"{YEAR}-01")
    with pytest.raises(Refusal, match="round_held"):
        change_round(clerk, first.pk, first.version, fields(population=500))
    with pytest.raises(Refusal, match="round_held"):
        drop_round(clerk, first.pk)


def test_next_years_draft_begins_with_what_is_in_force(public_plan: Plan, clerk: User) -> None:
    following = services.draft(clerk, YEAR + 1, "青禾县应急管理局", 8)
    assert dict(following.other) == {"综合监管": 1035}
    first = following.rounds.all()[0]
    assert (first.code, first.first_day) == (f"{YEAR + 1}-01", date(YEAR + 1, 3, 1))
