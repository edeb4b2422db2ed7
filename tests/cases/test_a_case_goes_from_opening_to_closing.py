"""The whole way: opened by a second person, reviewed, told, decided after its clocks, served, paid, closed; the log names nobody."""

from collections.abc import Callable
from datetime import date

from cases.conftest import FIRM, SMALL, Way
from sunlot.office.accounts.models import User
from sunlot.office.cases import limits, queries
from sunlot.office.cases.models import Case, Violation
from sunlot.office.cases.states import State
from sunlot.office.journal.audit import audit
from sunlot.office.journal.models import Event

Ways = Callable[..., Way]


def test_a_small_fine_from_opening_to_closing(way: Ways) -> None:
    one = way()
    assert one.case.state == State.ASKED
    one.opened()
    assert (one.case.state, one.case.opened_on) == (State.OPEN, date(2023, 8, 20))
    one.proposed().reviewed().told()
    assert not limits.needs_hearing(one.case, one.day) and not limits.needs_discussion(one.case, one.day)
    one.later(8).decided().served()
    assert one.case.decision_number == "（青）应急罚〔2023〕1号"
    assert [case.pk for case in queries.decided()] == [one.case.pk]
    one.executed().closed()
    assert one.case.state == State.CLOSED
    acts = list(one.case.steps.order_by("pk").values_list("act", flat=True))
    assert acts == ["open", "propose", "pass_review", "tell", "decide", "serve", "pay", "execute", "close"]
    assert audit().findings == []


def test_a_large_fine_with_hearing_second_review_and_discussion(way: Ways) -> None:
    one = way().opened().proposed(fine=80000).reviewed().told()
    assert limits.needs_hearing(one.case, one.day) and limits.needs_discussion(one.case, one.day)
    one.later(1).heard()
    assert one.case.state == State.HEARD
    one.reviewed().discussed()
    assert one.case.state == State.READY
    one.decided("leading").served()
    assert Violation.objects.get().kind == "severe"
    assert audit().findings == []


def test_numbers_of_decisions_have_no_gaps(way: Ways) -> None:
    first = way().opened().proposed().reviewed().told()
    second = way().opened().proposed().reviewed().told()
    second.later(8).decided()
    first.decided()
    assert [second.case.number, first.case.number] == ["（青）应急罚〔2023〕1号", "（青）应急罚〔2023〕2号"]


def test_the_public_log_tells_nobody_against_whom_it_runs(way: Ways, people: dict[str, User]) -> None:
    one = way().opened().proposed().reviewed().told().later(8).decided()
    leaves = "".join(Event.objects.filter(obj=one.case.obj).values_list("leaf", flat=True))
    assert FIRM not in leaves and "青禾第1厂" not in leaves and SMALL.facts not in leaves and "R000" not in leaves
    assert "检查员0" not in leaves and "未设置安全警示标志" not in leaves


def test_a_case_that_is_exempt_needs_no_notice(way: Ways) -> None:
    one = way().opened()
    one.proposed(outcome="exempt", kinds=(), fine=0).reviewed().decided().served()
    assert one.case.number == "" and not Violation.objects.exists()
    assert not queries.decided().exists()
    one.closed()
    assert Case.objects.get().state == State.CLOSED
