"""The whole way in pages: what waits on 待办, the order and its paper, the firm's evidence, the recheck, the second person, the lists."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from followup.conftest import GENERAL, MAJOR, PDF, Flawed, file, find, ids, inspector, ordered, served
from lottery.conftest import Clock
from sunlot.office.accounts.models import User
from sunlot.office.approvals.models import Approval
from sunlot.office.followup.models import File, Hazard, Order
from sunlot.office.followup.states import HazardState, OrderState, TransferState
from sunlot.office.followup.transfer_models import Transfer
from sunlot.office.journal.audit import audit
from sunlot.office.papers.models import Paper
from sunlot.office.visits.models import Visit
from visits.conftest import JPEG, Phone, officers

People = dict[str, User]
Clients = Callable[[str], Client]
Phones = Callable[[str], Phone]


def grant(client: Client, kind: str) -> None:
    approval = Approval.objects.get(kind=kind, state="pending")
    assert client.get(f"/approvals/{approval.pk}/").status_code == 200
    answer = client.post(f"/approvals/{approval.pk}/decide/", {"act": "grant", "remark": ""})
    assert answer.status_code == 302, answer.content.decode()


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return str(answer.content.decode())


def test_from_the_finding_to_the_end(
    people: People, flawed: Flawed, client_of: Clients, phone_of: Phones, clock: Clock
) -> None:
    visit = flawed(GENERAL, MAJOR)
    clerk, chief, officer = client_of("clerk"), client_of("chief"), phone_of(officers(visit)[0]).client
    for client in (clerk, officer):
        assert "检查已签字，有问题未处理" in text(client, "/")
        assert visit.firm_name in text(client, "/followup/waiting/")
    assert "2 个问题没有当场改正" in text(officer, f"/visits/{visit.pk}/")
    form = {"findings": ids(visit), "workdays": "7", "government": "青禾县人民政府", "court": "青禾县人民法院"}
    wrong = officer.post(f"/followup/visits/{visit.pk}/order/", form | {"workdays": "", "measures": "撤出二楼人员"})
    assert wrong.status_code == 422
    assert "请填写日期，或者填写工作日天数" in wrong.content.decode() and "撤出二楼人员" in wrong.content.decode()
    assert officer.post(f"/followup/visits/{visit.pk}/order/", form).status_code == 302
    order = Order.objects.get()
    page = f"/followup/orders/{order.pk}/"
    assert "（青）应急责改〔2023〕1号" in text(officer, page)
    assert "检查已签字，有问题未处理" not in text(clerk, "/")
    assert "责令限期整改待送达" in text(officer, "/")
    officer.post(page + "serve/", {"on": "2023-09-20", "to": "王某", "service": "direct"})
    assert "申请延期" in text(officer, page)
    officer.post(page + "extend/", {"wanted": "2023-10-20", "reason": "设备到货晚"})
    grant(chief, "followup.extend")
    shown = text(officer, page)
    assert "2023-10-20" in shown and "原定期限 2023-10-07" in shown
    answer = officer.post(
        page + "evidence/", {"text": "已整改", "done": "on", "uploads": [file(), file(PDF, "台账.pdf")]}
    )
    assert answer.status_code == 302, answer.content.decode()
    clock.at = "2023-09-25T04:00:00Z"
    assert "请安排整改复查" in text(clerk, "/")
    team = "、".join(officers(visit))
    clerk.post(page + "recheck/", {"window_from": "2023-09-25", "window_to": "2023-09-26", "team": team})
    grant(chief, "visits.approve")
    recheck = Visit.objects.get(kind="recheck")
    clerk.post("/visits/notify/", {"pk": str(recheck.pk), "notice": "电话通知"})
    find(recheck, phone_of, [], at=clock.at)
    officer = phone_of(officers(visit)[0]).client  # his password was set anew, which ends his other sessions
    assert "复查已签字，请填写复查结果" in text(officer, "/")
    assert "这是一次整改复查" in text(officer, f"/visits/{recheck.pk}/")
    order.refresh_from_db()
    verdicts: dict[str, Any] = {"version": order.version, "opinion": "两项问题均已改正。"}
    for row in order.problems.all():
        verdicts[f"verdict-{row.pk}"] = "corrected"
    assert officer.post(page + "conclude/", verdicts).status_code == 302
    assert "正在等待另一人复核办结" in text(officer, page)
    grant(chief, "followup.close")
    order.refresh_from_db()
    assert order.state == OrderState.CLOSED
    assert [paper.kind for paper in Paper.objects.filter(obj=order.obj).order_by("pk")] == [
        "rectification_order",
        "recheck",
    ]
    for paper in Paper.objects.filter(obj=order.obj):
        assert officer.get(f"/papers/{paper.pk}/pdf/").status_code == 200
    assert audit().findings == []


def test_a_major_hazard_in_pages(people: People, flawed: Flawed, client_of: Clients, clock: Clock) -> None:
    visit = flawed(MAJOR)
    (finding,) = ids(visit)
    clerk, leading = client_of("clerk"), client_of("leading")
    assert "待列入台账的重大隐患" in text(clerk, "/")
    assert "安全出口封堵" in text(clerk, "/followup/hazards/proposed/")
    url = f"/followup/visits/{visit.pk}/hazards/{finding}/"
    assert "安全生产法第42条" in text(clerk, url)
    form = {
        "text": "安全出口封堵",
        "level": "county",
        "measures": "拆除",
        "interim": "停用二楼",
        "deadline": "2023-10-01",
    }
    wrong = clerk.post(url, form | {"responsible": ""})
    assert wrong.status_code == 422 and "停用二楼" in wrong.content.decode()
    assert clerk.post(url, form | {"responsible": "赵某某"}).status_code == 302
    hazard = Hazard.objects.get()
    page = f"/followup/hazards/{hazard.pk}/"
    clock.at = "2023-10-10T04:00:00Z"
    for client in (client_of("chief"), leading):
        assert "逾期未销号的重大隐患" in text(client, "/")
    assert "赵某某" in text(leading, "/followup/hazards/?late=late")
    assert "没有重大隐患" in text(leading, "/followup/hazards/?late=near")
    change = form | {"responsible": "赵某某", "version": hazard.version, "level": "city"}
    assert clerk.post(page + "change/", change).status_code == 302
    stale = clerk.post(page + "change/", change | {"measures": "另一措施"})
    assert (
        stale.status_code == 422 and "已被他人修改" in stale.content.decode() and "另一措施" in stale.content.decode()
    )
    assert clerk.post(page + "evidence/", {"text": "拆除后", "uploads": [file()]}).status_code == 302
    assert clerk.post(page + "sign-off/", {"conclusion": "已拆除"}).status_code == 302
    grant(leading, "followup.sign-off")
    hazard.refresh_from_db()
    assert hazard.state == HazardState.CLOSED and audit().findings == []


def test_a_transfer_in_pages(
    people: People, flawed: Flawed, client_of: Clients, phone_of: Phones, clock: Clock
) -> None:
    visit = flawed(GENERAL)
    clerk, chief, officer = client_of("clerk"), client_of("chief"), phone_of(officers(visit)[0]).client
    assert clerk.post("/followup/receivers/new/", {"name": "县公安局", "contact": "李某"}).status_code == 302
    assert 'value="县公安局"' in text(officer, f"/followup/transfers/new/?about={visit.obj}")
    form = {
        "about": visit.obj,
        "sort": "case",
        "receiver": "县公安局",
        "subject": "某厂危险作业案",
        "reason": "涉嫌犯罪",
    }
    wrong = officer.post("/followup/transfers/new/", form)
    assert wrong.status_code == 422 and "移送依据" in wrong.content.decode() and "涉嫌犯罪" in wrong.content.decode()
    form |= {"basis": "行政处罚法第27条", "opened_on": "2023-09-20", "materials": "检查记录\n询问笔录"}
    assert officer.post("/followup/transfers/new/", form | {"about": "visit/999"}).status_code == 422
    assert officer.post("/followup/transfers/new/", form).status_code == 302
    row = Transfer.objects.get()
    page = f"/followup/transfers/{row.pk}/"
    grant(chief, "followup.transfer")
    assert "已批准，请发出并登记" in text(officer, "/")
    assert "总页数" in officer.post(page + "dispatch/", {"on": "2023-09-20"}).content.decode()
    assert officer.post(page + "dispatch/", {"on": "2023-09-20", "pages": "7"}).status_code == 302
    assert "（青）应急移〔2023〕1号" in text(officer, page)
    clock.at = "2023-10-20T04:00:00Z"
    assert "逾期未收到回执，请催问" in text(officer, "/") and "逾期未收到回执，请催问" in text(chief, "/")
    assert "县公安局" in text(clerk, "/followup/transfers/?late=missed")
    answer = officer.post(page + "receipt/", {"on": "2023-10-19", "uploads": [file(JPEG, "回执.jpg")]})
    assert answer.status_code == 302, answer.content.decode()
    assert "回执正在等待另一人核对" in text(officer, page)
    grant(chief, "followup.receipt")
    assert Paper.objects.filter(obj=row.obj, kind="transfer_approval").get().number == "（青）应急移审〔2023〕1号"
    assert officer.post(page + "answer/", {"on": "2023-10-20", "text": "已受理"}).status_code == 302
    row.refresh_from_db()
    assert row.state == TransferState.ANSWERED
    assert "县公安局" in text(clerk, f"/visits/{visit.pk}/") and audit().findings == []


def test_a_case_may_follow_or_a_note_why_no_order(people: People, flawed: Flawed, client_of: Clients) -> None:
    visit = flawed(GENERAL)
    clerk = client_of("clerk")
    url = f"/followup/visits/{visit.pk}/no-order/"
    assert clerk.post(url, {"reason": ""}).status_code == 422
    assert clerk.post(url, {"reason": "已另案处理"}).status_code == 302
    shown = text(clerk, f"/visits/{visit.pk}/")
    assert "已另案处理" in shown and "下达责令限期整改</a>" not in shown


def test_files_are_shown_only_to_those_who_follow_up(
    people: People, flawed: Flawed, client_of: Clients, phone_of: Phones
) -> None:
    visit = flawed(GENERAL)
    order = served(people["clerk"], visit)
    clerk = client_of("clerk")
    clerk.post(f"/followup/orders/{order.pk}/evidence/", {"text": "", "uploads": [file(), file(PDF, "台账.pdf")]})
    picture, paper = File.objects.order_by("media")[::-1]
    shown = clerk.get(f"/followup/files/{picture.pk}/")
    assert (shown.content, shown["Content-Type"]) == (JPEG, "image/jpeg")
    assert "sandbox" in shown["Content-Security-Policy"] and shown["X-Content-Type-Options"] == "nosniff"
    assert clerk.get(f"/followup/files/{paper.pk}/")["Content-Disposition"].startswith("attachment")
    stranger = next(f"R{n:03d}" for n in range(8) if f"R{n:03d}" not in officers(visit))
    other = phone_of(stranger).client
    for url in (f"/followup/files/{picture.pk}/", f"/followup/orders/{order.pk}/"):
        assert other.get(url).status_code == 404
        assert phone_of(officers(visit)[0]).client.get(url).status_code == 200
    bad = clerk.post(
        f"/followup/orders/{order.pk}/evidence/", {"text": "说明在此", "uploads": [file(b"GIF89a", "动图.gif")]}
    )
    assert bad.status_code == 422 and "动图.gif" in bad.content.decode() and "说明在此" in bad.content.decode()


@pytest.mark.parametrize("role", ["supervisor", "auditor", "leading"])
def test_who_watches_changes_nothing(role: str, people: People, flawed: Flawed, client_of: Clients) -> None:
    order = served(people["clerk"], flawed(GENERAL))
    client = client_of(role)
    assert order.firm_name in text(client, "/followup/")
    shown = text(client, f"/followup/orders/{order.pk}/")
    assert "提交整改材料" not in shown and "安排复查</a>" not in shown
    for step in ("serve", "evidence", "recheck", "conclude", "extend"):
        assert client.post(f"/followup/orders/{order.pk}/{step}/", {}).status_code == 403


def test_the_lists_take_a_fixed_number_of_queries(people: People, flawed: Flawed, client_of: Clients) -> None:
    order = ordered(people["clerk"], flawed(GENERAL))
    clerk = client_of("clerk")
    urls = ("/followup/", "/followup/hazards/", "/followup/transfers/")
    counted = []
    for rows in (1, 40):
        many(order, rows)
        for url in urls:
            clerk.get(url)
            with CaptureQueriesContext(connection) as asked:
                clerk.get(url)
            counted.append(len(asked))
            assert clerk.get(url + "?as=xlsx").status_code == 200 and clerk.get(url + "?as=print").status_code == 200
    assert counted[:3] == counted[3:]


def many(order: Order, count: int) -> None:
    """Make as many rows of each list, past the services: only reading is looked at."""
    by, day = order.issued_by_id, order.issued_on
    firm = {"firm_id": order.firm_id, "deadline": order.deadline}
    given = {"visit_id": order.visit_id, "record_id": order.record_id, "issued_on": day, "issued_by_id": by}
    Order.objects.bulk_create(Order(**firm, **given, first_deadline=day) for _ in range(count))
    Hazard.objects.bulk_create(Hazard(**firm, found_on=day, entered_by_id=by) for _ in range(count))
    asked = {"sort": "clue", "about": "report/1", "asked_by_id": by, "asked_at": order.visit.finished_at}
    Transfer.objects.bulk_create(Transfer(**asked) for _ in range(count))


def test_the_firms_page_shows_what_follows(
    people: People, flawed: Flawed, client_of: Clients, phone_of: Phones
) -> None:
    visit = flawed(GENERAL)
    order = ordered(inspector(phone_of, visit), visit)
    assert str(order) in text(client_of("clerk"), f"/roster/firms/{visit.firm_id}/")
