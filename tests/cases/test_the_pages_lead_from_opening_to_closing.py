"""The whole way in pages: each person does his part, what is typed wrong is said and kept, what may not be done is not offered."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from cases.conftest import FIRM, Way
from sunlot.office.accounts.models import User
from sunlot.office.approvals.models import Approval
from sunlot.office.cases.models import Case, CaseOfficer, ReviewerQualification, Violation
from sunlot.office.cases.states import State
from sunlot.office.journal.audit import audit

Clients = Callable[[str], Client]
Ways = Callable[..., Way]
NEW = {
    "firm": FIRM,
    "origin_kind": "transfer",
    "origin": "县消防函〔2023〕8号",
    "found_on": "2023-08-18",
    "cause": "堵塞疏散通道案",
    "facts": "二号车间疏散通道堆放杂物",
    "team": "r000、R001",
    "party_kind": "entity",
}
PROPOSAL = {
    "outcome": "penalty",
    "facts": "二号车间疏散通道堆放杂物",
    "violated": "安全生产法第42条第2款",
    "basis": "安全生产法第105条第2项",
    "discretion": "初次违法",
    "kinds": ["fine"],
    "fine": "30000",
    "forfeit": "",
}
SERVED = {"on": "2023-08-20", "how": "直接送达", "to": "办公室王某"}


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def grant(client: Client, kind: str) -> None:
    approval = Approval.objects.get(kind=kind, state="pending")
    page = client.get(f"/approvals/{approval.pk}/").content.decode()
    assert "青禾第1厂" in page
    assert client.post(f"/approvals/{approval.pk}/decide/", {"act": "grant", "remark": ""}).status_code == 302


def tools(page: Any) -> str:
    """Return the buttons of a page."""
    return str(page.content.decode().split('class="tools"', 1)[1].split("</div>", 1)[0])


def post(client: Client, address: str, data: dict[str, Any]) -> str:
    """Post, which must succeed, and return the page it leads to."""
    answer = client.post(address, data, follow=True)
    assert answer.redirect_chain and answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_from_opening_to_closing(way: Ways, client_of: Clients, officer_of: Callable[[str], User]) -> None:
    one = way()
    Case.objects.get().steps.all().delete()
    clerk, chief = client_of("clerk"), client_of("chief")
    officer, reviewer = logged_in(officer_of("R000")), client_of("clerk2")
    page = post(officer, "/cases/new/", NEW)
    case = Case.objects.exclude(pk=one.case.pk).get()
    site = f"/cases/{case.pk}/"
    assert "待立案审批" in page and "正在等待审批" in page
    approval = Approval.objects.filter(kind="cases.open").latest("pk")
    assert chief.post(f"/approvals/{approval.pk}/decide/", {"act": "grant", "remark": ""}).status_code == 302
    assert "堵塞疏散通道案" in officer.get("/").content.decode()
    bare = officer.post(site + "propose/", PROPOSAL | {"version": str(Case.objects.get(pk=case.pk).version)})
    assert bare.status_code == 422 and "行政处罚法第40条" in bare.content.decode()
    assert "初次违法" in bare.content.decode()
    post(officer, site + "evidence/", {"kind": "record", "title": "现场检查记录", "taken_on": "2023-08-18"})
    post(officer, site + "propose/", PROPOSAL | {"version": str(Case.objects.get(pk=case.pk).version)})
    assert "法制审核" in reviewer.get("/").content.decode()
    assert "堵塞疏散通道案" in reviewer.get("/cases/to-review/").content.decode()
    assert "法制审核</a>" not in tools(officer.get(site))
    assert (
        "没有登记有效的法制审核资格"
        in chief.post(site + "review/", {"passed": "yes", "opinion": "可"}).content.decode()
    )
    post(reviewer, site + "review/", {"passed": "yes", "opinion": "事实清楚"})
    page = post(officer, site + "notice/", {})
    assert "（青）应急罚告〔2023〕1号" in page and "登记告知送达" in page
    page = post(officer, site + "tell/", SERVED)
    assert "期限尚未届满，2023-08-24 起可以报批决定" in page
    early = officer.post(site + "decide/", _decide())
    assert early.status_code == 422 and "行政处罚法第45条" in early.content.decode()
    one.later(8)
    assert "期限已满" in clerk.get("/").content.decode()
    page = officer.get(site + "decide/").content.decode()
    assert 'value="青禾县"' in page
    post(officer, site + "decide/", _decide())
    grant(chief, "cases.decide")
    assert "送达决定书" in clerk.get("/").content.decode()
    page = post(officer, site + "serve/", {"on": str(one.day), "how": "直接送达", "to": "王某"})
    assert "违法行为信息第" in page
    post(clerk, site + "pay/", {"on": str(one.day), "amount": "30000", "part": "fine", "receipt": "鲁财票 2"})
    post(officer, site + "execute/", {"on": str(one.day), "how": "已缴清"})
    post(officer, site + "close/", {"reason": "执行完毕"})
    grant(chief, "cases.close")
    assert Case.objects.get(pk=case.pk).state == State.CLOSED
    for kind in ("pdf", "word"):
        paper = Case.objects.get(pk=case.pk)
        number = _papers(paper)[0]
        assert officer.get(f"{site}papers/{number}/{kind}/").status_code == 200
    firm = clerk.get(f"/roster/firms/{FIRM}/")
    assert firm.status_code == 200 and "（青）应急罚〔2023〕1号" in firm.content.decode()


def _decide() -> dict[str, str]:
    return {"reason": "请批准", "government": "青禾县", "court": "青禾县", "bank": "农商行", "account": "937"}


def _papers(case: Case) -> list[int]:
    from sunlot.office.papers.queries import papers_of

    return list(papers_of(case.obj).values_list("pk", flat=True))


def test_an_officer_opens_his_own_cases_only(way: Ways, officer_of: Callable[[str], User]) -> None:
    one = way().opened()
    assert logged_in(officer_of("R000")).get(f"/cases/{one.case.pk}/").status_code == 200
    assert logged_in(officer_of("R005")).get(f"/cases/{one.case.pk}/").status_code == 404
    assert one.case.cause not in logged_in(officer_of("R005")).get("/cases/own/").content.decode()


def test_those_who_watch_read_and_change_nothing(way: Ways, client_of: Clients) -> None:
    one = way().opened()
    for role in ("supervisor", "auditor"):
        client = client_of(role)
        page = client.get(f"/cases/{one.case.pk}/").content.decode()
        assert one.case.cause in page and 'class="button' not in tools(client.get(f"/cases/{one.case.pk}/"))
        assert client.get(f"/cases/{one.case.pk}/propose/").status_code == 403
    assert client_of("partner").get("/cases/").status_code == 403


def test_a_violation_is_repaired_on_its_page(way: Ways, client_of: Clients) -> None:
    one = way().opened().proposed().reviewed().told().later(8).decided().served()
    entry = Violation.objects.get()
    clerk, chief = client_of("clerk"), client_of("chief")
    assert entry.firm.name in clerk.get("/cases/violations/").content.decode()
    form = {"repaired": "yes", "paper": "信用中国修复 1 号", "reason": "已整改并缴清"}
    answer = clerk.post(f"/cases/violations/{entry.pk}/lift/", form)
    assert answer.status_code == 422 and "满 12 个月" in answer.content.decode()
    assert "信用中国修复 1 号" in answer.content.decode()
    one.later(370)
    post(clerk, f"/cases/violations/{entry.pk}/lift/", form)
    grant(chief, "cases.lift")
    page = clerk.get(f"/cases/violations/{entry.pk}/").content.decode()
    assert "已信用修复" in page and "已撤销" in page
    sheet = load_workbook(io.BytesIO(clerk.get("/cases/violations/?as=xlsx").content)).worksheets[0]
    assert "已信用修复" in [cell.value for row in sheet.iter_rows() for cell in row]
    assert clerk.get("/cases/violations/?as=print").status_code == 200
    assert audit().findings == []


def test_a_hazard_and_a_reviewer_are_entered_on_pages(way: Ways, client_of: Clients, people: dict[str, User]) -> None:
    way()
    clerk = client_of("clerk")
    form = {"firm": FIRM.lower(), "ground": "visit/12", "what": "通道堵塞", "article": "安全生产法第41条"}
    post(clerk, "/cases/violations/found/", form | {"found_on": "2023-08-20", "severity": "major", "reason": "列入"})
    grant(client_of("chief"), "cases.violation")
    assert Violation.objects.get().kind == "hazard"
    form = {"account": str(people["chief2"].pk), "ground": "exam", "certificate": "A9", "valid_from": "2020-01-01"}
    post(clerk, "/cases/reviewers/new/", form | {"reason": "审核人员"})
    approval = Approval.objects.get(kind="cases.reviewer", state="pending")
    client_of("chief").post(f"/approvals/{approval.pk}/decide/", {"act": "grant", "remark": ""})
    assert ReviewerQualification.objects.count() == 2
    assert "A9" in clerk.get("/cases/reviewers/").content.decode()


@pytest.mark.parametrize("address", ["/cases/", "/cases/violations/", "/"])
def test_lists_take_a_fixed_number_of_queries(way: Ways, client_of: Clients, address: str) -> None:
    one = way().opened().proposed().reviewed().told()
    clerk = client_of("clerk")

    def asked() -> int:
        clerk.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert clerk.get(address).status_code == 200
        return len(queries)

    _rows(one, 2)
    few = asked()
    _rows(one, 30)
    assert asked() == few


def _rows(one: Way, many: int) -> None:
    day = one.day
    facts = {"firm_id": FIRM, "origin_kind": "other", "found_on": day, "cause": "案", "party": "厂"}
    facts |= {"arranged_by": one.people["clerk"], "state": State.TOLD, "decide_by": date(2023, 8, 25), "ripe_on": day}
    for _ in range(many):
        case = Case.objects.create(**facts)
        CaseOfficer.objects.create(case=case, inspector_id="R000", name="检查员0")
        Violation.objects.create(
            firm_id=FIRM,
            kind="penalty",
            ground="罚1号",
            what="事",
            article="条",
            found_on=day,
            level=1,
            since=day,
            until=day,
        )


def test_a_form_that_cannot_be_sent_now_is_not_shown(way: Ways, client_of: Clients) -> None:
    one = way().opened()
    answer = client_of("clerk").get(f"/cases/{one.case.pk}/serve/")
    assert answer.status_code >= 400 and "不能“登记送达”" in answer.content.decode()
