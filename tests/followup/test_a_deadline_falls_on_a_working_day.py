"""Deadlines in workdays run over weekends and holidays, and are never one; reminders and extensions go by them."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from followup.conftest import GENERAL, Flawed, day, ordered, served
from lottery.conftest import Clock
from sunlot.codes.workdays import is_workday
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.followup import evidence, extensions, orders, queries
from sunlot.office.followup.deadlines import Term, deadline
from sunlot.office.followup.models import Extension, Order
from sunlot.office.papers.models import Paper
from sunlot.refusal import Refusal

People = dict[str, User]


@given(some.dates(date(2023, 1, 1), date(2026, 12, 1)), some.integers(1, 60))
def test_a_deadline_in_workdays_is_a_working_day_after_the_first(start: date, count: int) -> None:
    last = deadline(start, Term(workdays=count)).day
    assert last > start and is_workday(last)
    assert sum(is_workday(start + timedelta(step)) for step in range(1, (last - start).days + 1)) == count


def test_the_national_day_holiday_does_not_count(people: People, flawed: Flawed) -> None:
    """2023: 29 September to 6 October off; 7 and 8 October, a weekend, worked."""
    order = ordered(people["clerk"], flawed(GENERAL), Term(workdays=7))
    assert (order.issued_on, order.deadline) == (day("2023-09-20"), day("2023-10-07"))


def test_a_day_must_come_after_the_first_and_stand_alone(people: People, flawed: Flawed) -> None:
    visit = flawed(GENERAL)
    for term, words in (
        (Term(day=day("2023-09-20")), "应晚于下达日期"),
        (Term(), "填写日期"),
        (Term(day=day("2023-10-01"), workdays=3), "两者填一项"),
        (Term(workdays=0), "应为 1 到 250"),
    ):
        with pytest.raises(Refusal, match=words):
            ordered(people["clerk"], visit, term)
    assert ordered(people["clerk"], visit, Term(day=day("2023-09-28"))).deadline == day("2023-09-28")


def test_a_day_of_rest_is_told_with_the_next_working_day_and_ends_on_it(people: People, flawed: Flawed) -> None:
    visit = flawed(GENERAL)
    with pytest.raises(Refusal, match=r"2023-10-01 是休息日.*请改填 2023-10-07"):
        ordered(people["clerk"], visit, Term(day=day("2023-10-01")))
    order = ordered(people["clerk"], visit, Term(day=day("2023-10-01"), put_off=True))
    assert order.deadline == order.first_deadline == day("2023-10-07")
    assert json.loads(Paper.objects.get(obj=order.obj).body)["fields"]["deadline"] == "2023-10-07"
    orders.serve(people["clerk"], order.pk, order.issued_on, "王某", "direct")
    with pytest.raises(Refusal, match=r"申请延至 2023-10-15 是休息日.*请改填 2023-10-16"):
        extensions.request(order.pk, "u/firm", day("2023-10-15"), "设备到货晚")


def test_a_year_with_its_holiday_table_needs_no_remark(people: People, flawed: Flawed) -> None:
    order = ordered(people["clerk"], flawed(GENERAL), Term(workdays=250))
    assert order.remark == "" and is_workday(order.deadline)


def test_the_recheck_is_reckoned_from_the_report_or_the_deadline(people: People, flawed: Flawed, clock: Clock) -> None:
    order = served(people["clerk"], flawed(GENERAL))
    assert (order.deadline, order.recheck_by) == (day("2023-10-07"), day("2023-10-19"))
    clock.at = "2023-09-22T04:00:00Z"
    evidence.hand_in(order.pk, "u/firm", "完成", [], done=True)
    order.refresh_from_db()
    assert order.recheck_by == day("2023-10-12")


def test_who_is_late_is_told(people: People, flawed: Flawed, clock: Clock) -> None:
    order = served(people["clerk"], flawed(GENERAL))
    assert not queries.nearly_due(day("2023-10-03")).exists()
    assert list(queries.nearly_due(day("2023-10-04"))) == [order]
    assert not queries.recheck_due(day("2023-10-07")).exists()
    assert list(queries.recheck_due(day("2023-10-08"))) == [order]
    assert not queries.late(day("2023-10-19")).exists()
    assert list(queries.late(day("2023-10-20"))) == [order]


def test_an_order_is_served_between_its_issue_and_today(people: People, flawed: Flawed) -> None:
    order = ordered(people["clerk"], flawed(GENERAL))
    for on in ("2023-09-19", "2023-09-21"):
        with pytest.raises(Refusal, match="送达日期应在"):
            orders.serve(people["clerk"], order.pk, day(on), "王某", "direct")
    with pytest.raises(Refusal, match="请填写签收人"):
        orders.serve(people["clerk"], order.pk, day("2023-09-20"), " ", "direct")
    orders.serve(people["clerk"], order.pk, day("2023-09-20"), "王某", "direct")
    with pytest.raises(Refusal, match="不能“送达”"):
        orders.serve(people["clerk"], order.pk, day("2023-09-20"), "王某", "direct")


def test_the_firm_asks_for_more_time_and_a_second_person_gives_it(people: People, flawed: Flawed, clock: Clock) -> None:
    order = served(people["clerk"], flawed(GENERAL))
    extension = extensions.request(order.pk, "u/firm", day("2023-10-20"), "设备到货晚")
    with pytest.raises(Refusal, match="已有一份延期申请"):
        extensions.ask(people["clerk"], order.pk, day("2023-10-25"), "再等等")
    extensions.submit(people["clerk"], extension.pk, "情况属实")
    approval = Approval.objects.get(kind=extensions.EXTEND)
    with pytest.raises(Refusal, match="不能审批自己的申请"):
        approvals.grant(people["clerk"], approval.pk)
    clock.at = "2023-10-09T04:00:00Z"  # granted after the old deadline: it was asked for in time
    approvals.grant(people["chief"], approval.pk)
    order.refresh_from_db()
    assert (order.first_deadline, order.deadline) == (day("2023-10-07"), day("2023-10-20"))
    assert order.recheck_by == day("2023-11-03")
    row = Extension.objects.get()
    assert (row.before, row.wanted, row.granted) == (day("2023-10-07"), day("2023-10-20"), True)
    assert list(queries.days_moved()) == [order]


def test_more_time_is_refused_too_late_too_short_and_without_a_reason(
    people: People, flawed: Flawed, clock: Clock
) -> None:
    order = served(people["clerk"], flawed(GENERAL))
    for wanted, reason, words in (
        ("2023-10-07", "晚", "应晚于现在的期限"),
        ("2023-10-20", " ", "写明理由"),
    ):
        with pytest.raises(Refusal, match=words):
            extensions.request(order.pk, "u/firm", day(wanted), reason)
    clock.at = "2023-10-08T04:00:00Z"
    with pytest.raises(Refusal, match="期限届满前申请"):
        extensions.request(order.pk, "u/firm", day("2023-10-20"), "晚")


def test_a_request_that_was_turned_down_makes_room_for_another(people: People, flawed: Flawed) -> None:
    order = served(people["clerk"], flawed(GENERAL))
    extensions.ask(people["clerk"], order.pk, day("2023-10-20"), "设备到货晚")
    approvals.refuse(people["chief"], Approval.objects.get(kind=extensions.EXTEND).pk, "理由不足")
    extensions.ask(people["clerk"], order.pk, day("2023-10-12"), "只需三天")
    assert Order.objects.get(pk=order.pk).deadline == day("2023-10-07")
