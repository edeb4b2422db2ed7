"""Every shortcut round a right of the party is refused, and the refusal names the article."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from cases.conftest import Way
from sunlot.office.accounts.models import User
from sunlot.office.cases import deciding, executing, investigating, limits, opening, owing, telling
from sunlot.office.cases.models import Case
from sunlot.office.cases.states import State
from sunlot.office.inspectors.models import Certificate
from sunlot.refusal import Refusal

Ways = Callable[..., Way]


def ask(one: Way, late: str = "") -> None:
    deciding.ask_decision(one.people["clerk"], one.case.pk, "请批准", late)


def test_one_officer_alone_cannot_investigate(way: Ways) -> None:
    with pytest.raises(Refusal, match="行政处罚法第42条第1款"):
        way(team=("R000",))


def test_nor_somebody_whose_certificate_has_run_out(way: Ways) -> None:
    Certificate.objects.filter(inspector_id="R001").update(valid_to=date(2023, 1, 1))
    with pytest.raises(Refusal, match="R001 没有 2023-08-20 有效的执法证"):
        way()


def test_who_drew_it_up_cannot_open_it_and_neither_can_its_officer(way: Ways, people: dict[str, User]) -> None:
    one = way()
    User.objects.filter(pk=people["chief"].pk).update(person="R001")
    one.people["chief"].refresh_from_db()
    with pytest.raises(Refusal, match="承办人不能批准"):
        one.opened()
    one.granted("cases.open", "chief2")
    assert one.case.state == State.OPEN


def test_no_penalty_without_evidence(way: Ways) -> None:
    one = way().opened()
    with pytest.raises(Refusal, match="证据不足的，不得给予行政处罚（行政处罚法第40条）"):
        investigating.propose(one.officers[0], one.case.pk, one.case.version, investigating.Proposal(**_small()))


def _small() -> dict[str, object]:
    from cases.conftest import SMALL

    return dict(SMALL.__dict__)


def test_no_notice_and_no_decision_without_the_legal_review(way: Ways) -> None:
    one = way().opened().proposed()
    with pytest.raises(Refusal, match="待法制审核"):
        one.told()
    with pytest.raises(Refusal, match="待法制审核"):
        ask(one)


def test_no_decision_before_the_party_was_told(way: Ways) -> None:
    one = way().opened().proposed().reviewed()
    with pytest.raises(Refusal, match=r"未告知当事人.*行政处罚法第62条"):
        ask(one)


def test_no_decision_while_the_time_for_a_defence_runs(way: Ways) -> None:
    one = way().opened().proposed().reviewed().told()
    last = limits.defend_by(one.case)
    assert last is not None and last.day == date(2023, 8, 23)
    with pytest.raises(Refusal, match="2023-08-23 届满（行政处罚法第45条）"):
        ask(one)
    one.clock.at = "2023-08-23T02:00:00Z"
    with pytest.raises(Refusal, match="届满"):
        ask(one)
    one.later(1)
    ask(one)


def test_a_defence_or_a_written_waiver_ends_the_waiting(way: Ways) -> None:
    one = way().opened().proposed().reviewed().told()
    with pytest.raises(Refusal, match="应当复核（行政处罚法第45条）"):
        telling.defend(one.officers[0], one.case.pk, one.day, "已经补设", "", False)
    telling.defend(one.officers[0], one.case.pk, one.day, "已经补设", "不影响违法事实成立", False)
    ask(one)
    two = way().opened().proposed(fine=80000).reviewed().told()
    telling.waive(two.officers[0], two.case.pk, two.day, "放弃权利声明书")
    two.discussed()
    ask(two)


def test_a_large_fine_waits_for_the_hearing_clock_even_after_a_defence(way: Ways) -> None:
    one = way().opened().proposed(fine=50000).reviewed().told()
    telling.defend(one.officers[0], one.case.pk, one.day, "请从轻", "已考虑", False)
    one.later(4).discussed()
    for at in ("2023-08-24", "2023-08-25"):  # the last day is still the party's
        one.clock.at = f"{at}T15:59:59Z"
        with pytest.raises(Refusal, match="要求听证的期限到 2023-08-25 届满（行政处罚法第64条第1项）"):
            ask(one)
    one.clock.at = "2023-08-25T16:00:00Z"  # midnight in China
    ask(one)


def test_severe_kinds_need_a_hearing_whatever_the_amount(way: Ways) -> None:
    one = way().opened().proposed(kinds=("stop",), fine=0).reviewed().told()
    assert limits.needs_hearing(one.case, one.day)
    assert limits.ask_hearing_by(one.case) is not None
    two = way().opened().proposed(fine=1000, severe=True).reviewed().told()
    assert limits.needs_hearing(two.case, two.day)


def test_a_hearing_asked_for_too_late_or_where_none_is_due_is_refused(way: Ways) -> None:
    one = way().opened().proposed(fine=50000).reviewed().told().later(8)
    with pytest.raises(Refusal, match="2023-08-28 已逾期（行政处罚法第64条第1项）"):
        telling.request_hearing(one.people["clerk"], one.case.pk, one.day, "书面")
    two = way().opened().proposed().reviewed().told()
    with pytest.raises(Refusal, match="行政处罚法第63条"):
        telling.request_hearing(two.people["clerk"], two.case.pk, two.day, "书面")


def test_a_hearing_is_called_seven_workdays_ahead_and_not_chaired_by_an_officer(way: Ways) -> None:
    one = way().opened().proposed(fine=50000).reviewed().told()
    clerk, number, chief = one.people["clerk"], one.case.pk, one.people["chief"].pk
    telling.request_hearing(clerk, number, one.day, "书面")
    with pytest.raises(Refusal, match="7 个工作日前通知当事人（行政处罚法第64条第2项）"):
        telling.call_hearing(clerk, number, one.day, one.day + timedelta(7), "会议室", chief)
    with pytest.raises(Refusal, match="非本案调查人员主持（行政处罚法第64条第4项）"):
        telling.call_hearing(clerk, number, one.day, one.day + timedelta(14), "会议室", one.officers[0].pk)
    with pytest.raises(Refusal, match="还没有登记听证通知"):
        telling.hold_hearing(clerk, number, one.day, chief, "笔录", True)
    telling.call_hearing(clerk, number, one.day, one.day + timedelta(14), "会议室", chief)
    one.later(3)
    with pytest.raises(Refusal, match="早于可以举行听证的最早日期 2023-08-29"):
        telling.hold_hearing(clerk, number, one.day, chief, "笔录", True)


def test_after_a_hearing_it_is_reviewed_once_more(way: Ways) -> None:
    one = way().opened().proposed(fine=50000).reviewed().told().heard()
    with pytest.raises(Refusal, match="听证后待审核"):
        ask(one)
    one.reviewed().discussed()
    ask(one)


def test_a_dropped_hearing_leads_back_and_its_clock_still_counts(way: Ways) -> None:
    one = way().opened().proposed(fine=50000).reviewed().told()
    telling.request_hearing(one.people["clerk"], one.case.pk, one.day, "书面")
    telling.drop_hearing(one.people["clerk"], one.case.pk, one.day, "当事人撤回申请")
    one.fresh()
    assert one.case.state == State.TOLD
    one.later(8).discussed()
    ask(one)


def test_a_severe_case_is_discussed_and_then_decided_by_the_leading_group(way: Ways) -> None:
    one = way().opened().proposed(fine=50000).reviewed().told().later(8)
    with pytest.raises(Refusal, match="集体讨论决定（行政处罚法第57条第2款）"):
        ask(one)
    with pytest.raises(Refusal, match="由领导小组登记"):
        deciding.discuss(one.people["chief"], one.case.pk, one.day, "甲、乙", "同意", True)
    with pytest.raises(Refusal, match="两名以上负责人"):
        deciding.discuss(one.people["leading"], one.case.pk, one.day, "甲", "同意", True)
    one.discussed()
    with pytest.raises(Refusal, match="由领导小组负责人批准"):
        one.decided("chief")
    one.granted("cases.decide", "leading")
    assert one.case.state == State.DECIDED


def test_it_is_not_made_worse_because_of_a_defence(way: Ways) -> None:
    one = way().opened().proposed().reviewed().told()
    telling.defend(one.officers[0], one.case.pk, one.day, "不服", "不成立", False)
    investigating.revise(one.people["clerk"], one.case.pk, "重新裁量")
    with pytest.raises(Refusal, match=r"不得因当事人陈述、申辩.*行政处罚法第45条第2款.*罚款人民币贰万元整"):
        one.proposed(fine=30000)
    one.proposed(fine=30000, new_facts="另查明西门也没有标志").reviewed()
    assert one.fresh().told_on is None
    with pytest.raises(Refusal, match="未告知当事人"):
        ask(one)


def test_past_ninety_days_only_with_the_reason(way: Ways) -> None:
    one = way().opened().proposed().reviewed().told().later(90)
    assert limits.decide_by(one.case) == one.day
    ask(one)
    two = way().opened().proposed().reviewed().told().later(91)
    with pytest.raises(Refusal, match="期限 2024-02-16（行政处罚法第60条），请写明超期原因"):
        ask(two)
    ask(two, "等待鉴定意见")


def test_what_was_done_after_the_request_stops_the_decision(way: Ways) -> None:
    one = way().opened().proposed().reviewed().told().later(8)
    ask(one)
    telling.defend(one.officers[0], one.case.pk, one.day, "补充意见", "已复核", True)
    with pytest.raises(Refusal, match="又有新的办理步骤"):
        one.granted("cases.decide")


def test_no_closing_before_it_is_carried_out(way: Ways) -> None:
    one = way().opened().proposed().reviewed().told().later(8).decided().served()
    with pytest.raises(Refusal, match="还没有执行完毕"):
        executing.ask_closing(one.officers[0], one.case.pk, "结案")
    with pytest.raises(Refusal, match="罚款 20000 元，已缴 0 元"):
        executing.execute(one.officers[0], one.case.pk, one.day, "已改正")


def test_late_payment_adds_three_percent_a_day_and_never_more_than_the_fine(way: Ways) -> None:
    one = way().opened().proposed().reviewed().told().later(8).decided().served()
    due = limits.pay_by(one.case)
    assert due == one.day + timedelta(15)
    assert [owing.surcharge(one.case, due + timedelta(n)) for n in (0, 1, 10, 60)] == [0, 600, 6000, 20000]


def test_a_day_ahead_or_before_its_time_is_refused(way: Ways) -> None:
    one = way().opened().proposed().reviewed()
    with pytest.raises(Refusal, match="在今天之后"):
        telling.tell(one.officers[0], one.case.pk, one.day + timedelta(1), "直接送达")
    with pytest.raises(Refusal, match="早于法制审核日期"):
        telling.tell(one.officers[0], one.case.pk, one.day - timedelta(1), "直接送达")


def test_a_stranger_cannot_write_in_it(way: Ways, officer_of: Callable[[str], User]) -> None:
    one = way().opened()
    with pytest.raises(Refusal, match="不是您承办的案件"):
        investigating.collect(officer_of("R005"), one.case.pk, "record", "笔录", one.day)
    with pytest.raises(Refusal, match="把自己列为承办人"):
        wanted = opening.Opening(one.case.firm_id, "visit", "", one.day, "案", "事实", ("R000", "R001"))
        opening.arrange(officer_of("R005"), wanted)


def test_the_threshold_is_the_policys_of_the_day(way: Ways, office: Path) -> None:
    folder = office / "policy"
    folder.mkdir(exist_ok=True)
    (folder / "own.toml").write_text(
        """[pack]
name = "own"
title = "本县规则"
layer = "county"
valid_from = 2023-08-25

[[rule]]
name = "penalty.hearing_thresholds"
value = { individual = 5000, entity = 20000 }
source = "省听证规定（测试）"
certainty = "confirmed"
""",
        "utf-8",
    )
    one = way().opened().proposed().reviewed().told()
    assert not limits.needs_hearing(one.case, date(2023, 8, 24)) and limits.needs_hearing(one.case, date(2023, 8, 25))
    one.later(8)
    with pytest.raises(Refusal, match="按决定当日的标准应当告知听证"):
        ask(one)
    person = way(party_kind="individual", party="王某").opened().proposed(fine=6000).reviewed().told()
    assert limits.needs_hearing(person.case, person.day)
    assert not Case.objects.get(pk=person.case.pk).waived


def test_an_article_that_is_not_there_is_no_basis(way: Ways) -> None:
    one = way().opened()
    with pytest.raises(Refusal, match="安全生产法第199条"):
        one.proposed(basis="安全生产法第199条")
    one.proposed()


def test_a_suspected_crime_goes_to_the_police_before_the_case_is_closed(way: Ways) -> None:
    one = way().opened().proposed(outcome="criminal", kinds=(), fine=0).reviewed().decided()
    with pytest.raises(Refusal, match="应当移送司法机关（行政处罚法第27条第1款）"):
        executing.ask_closing(one.officers[0], one.case.pk, "结案")
    row = executing.transfer(one.officers[0], one.case.pk, "青禾县公安局", "案卷一册")
    assert (row.about, row.opened_on, row.firm_id) == (one.case.obj, one.case.opened_on, one.case.firm_id)
    one.closed()
    assert one.case.state == State.CLOSED


def test_an_exempt_case_is_not_closed_before_it_was_served(way: Ways) -> None:
    one = way().opened().proposed(outcome="exempt", kinds=(), fine=0).reviewed().decided()
    with pytest.raises(Refusal, match="还没有送达"):
        executing.ask_closing(one.officers[0], one.case.pk, "结案")
