"""Legal review is for whoever has the qualification, entered by two persons, and is neither officer nor approver of the case."""

from collections.abc import Callable
from datetime import date

import pytest

from cases.conftest import SMALL, Way
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.cases import investigating, reviewing
from sunlot.office.cases.models import ReviewerQualification
from sunlot.office.cases.people import is_reviewer
from sunlot.office.cases.queries import to_review
from sunlot.refusal import Refusal

Ways = Callable[..., Way]


def qualify(people: dict[str, User], holder: User, by: str = "chief2") -> None:
    asked = reviewing.ask_to_qualify(people["clerk"], holder.pk, "exam", "A1", date(2020, 1, 1), "审核人员")
    approvals.grant(people[by], asked.pk)


def test_without_the_qualification_nobody_reviews(way: Ways) -> None:
    one = way().opened().proposed()
    with pytest.raises(Refusal, match="法律职业资格（行政处罚法第58条第2款）"):
        one.reviewed("chief2")


def test_an_officer_of_the_case_does_not_review_it_not_even_after_he_left(way: Ways, people: dict[str, User]) -> None:
    one = way().opened().proposed()
    qualify(people, one.officers[1])
    with pytest.raises(Refusal, match="承办人不能审核自己的案件"):
        reviewing.review(one.officers[1], one.case.pk, True, "通过")


def test_who_proposed_it_for_the_officers_does_not_review_it(way: Ways, people: dict[str, User]) -> None:
    one = way().opened()
    investigating.collect(one.people["clerk2"], one.case.pk, "record", "现场检查记录", one.day, "visit/12")
    investigating.propose(one.people["clerk2"], one.case.pk, one.fresh().version, SMALL)
    assert not to_review(people["clerk2"], one.day).exists()
    with pytest.raises(Refusal, match="提出了处理意见，不能再审核"):
        one.reviewed("clerk2")


def test_who_opened_it_does_not_review_it(way: Ways, people: dict[str, User]) -> None:
    one = way().opened().proposed()
    qualify(people, people["chief"])
    with pytest.raises(Refusal, match="立案审批人"):
        one.reviewed("chief")


def test_who_reviewed_it_does_not_decide_it(way: Ways, people: dict[str, User]) -> None:
    one = way().opened().proposed()
    qualify(people, people["chief2"], "chief")
    one.reviewed("chief2").told().later(8)
    with pytest.raises(Refusal, match="法制审核人员不能再批准"):
        one.decided("chief2")
    one.granted("cases.decide", "chief")


def test_a_review_needs_an_opinion_and_may_send_the_case_back(way: Ways) -> None:
    one = way().opened().proposed()
    with pytest.raises(Refusal, match="审核意见"):
        reviewing.review(one.people["clerk2"], one.case.pk, True, " ")
    reviewing.review(one.people["clerk2"], one.case.pk, False, "证据不足，补充询问笔录")
    assert one.fresh().state == "open" and one.case.reviewed_at is None


def test_two_persons_enter_it_and_the_holder_is_none_of_them(people: dict[str, User], county: dict[str, User]) -> None:
    holder = people["chief"]
    asked = reviewing.ask_to_qualify(people["clerk"], holder.pk, "exam", "A1", date(2020, 1, 1), "审核")
    with pytest.raises(Refusal, match="本人的法制审核资格"):
        approvals.grant(holder, asked.pk)
    assert not is_reviewer(holder, date(2023, 8, 20))
    approvals.grant(people["leading"], asked.pk)
    assert is_reviewer(holder, date(2023, 8, 20)) and not is_reviewer(holder, date(2019, 12, 31))


def test_it_ends_and_stays_in_the_list(way: Ways, reviewer: User, people: dict[str, User]) -> None:
    one = way().opened().proposed()
    row = ReviewerQualification.objects.get()
    reviewing.ask_to_end(people["clerk"], row.pk, "调离")
    approvals.grant(people["chief"], Approval.objects.get(kind="cases.reviewer", state="pending").pk)
    with pytest.raises(Refusal, match="没有登记有效的法制审核资格"):
        one.reviewed()
    assert ReviewerQualification.objects.count() == 1
    with pytest.raises(Refusal, match="已于"):
        reviewing.ask_to_end(people["clerk"], row.pk, "再次")


def test_who_began_after_2018_needs_the_exam(people: dict[str, User], county: dict[str, User]) -> None:
    with pytest.raises(Refusal, match="须取得法律职业资格"):
        reviewing.ask_to_qualify(people["clerk"], people["chief"].pk, "before", "文件1号", date(2019, 1, 1), "审核")
    with pytest.raises(Refusal, match="三员不作法制审核"):
        reviewing.ask_to_qualify(people["clerk"], people["auditor"].pk, "exam", "A1", date(2019, 1, 1), "审核")
