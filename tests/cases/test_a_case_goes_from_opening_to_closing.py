"""The whole way: opened by a second person, reviewed, told, decided after its clocks, served, paid, closed; the log names nobody."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from cases.conftest import FIRM, SMALL, Way
from sunlot.office.accounts.models import User
from sunlot.office.cases import deciding, limits, queries, telling
from sunlot.office.cases.models import Case, Violation
from sunlot.office.cases.states import State
from sunlot.office.journal.audit import audit
from sunlot.office.journal.models import Event
from sunlot.office.papers.dossier import things_of
from sunlot.office.papers.printing import paper_pdf
from sunlot.office.papers.queries import papers_of
from sunlot.refusal import Refusal

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
    assert acts == ["open", "propose", "pass_review", "notice", "tell", "decide", "serve", "pay", "execute", "close"]
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


def test_its_documents_are_issued_step_by_step_with_numbers(way: Ways) -> None:
    one = way().opened().proposed(fine=80000).reviewed()
    with pytest.raises(Refusal, match="还没有制作行政处罚告知书、行政处罚听证告知书"):
        telling.tell(one.officers[0], one.case.pk, one.day, "直接送达")
    one.told().later(8).discussed().decided("leading").served().executed().closed()
    found = [(paper.kind, paper.number) for paper in papers_of(one.case.obj)]
    assert found == [
        ("case_opening", "（青）应急立〔2023〕1号"),
        ("penalty_notice", "（青）应急罚告〔2023〕1号"),
        ("hearing_notice", "（青）应急听告〔2023〕1号"),
        ("penalty_decision", "（青）应急罚〔2023〕1号"),
        ("case_closing", "（青）应急结〔2023〕1号"),
    ]
    for paper in papers_of(one.case.obj):
        assert paper_pdf(paper).startswith(b"%PDF")


def test_a_person_gets_the_form_for_persons_from_the_same_series(way: Ways) -> None:
    first = way().opened().proposed().reviewed().told()
    person = way(party_kind="individual", party="王某", contact={"identity": "370830198101010017", "address": "城关"})
    person.opened().proposed(fine=5000).reviewed().told().later(8).decided().served()
    first.decided()
    assert [person.case.number, first.case.number] == ["（青）应急罚〔2023〕1号", "（青）应急罚〔2023〕2号"]
    assert papers_of(person.case.obj).filter(kind="penalty_decision_person").count() == 1
    assert not Violation.objects.exists()


def test_a_decision_cites_the_law_in_full_and_was_served(way: Ways) -> None:
    one = way().opened().proposed().reviewed().told().later(8).decided()
    deciding.serve(one.officers[0], one.case.pk, one.day, "直接送达", "办公室王某")
    paper = papers_of(one.case.obj).get(kind="penalty_decision")
    assert "《中华人民共和国安全生产法》第九十九条第一项" in paper.body
    assert "罚款人民币贰万元整（20000元）" in paper.body
    assert (paper.served_on, paper.served_how, paper.served_to) == (one.day, "直接送达", "办公室王某")


def test_its_file_holds_what_it_came_from(way: Ways, client_of: Callable[[str], Client]) -> None:
    one = way(origin_kind="order", origin="order/3").opened().proposed().reviewed().told()
    assert things_of(one.case.obj) == [one.case.obj, "order/3"]
    assert things_of("order/3") == ["order/3", one.case.obj]
    page = client_of("clerk").get(f"/papers/case/case/{one.case.pk}/cover/")
    assert page.status_code == 200 and "未设置安全警示标志案" in page.content.decode()
