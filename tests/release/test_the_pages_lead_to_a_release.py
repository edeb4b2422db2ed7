"""The office's pages: what waits, what it would say, asking with public wordings, correcting, taking away; nothing typed is lost."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from release.conftest import FINDING, Finish, another, problem
from sunlot.office.accounts.models import User
from sunlot.office.approvals.models import Approval
from sunlot.office.release.approval_kinds import checklist
from sunlot.office.release.models import Edition, Release

Clients = Callable[[str], Client]
Give = Callable[..., Release]


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return answer.content.decode()


def test_from_the_list_to_the_public_page(finish: Finish, client_of: Clients) -> None:
    visit = finish(more=problem("电工刘大明无证上岗，电话 13953700001"))
    clerk, chief = client_of("clerk"), client_of("chief")
    assert visit.firm_name in text(clerk, "/release/") and "2023-10-24" in text(clerk, f"/visits/{visit.pk}/")
    preview = text(clerk, f"/release/visit/{visit.pk}/")
    assert (
        "13953700001" in preview
        and "自动扫描在拟公开的文字中发现" in preview
        and "现场负责人、见证人姓名和电话" in preview
    )
    ask = clerk.post("/release/ask/", {"pk": [str(visit.pk)]}).content.decode()
    name = f"w-visit/{visit.pk}-{FINDING}/text"
    assert f'name="{name}"' in ask and "扫描发现：电话“13953700001”" in ask
    form = {"kind": "result", "pk": str(visit.pk), "reason": "检查已办结"}
    refused = clerk.post("/release/ask/", form | {name: "电工无证上岗，电话 13953700001"})
    assert refused.status_code == 422 and "电工无证上岗，电话 13953700001" in refused.content.decode()
    answer = clerk.post("/release/ask/", form | {name: "一名电工无证上岗"})
    asked = Approval.objects.get(kind="release.publish")
    assert answer.headers["Location"] == f"/approvals/{asked.pk}/"
    shown = text(chief, f"/approvals/{asked.pk}/")
    assert "一名电工无证上岗" in shown and all(line in shown for line in checklist().values())
    chief.post(f"/approvals/{asked.pk}/decide/", {"act": "grant", "checked": list(checklist())})
    row = Release.objects.get()
    assert "一名电工无证上岗" in text(chief, f"/release/{row.pk}/") and row.number in text(
        clerk, f"/visits/{visit.pk}/"
    )
    assert clerk.get(f"/release/visit/{visit.pk}/").headers["Location"] == f"/release/{row.pk}/"
    assert row.number in text(clerk, "/release/released/") and "一名电工" in text(
        Client(), f"/public/results/{row.number}/"
    )


def test_a_correction_and_a_withdrawal_from_their_pages(finish: Finish, release: Give, client_of: Clients) -> None:
    row = release(finish(more=problem("安全出口堵塞")))
    clerk, chief = client_of("clerk"), client_of("chief")
    page = f"/release/{row.pk}/"
    name = f"w-{row.about}-{FINDING}/text"
    assert "安全出口堵塞" in text(clerk, f"{page}correct/")
    answer = clerk.post(f"{page}correct/", {name: "一处安全出口堵塞", "reason": "写明处数"})
    chief.post(f"{answer.headers['Location']}decide/", {"act": "grant", "checked": list(checklist())})
    assert Edition.objects.count() == 2
    bad = clerk.post(f"{page}withdraw/", {"since": "2023-12-01", "reason": "登记错误"})
    assert bad.status_code == 422 and "不能晚于今天" in bad.content.decode() and "登记错误" in bad.content.decode()
    answer = clerk.post(f"{page}withdraw/", {"since": "2023-09-20", "reason": "登记错误"})
    chief.post(f"{answer.headers['Location']}decide/", {"act": "grant"})
    assert "已撤回" in text(clerk, page) and row.number in text(clerk, "/release/released/?state=withdrawn")


def test_a_whole_draw_is_asked_for_with_one_link(finish: Finish, people: dict[str, User], client_of: Clients) -> None:
    first = finish()
    second = finish(another(people, first))
    clerk = client_of("clerk")
    link = f"/release/ask/?draw={first.draw}"
    assert link in text(clerk, "/release/") and "2 件一并送审" in text(clerk, "/release/")
    assert "拟公示 2 件" in text(clerk, link)
    answer = clerk.post(link, {"kind": "result", "pk": f"{first.pk},{second.pk}", "reason": "检查已办结"})
    assert (
        answer.status_code == 302 and Approval.objects.get(kind="release.publish").obj == f"draw/{first.draw}/release"
    )


def test_what_was_typed_on_site_is_no_markup(finish: Finish, client_of: Clients) -> None:
    visit = finish(more=problem("<b id=x>电话 13953700001</b><script>"))
    page = text(client_of("clerk"), f"/release/ask/?pk={visit.pk}")
    assert "<b id=x>" not in page and "<script>" not in page and "&lt;b id=x&gt;" in page


def test_nothing_ticked_is_said(people: dict[str, User], client_of: Clients) -> None:
    clerk = client_of("clerk")
    assert "请先在列表中勾选" in clerk.post("/release/ask/", {}, follow=True).content.decode()
    assert "没有可以公示的结果" in clerk.post("/release/ask/", {"pk": "77"}, follow=True).content.decode()
    assert clerk.get("/release/visit/77/").status_code == 404 and clerk.get("/release/77/").status_code == 404


def test_lists_take_a_fixed_number_of_queries(finish: Finish, people: dict[str, User], client_of: Clients) -> None:
    clerk = client_of("clerk")
    counts = []
    first = finish()
    for more in (None, first):
        if more:
            finish(another(people, more))
        clerk.get("/release/")
        with CaptureQueriesContext(connection) as asked:
            clerk.get("/release/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
