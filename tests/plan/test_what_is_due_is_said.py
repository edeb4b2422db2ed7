"""The first page says that next year's plan, a filing, a publication or a draw is due, by when, and why."""

from collections.abc import Callable
from datetime import date

import pytest

from plans import YEAR
from sunlot.office.accounts.models import User
from sunlot.office.approvals.services import refuse
from sunlot.office.plan import known, services
from sunlot.office.plan.deadlines import filing_due, publication_due
from sunlot.office.plan.models import Plan
from sunlot.office.plan.todo import todos


def lines(user: User, today: date) -> list[tuple[str, date | None, str]]:
    return [(todo.title, todo.due, todo.state) for todo in todos(user, today)]


def test_next_years_plan_is_due_at_the_end_of_this_year(people: dict[str, User]) -> None:
    now = lines(people["clerk"], date(2026, 11, 25))
    assert ("2027 年度计划尚未起草", date(2026, 12, 31), "due") in now
    assert ("2026 年度计划尚未起草", date(2025, 12, 31), "late") in now
    assert [line for line in lines(people["clerk"], date(2026, 9, 1)) if "2027" in line[0]] == []


def test_a_draft_waits_to_be_submitted(plan: Plan, people: dict[str, User]) -> None:
    found = lines(people["chief"], date(2026, 12, 1))
    assert ("2027年度监督检查计划尚未送审", date(2026, 12, 31), "due") in found


def test_what_was_turned_down_blocks_with_the_remark(plan: Plan, people: dict[str, User]) -> None:
    asked = services.submit(people["clerk"], plan.pk, "请审批")
    refuse(people["chief"], asked.pk, "重点单位不全")
    (line,) = [todo for todo in todos(people["clerk"], date(2026, 12, 1)) if todo.state == "blocked"]
    assert "重点单位不全" in line.hint


@pytest.fixture
def approved(plan: Plan, approve: Callable[[Plan], Plan]) -> Plan:
    """Approved on 2027-01-20."""
    plan = approve(plan)
    plan.approved_on = date(2027, 1, 20)
    plan.save()
    return plan


def test_filing_and_publication_are_counted_in_workdays(approved: Plan, people: dict[str, User]) -> None:
    policy = known.policy_for(YEAR, date(2027, 1, 20))
    filing, publication = filing_due(approved, policy), publication_due(approved, policy)
    assert (filing.day, publication.day) == (date(2027, 2, 3), date(2027, 2, 17))
    assert "自 2027-01-20 批准起 10 个工作日" in filing.why
    assert "2027年的放假安排尚未公布" in filing.note
    assert filing.left(date(2027, 2, 1)) == 2
    found = lines(people["clerk"], date(2027, 2, 5))
    assert ("2027年度监督检查计划待备案", date(2027, 2, 3), "late") in found
    assert ("2027年度监督检查计划待公布", date(2027, 2, 17), "due") in found


def test_the_day_the_province_names_comes_first(approved: Plan) -> None:
    approved.approved_on = date(2027, 3, 25)
    policy = known.policy_for(YEAR, date(2027, 3, 25))
    due = publication_due(approved, policy)
    assert (due.day, "鲁政办发〔2025〕3号" in due.why) == (date(2027, 3, 31), True)


def test_a_window_that_comes_without_a_draw_is_named(
    approved: Plan, people: dict[str, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    def waiting(today: date) -> list[tuple[str, date | None, str]]:
        return [line for line in lines(people["clerk"], today) if "待抽取" in line[0]]

    assert waiting(date(2027, 1, 20)) == []
    assert [line[1:] for line in waiting(date(2027, 2, 10))] == 2 * [(date(2027, 3, 1), "due")]
    assert [line[2] for line in waiting(date(2027, 3, 2))] == ["late", "late"]
    monkeypatch.setattr("sunlot.office.plan.held.HELD_ROUNDS", [lambda year: ["2027-01"]])
    assert [line[0] for line in waiting(date(2027, 3, 2))] == ["轮次 2027-04 夜查行动 待抽取"]


def test_others_have_nothing_to_do_here(plan: Plan, people: dict[str, User]) -> None:
    assert all(lines(people[role], date(2026, 12, 1)) == [] for role in ("inspector", "auditor", "partner", "leading"))
