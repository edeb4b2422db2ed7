"""What a signed record found is ordered to be put right, served, reported, rechecked by the drawn team, and closed or left."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from followup.conftest import (
    GENERAL,
    JPEG,
    MAJOR,
    PDF,
    WHERE,
    Flawed,
    file,
    find,
    ids,
    inspector,
    ordered,
    reported,
    served,
)
from lottery.conftest import Clock
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.followup import evidence, orders, queries, rechecks
from sunlot.office.followup.deadlines import Term
from sunlot.office.followup.models import Order, Verdict
from sunlot.office.followup.orders import Wanted
from sunlot.office.followup.states import OrderState
from sunlot.office.followup.verdicts import Judged
from sunlot.office.journal.audit import audit, findings_besides
from sunlot.office.journal.models import Event
from sunlot.office.papers.models import Paper
from sunlot.office.shell.forms import StaleEdit
from sunlot.office.visits.models import Visit
from sunlot.office.visits.steps import cancel, notify
from sunlot.refusal import Refusal
from visits.conftest import Phone, officers

People = dict[str, User]
Phones = Callable[[str], Phone]


def judged(order: Order, *verdicts: str) -> dict[int, Judged]:
    """Return verdicts for the problems of an order in their order; what is not put right comes with a note."""
    rows = order.problems.order_by("position")
    return {
        row.pk: Judged(verdict, "" if verdict == "corrected" else "还差一处")
        for row, verdict in zip(rows, verdicts, strict=True)
    }


def conclude(user: User, order: Order, *verdicts: str) -> Order:
    fresh = Order.objects.get(pk=order.pk)
    return rechecks.conclude(user, order.pk, fresh.version, judged(fresh, *verdicts), "复查意见")


def again(people: People, phone_of: Phones, clock: Clock, order: Order, *findings: dict[str, Any]) -> Visit:
    """Hold the recheck of an order at the next possible time: arranged, approved, notified, signed."""
    recheck = rechecks.arrange(people["clerk"], order.pk, clock_day(clock), clock_day(clock))
    assert recheck.visit is not None
    approvals.grant(people["chief"], Approval.objects.get(obj=recheck.visit.obj).pk)
    notify(people["clerk"], [recheck.visit.pk], "电话通知")
    for person in officers(recheck.visit):
        phone_of(person)
    return find(recheck.visit, phone_of, findings, at=clock.at)


def clock_day(clock: Clock) -> Any:
    from sunlot.office.visits.moment import day_of

    return day_of(clock.at)


def test_its_problems_are_those_of_the_signed_record(people: People, flawed: Flawed) -> None:
    visit = flawed(GENERAL, MAJOR, {**GENERAL, "text": "灭火器过期", "corrected": True})
    order = ordered(people["clerk"], visit)
    rows = {row.text: (row.severity, row.article, row.listed) for row in order.problems.all()}
    assert rows == {
        "标志褪色": ("general", "安全生产法第35条", True),
        "安全出口封堵": ("major", "安全生产法第42条", True),
    }
    assert order.record.sha256 == visit.records.get().sha256
    event = Event.objects.get(act="order.issued")
    assert "标志褪色" not in event.leaf and visit.firm_name not in event.leaf and visit.firm_id not in event.leaf


def test_a_problem_that_is_not_in_the_record_is_refused(people: People, flawed: Flawed) -> None:
    from dataclasses import replace

    from followup.conftest import WHERE
    from sunlot.office.followup.orders import Wanted

    visit = flawed()
    wanted = Wanted(["00000000-0000-0000-0000-000000000000"], Term(workdays=3), **WHERE)
    with pytest.raises(Refusal, match="不在已签字的检查记录中"):
        orders.issue(people["clerk"], visit.pk, wanted)
    with pytest.raises(Refusal, match="请勾选"):
        orders.issue(people["clerk"], visit.pk, replace(wanted, findings=[]))


def test_an_unsigned_visit_gives_no_order(people: People, ready: Callable[..., Visit]) -> None:
    from followup.conftest import WHERE
    from sunlot.office.followup.orders import Wanted

    with pytest.raises(Refusal, match="还没有签字的检查记录"):
        orders.issue(people["clerk"], ready().pk, Wanted(["x"], Term(workdays=3), **WHERE))


def test_two_persons_cannot_order_the_same_problem(people: People, flawed: Flawed, phone_of: Phones) -> None:
    visit = flawed()
    ordered(people["clerk"], visit)
    with pytest.raises(Refusal, match="不能重复下达"):
        ordered(inspector(phone_of, visit), visit)
    assert Order.objects.count() == 1


def test_an_inspector_follows_up_only_where_he_was_sent(people: People, flawed: Flawed, phone_of: Phones) -> None:
    visit = flawed()
    stranger = next(f"R{n:03d}" for n in range(8) if f"R{n:03d}" not in officers(visit))
    with pytest.raises(Refusal, match="只有这次检查的检查组成员"):
        ordered(phone_of(stranger).user, visit)
    order = ordered(inspector(phone_of, visit), visit)
    assert list(queries.visible_orders(inspector(phone_of, visit))) == [order]
    assert not queries.visible_orders(phone_of(stranger).user).exists()
    assert list(queries.visible_orders(people["auditor"])) == [order]


def test_a_visit_waits_for_its_order_or_a_note_why_not(people: People, flawed: Flawed) -> None:
    visit = flawed()
    assert queries.to_order(queries.unordered(), 20) == [visit]
    with pytest.raises(Refusal, match="写明理由"):
        orders.waive(people["clerk"], visit.pk, " ")
    orders.waive(people["clerk"], visit.pk, "已另案处理")
    assert queries.to_order(queries.unordered(), 20) == [visit]  # one of its problems is major: a second person decides
    approvals.grant(people["chief"], Approval.objects.get(kind="followup.waive-major").pk)
    assert queries.to_order(queries.unordered(), 20) == []


def test_a_cancelled_order_leaves_its_problems_open(people: People, flawed: Flawed) -> None:
    visit = flawed()
    order = ordered(people["clerk"], visit)
    orders.cancel(people["clerk"], order.pk, "期限写错")
    assert queries.to_order(queries.unordered(), 20) == [visit]
    ordered(people["clerk"], visit)


def test_the_drawn_team_rechecks_and_closes(people: People, flawed: Flawed, phone_of: Phones, clock: Clock) -> None:
    visit = flawed(GENERAL)
    order = reported(people["clerk"], visit)
    assert order.state == OrderState.REPORTED and order.reported_at is not None
    clock.at = "2023-09-25T04:00:00Z"
    recheck = again(people, phone_of, clock, order)
    assert recheck.kind == "recheck" and officers(recheck) == officers(visit)
    assert conclude(inspector(phone_of, visit), order, "corrected").state == OrderState.CLOSED
    last = Order.objects.get(pk=order.pk).rechecks.get()
    assert (last.verdicts, last.visit_id) == ([[1, "corrected"]], recheck.pk)
    assert audit().findings == []


def test_a_major_hazard_is_closed_only_by_a_second_person(
    people: People, flawed: Flawed, phone_of: Phones, clock: Clock
) -> None:
    visit = flawed()
    order = reported(people["clerk"], visit)
    clock.at = "2023-09-25T04:00:00Z"
    again(people, phone_of, clock, order)
    assert conclude(people["clerk"], order, "corrected", "corrected").state == OrderState.CONFIRM
    approval = Approval.objects.get(kind=rechecks.CLOSE)
    with pytest.raises(Refusal, match="不能审批自己的申请"):
        approvals.grant(people["clerk"], approval.pk)
    with pytest.raises(Refusal, match="等待复核"):
        conclude(people["clerk"], order, "corrected", "not")
    approvals.refuse(people["chief"], approval.pk, "照片看不清")
    assert conclude(people["clerk"], order, "corrected", "corrected").state == OrderState.CONFIRM
    approvals.grant(people["chief"], Approval.objects.get(kind=rechecks.CLOSE, state="pending").pk)
    order.refresh_from_db()
    assert (order.state, str(order.closed_on)) == (OrderState.CLOSED, "2023-09-25")
    assert audit().findings == []


def test_what_is_left_becomes_the_proposal_of_a_case_and_can_be_rechecked(
    people: People, flawed: Flawed, phone_of: Phones, clock: Clock
) -> None:
    visit = flawed(GENERAL)
    order = served(people["clerk"], visit)
    clock.at = "2023-10-17T04:00:00Z"
    assert list(queries.recheck_due(clock_day(clock))) == [order]
    again(people, phone_of, clock, order, GENERAL)
    assert conclude(people["clerk"], order, "partly").state == OrderState.LEFT
    assert list(queries.without_case()) == [order]
    orders.propose_case(people["clerk"], order.pk, "逾期未改")
    assert list(queries.case_proposals()) == [order] and not queries.without_case().exists()
    clock.at = "2023-11-02T04:00:00Z"
    again(people, phone_of, clock, order)
    assert conclude(people["clerk"], order, "corrected").state == OrderState.CLOSED
    assert [one.verdicts for one in order.rechecks.order_by("pk")] == [[[1, "partly"]], [[1, "corrected"]]]


def test_nothing_is_judged_before_the_recheck_is_signed(people: People, flawed: Flawed, clock: Clock) -> None:
    visit = flawed(GENERAL)
    order = reported(people["clerk"], visit)
    rechecks.arrange(people["clerk"], order.pk, clock_day(clock), clock_day(clock))
    with pytest.raises(Refusal, match="还没有签字完成"):
        conclude(people["clerk"], order, "corrected")


def test_without_a_visit_only_the_team_judges_by_what_was_handed_in(
    people: People, flawed: Flawed, phone_of: Phones
) -> None:
    visit = flawed(GENERAL)
    order = served(people["clerk"], visit)
    evidence.hand_in(order.pk, "u/firm", "已整改", [], done=True)
    with pytest.raises(Refusal, match="没有整改的照片"):
        conclude(inspector(phone_of, visit), order, "corrected")
    evidence.hand_in(order.pk, "u/firm", "", [file(), file(PDF, "台账.pdf")])
    with pytest.raises(Refusal, match="由原检查组成员认定"):
        conclude(people["clerk"], order, "corrected")
    for _again in range(2):  # one person is not two
        assert conclude(inspector(phone_of, visit), order, "corrected").state == OrderState.REPORTED
    assert not Paper.objects.filter(kind="recheck").exists()
    second = phone_of(officers(visit)[1]).user
    assert conclude(second, order, "partly").state == OrderState.REPORTED
    assert conclude(inspector(phone_of, visit), order, "corrected").state == OrderState.REPORTED
    assert conclude(second, order, "corrected").state == OrderState.CLOSED
    assert Order.objects.get(pk=order.pk).rechecks.get().verdicts == [[1, "corrected"]]
    assert Paper.objects.filter(kind="recheck").count() == 1 and audit().findings == []


def test_the_verdict_never_contradicts_the_signed_record(
    people: People, flawed: Flawed, phone_of: Phones, clock: Clock
) -> None:
    visit = flawed(GENERAL, MAJOR)
    order = reported(people["clerk"], visit)
    clock.at = "2023-09-25T04:00:00Z"
    again(people, phone_of, clock, order, {**GENERAL, "text": "标志仍然褪色"})
    positions = {row.text: row.position for row in order.problems.all()}
    words = ["partly" if positions["标志褪色"] == position else "corrected" for position in (1, 2)]
    for user in (people["clerk"], inspector(phone_of, visit)):
        with pytest.raises(Refusal, match="仍写有“标志仍然褪色”"):
            conclude(user, order, "corrected", "corrected")
    with pytest.raises(Refusal, match="由复查组的执法人员填写"):
        conclude(people["clerk"], order, "not", "not")
    assert not order.problems.exclude(verdict=Verdict.OPEN).exists()
    assert conclude(people["clerk"], order, *words).state == OrderState.LEFT


def test_what_is_not_put_right_needs_a_note_and_every_problem_a_verdict(
    people: People, flawed: Flawed, phone_of: Phones
) -> None:
    visit = flawed()
    order = reported(people["clerk"], visit)
    user = inspector(phone_of, visit)
    first = order.problems.order_by("position")[0]
    with pytest.raises(Refusal, match="第 2 个问题没有填写"):
        rechecks.conclude(user, order.pk, order.version, {first.pk: Judged("corrected")}, "意见")
    with pytest.raises(Refusal, match="请说明还差什么"):
        rechecks.conclude(
            user, order.pk, order.version, {row.pk: Judged("not") for row in order.problems.all()}, "意见"
        )
    with pytest.raises(Refusal, match="请填写复查意见"):
        rechecks.conclude(user, order.pk, order.version, judged(order, "corrected", "corrected"), " ")
    assert not order.problems.exclude(verdict=Verdict.OPEN).exists()


def test_two_persons_never_judge_over_each_other(people: People, flawed: Flawed, phone_of: Phones) -> None:
    visit = flawed(GENERAL)
    order = reported(people["clerk"], visit)
    seen = order.version
    evidence.hand_in(order.pk, "u/firm", "补充", [], done=False)
    user = inspector(phone_of, visit)
    rechecks.conclude(user, order.pk, seen, judged(order, "not"), "意见")
    with pytest.raises(StaleEdit):
        rechecks.conclude(user, order.pk, seen, judged(order, "corrected"), "意见")


def test_others_go_only_with_a_reason_that_the_approver_reads(people: People, flawed: Flawed, clock: Clock) -> None:
    visit = flawed(GENERAL)
    order = reported(people["clerk"], visit)
    others = [f"R{n:03d}" for n in range(8) if f"R{n:03d}" not in officers(visit)][:2]
    today = clock_day(clock)
    with pytest.raises(Refusal, match="由原检查组"):
        rechecks.arrange(people["clerk"], order.pk, today, today, others)
    recheck = rechecks.arrange(people["clerk"], order.pk, today, today, others, "原检查组培训")
    assert recheck.visit is not None and officers(recheck.visit) == sorted(others)
    assert "另派人员：原检查组培训" in Approval.objects.get(obj=recheck.visit.obj).reason


def test_a_recheck_that_fell_away_is_arranged_anew(people: People, flawed: Flawed, clock: Clock) -> None:
    order = reported(people["clerk"], flawed(GENERAL))
    today = clock_day(clock)
    first = rechecks.arrange(people["clerk"], order.pk, today, today)
    with pytest.raises(Refusal, match="不能“安排复查”"):
        rechecks.arrange(people["clerk"], order.pk, today, today)
    assert first.visit is not None
    cancel(people["clerk"], first.visit.pk, "企业停电")
    rechecks.arrange(people["clerk"], order.pk, today, today)
    assert order.rechecks.count() == 2


def test_a_recheck_counts_against_no_cap(people: People, flawed: Flawed, clock: Clock) -> None:
    from sunlot.office.journal.services import deed
    from sunlot.office.roster.services import record_visit

    visit = flawed(GENERAL)
    with deed(by="u/1") as doing:
        for number in range(1, 9):
            record_visit(doing, visit.firm_id, clock_day(clock).replace(day=number), "key")
    order = reported(people["clerk"], visit)
    rechecks.arrange(people["clerk"], order.pk, clock_day(clock), clock_day(clock))


def test_the_file_is_kept_by_its_content(people: People, flawed: Flawed) -> None:
    from sunlot.office.followup.files import bytes_of, path_of

    order = served(people["clerk"], flawed(GENERAL))
    one = evidence.hand_in(order.pk, "u/firm", "照片", [file(), file(name="同一张.jpg")])
    (kept,) = one.files.all()
    assert (kept.media, bytes_of(kept)) == ("image/jpeg", JPEG)
    path_of(kept.sha256).write_bytes(b"altered")
    with pytest.raises(Refusal, match="缺失或被改动"):
        bytes_of(kept)
    (found,) = findings_besides()
    assert found.obj == order.obj and kept.sha256[:16] in found.text
    for data, words in (
        (b"<html>", "只接收这三种格式"),
        (b"", "只接收这三种格式"),
        (JPEG + b"x" * 12 * 2**20, "超过 12 MB"),
    ):
        with pytest.raises(Refusal, match=words):
            evidence.hand_in(order.pk, "u/firm", "", [file(data, "坏.jpg")])
    with pytest.raises(Refusal, match="请写明整改情况"):
        evidence.hand_in(order.pk, "u/firm", " ", [])


def test_its_paper_is_served_and_void_with_it(people: People, flawed: Flawed) -> None:
    visit = flawed(GENERAL)
    order = ordered(people["clerk"], visit)
    paper = Paper.objects.get(obj=order.obj)
    assert (paper.kind, paper.visit_id, paper.firm_id, paper.record) == (
        "rectification_order",
        visit.pk,
        visit.firm_id,
        order.record.sha256,
    )
    orders.cancel(people["clerk"], order.pk, "期限写错")
    approvals.grant(people["chief"], Approval.objects.get(kind="papers.void").pk)
    paper.refresh_from_db()
    assert paper.state == "void"
    again = served(people["clerk"], visit)
    second = Paper.objects.get(obj=again.obj)
    assert (second.sequence, second.served_to, second.served_how) == (2, "王某", "直接送达")


def test_of_two_at_the_same_moment_one_orders(people: People, flawed: Flawed) -> None:
    visit = flawed(GENERAL)
    said: list[str] = []
    together = Barrier(2)

    def order(user: User) -> None:
        together.wait()
        try:
            ordered(user, visit)
            said.append("ordered")
        except Refusal as refusal:
            said.append(refusal.kind)
        finally:
            connection.close()

    threads = [Thread(target=order, args=[people[name]]) for name in ("clerk", "chief")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["ordered", "ordered_already"]
    assert Order.objects.count() == 1 and audit().findings == []


def test_two_orders_of_one_firm_are_rechecked_on_one_day(
    people: People, flawed: Flawed, phone_of: Phones, clock: Clock
) -> None:
    visit = flawed(GENERAL, {**GENERAL, "text": "灭火器过期"})
    both = [
        orders.issue(people["clerk"], visit.pk, Wanted([problem], Term(workdays=7), **WHERE)) for problem in ids(visit)
    ]
    for order in both:
        orders.serve(people["clerk"], order.pk, order.issued_on, "王某", "direct")
        evidence.hand_in(order.pk, "u/firm", "已全部整改", [file()], done=True)
    visits = [again(people, phone_of, clock, order) for order in both]
    assert [one.state for one in visits] == ["done", "done"]
    assert visits[0].entry_id != visits[1].entry_id
    for order in both:
        assert conclude(people["clerk"], order, "corrected").state == OrderState.CLOSED
