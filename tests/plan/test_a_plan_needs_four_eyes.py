"""A plan takes the way of its table: drafted, submitted, approved by a second person, filed, published; who asks cannot approve."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from plans import YEAR, fields, titles
from sunlot.office.accounts.models import User
from sunlot.office.approvals.services import grant, refuse, withdraw
from sunlot.office.journal.audit import audit
from sunlot.office.journal.models import Event
from sunlot.office.plan import queries, services
from sunlot.office.plan.models import Plan
from sunlot.office.plan.rounds import add_round, change_round
from sunlot.office.plan.states import MOVES, State
from sunlot.office.shell.forms import StaleEdit
from sunlot.refusal import Refusal


def test_the_table_names_every_state_and_ends_with_the_amended_or_given_up() -> None:
    assert set(MOVES) == set(State)
    assert [state for state, next_ones in MOVES.items() if not next_ones] == [State.AMENDED, State.DROPPED]


def test_what_a_second_person_approves_is_in_force(plan: Plan, approve: Callable[[Plan], Plan]) -> None:
    assert queries.plan_in_force(YEAR) is None
    assert not queries.rounds_to_hold(YEAR).exists()
    assert approve(plan).state == State.APPROVED
    assert queries.plan_in_force(YEAR) == plan
    assert titles(queries.rounds_to_hold(YEAR)) == ["第一次双随机抽查", "夜查行动", "第二次双随机抽查"]


def test_who_submits_cannot_approve(plan: Plan, people: dict[str, User]) -> None:
    asked = services.submit(people["chief"], plan.pk, "请审批")
    with pytest.raises(Refusal, match="own_request"):
        grant(people["chief"], asked.pk)
    plan.refresh_from_db()
    assert plan.state == State.PENDING


def test_a_second_clerk_cannot_approve_either(plan: Plan, people: dict[str, User]) -> None:
    asked = services.submit(people["clerk"], plan.pk, "请审批")
    with pytest.raises(Refusal, match="not_an_approver"):
        grant(people["clerk2"], asked.pk)


def test_a_submitted_plan_cannot_be_changed(plan: Plan, clerk: User) -> None:
    services.submit(clerk, plan.pk, "请审批")
    with pytest.raises(Refusal, match="not_a_draft"):
        add_round(clerk, plan.pk, fields())


def test_what_was_turned_down_becomes_a_draft_again(plan: Plan, people: dict[str, User]) -> None:
    asked = services.submit(people["clerk"], plan.pk, "请审批")
    with pytest.raises(Refusal, match="still_asked"):
        services.take_back(people["clerk"], plan.pk)
    refuse(people["chief"], asked.pk, "重点单位不全")
    assert services.take_back(people["clerk"], plan.pk).state == State.DRAFT
    withdraw(people["clerk"], services.submit(people["clerk"], plan.pk, "再次送审").pk)
    assert services.take_back(people["clerk"], plan.pk).state == State.DRAFT


def test_filing_comes_before_publication_and_neither_before_approval_nor_from_the_future(
    plan: Plan, approve: Callable[[Plan], Plan], clerk: User
) -> None:
    with pytest.raises(Refusal, match="not_the_order"):
        services.file(clerk, plan.pk, date.today(), "市局")
    on = approve(plan).approved_on
    assert on
    with pytest.raises(Refusal, match="not_the_order"):
        services.publish(clerk, plan.pk, on, "县政府网站")
    with pytest.raises(Refusal, match="too_early"):
        services.file(clerk, plan.pk, date(2020, 1, 1), "市局")
    with pytest.raises(Refusal, match="not_yet"):
        services.file(clerk, plan.pk, date(YEAR + 9, 1, 1), "市局")
    services.file(clerk, plan.pk, on, "市应急管理局", "青政字〔2027〕1号")
    assert services.publish(clerk, plan.pk, on, "县政府网站").state == State.PUBLISHED


def test_two_people_at_once_do_not_overwrite_each_other(plan: Plan, people: dict[str, User]) -> None:
    each = plan.rounds.all()[0]
    change_round(people["clerk"], each.pk, 1, fields(title="甲改"))
    with pytest.raises(StaleEdit):
        change_round(people["clerk2"], each.pk, 1, fields(title="乙改"))


def test_every_row_equals_what_its_events_say(
    plan: Plan, approve: Callable[[Plan], Plan], office: Path, clerk: User
) -> None:
    services.amend(clerk, approve(plan).pk, "人员变动")
    assert [finding for finding in audit().findings if "plan" in finding.obj] == []
    assert Event.objects.filter(act="plan.round_added").count() == 8
