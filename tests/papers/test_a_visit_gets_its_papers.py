"""Approval form, scheme, notice, measures, questioning, receipt: filled from what the office knows; the officer adds what is missing."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from papers.conftest import PROBLEM, Clients, Phones, held, text_of
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval, State
from sunlot.office.journal.audit import audit
from sunlot.office.papers.models import Paper
from sunlot.office.papers.printing import paper_pdf, sheet_of
from sunlot.office.visits.models import Visit
from sunlot.refusal import Refusal

NOTICE = {"contact": "钱经办", "phone": "0537-5551234", "supervision": "0537-5559999"}


def filled(client: Client, address: str) -> dict[str, str]:
    """Return what the page of a form has filled in already."""
    page = client.get(address)
    assert page.status_code == 200, page.content.decode()
    text = page.content.decode()
    found = dict(re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', text))
    found |= {name: value for value, name in re.findall(r'<input[^>]* value="([^"]*)"[^>]* name="([^"]+)"', text)}
    found |= dict(re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\s*([^<]*)</textarea>', text))
    skipped = ("csrfmiddlewaretoken", "language", "next", "way", "act")
    return {name: unescape(value) for name, value in found.items() if name not in skipped}


def make(client: Client, visit: Visit, kind: str, **more: str) -> Paper:
    address = f"/papers/visits/{visit.pk}/{kind}/"
    answer = client.post(address, filled(client, address) | {"act": "issue"} | more)
    assert answer.status_code == 302, answer.content.decode()
    return Paper.objects.filter(kind=kind).latest("pk")


def test_the_approval_form_says_who_approved(arranged: Callable[..., Visit], client_of: Clients) -> None:
    paper = make(client_of("clerk"), arranged(), "inspection_approval")
    text = text_of(paper_pdf(paper))
    for part in (
        "青禾第1厂",
        "列入重点单位名单",
        "经办人（电子提交）",
        "科室负责人（电子审批）",
        "同意。",
        "上限",
    ):
        assert part in text, part
    assert paper.number == "（青）应急检审〔2025〕1号"


def test_the_notice_carries_pledge_and_check_code(arranged: Callable[..., Visit], client_of: Clients) -> None:
    visit, clerk = arranged(), client_of("clerk")
    address = f"/papers/visits/{visit.pk}/inspection_notice/"
    bad = clerk.post(address, filled(clerk, address) | {"act": "issue"})
    assert bad.status_code == 422 and "监督电话" in bad.content.decode()
    paper = make(clerk, visit, "inspection_notice", **NOTICE)
    text = text_of(paper_pdf(paper))
    for part in (
        "青禾第1厂：",
        "为企业保守技术秘密和商业秘密",
        "安全生产责任制",
        "钱经办",
        "协助检查人员0人",
        "SD0000",
    ):
        assert part in text, part
    assert sheet_of(paper).qr == f"http://testserver/visits/code/{visit.token}/"
    assert clerk.get(f"/visits/code/{visit.token}/").status_code == 200
    assert filled(clerk, address)["supervision"] == "0537-5559999"  # as on the last one


def test_a_secret_visit_gets_no_notice_before_it_begins(
    arranged: Callable[..., Visit], phone_of: Phones, client_of: Clients
) -> None:
    visit = arranged(secret=True)
    answer = client_of("clerk").get(f"/papers/visits/{visit.pk}/inspection_notice/")
    assert answer.status_code == 409 and "不事先通知" in answer.content.decode()
    held(visit, phone_of)
    assert make(client_of("clerk"), visit, "inspection_notice", **NOTICE)


def test_a_scheme_is_reviewed_and_approved_by_two_others(
    arranged: Callable[..., Visit], people: dict[str, Any], client_of: Clients
) -> None:
    visit, clerk = arranged(), client_of("clerk")
    address = f"/papers/visits/{visit.pk}/inspection_scheme/"
    answer = clerk.post(address, filled(clerk, address) | {"act": "issue", "way": "both", "industry": "机械"})
    assert answer.status_code == 302, answer.content.decode()
    assert not Paper.objects.exists()
    assert "正在等待审批" in clerk.get(f"/visits/{visit.pk}/").content.decode()
    review = Approval.objects.get(kind="papers.review")
    assert "青禾第1厂" in client_of("chief").get(f"/approvals/{review.pk}/").content.decode()
    approvals.grant(people["chief"], review.pk)
    approval = Approval.objects.get(kind="papers.approve")
    with pytest.raises(Refusal, match="不能审批自己"):
        approvals.grant(people["chief"], approval.pk)
    assert not Paper.objects.exists()
    approvals.grant(people["leading"], approval.pk)
    text = text_of(paper_pdf(Paper.objects.get()))
    for part in ("机械", "科室负责人（电子审批）", "领导小组（电子审批）", "同意。"):
        assert part in text, part
    assert audit().findings == []


def test_who_drafted_does_not_approve(
    arranged: Callable[..., Visit], people: dict[str, Any], client_of: Clients
) -> None:
    visit, chief = arranged(), client_of("chief")
    address = f"/papers/visits/{visit.pk}/inspection_scheme/"
    chief.post(address, filled(chief, address) | {"act": "issue", "way": "both", "industry": "机械"})
    approvals.grant(people["leading"], Approval.objects.get(kind="papers.review").pk)
    with pytest.raises(Refusal, match="起草人不能审批"):
        approvals.grant(people["chief"], Approval.objects.get(kind="papers.approve").pk)
    assert Approval.objects.get(kind="papers.approve").state == State.PENDING


def test_a_scheme_may_be_signed_on_paper(arranged: Callable[..., Visit], client_of: Clients) -> None:
    typed = {"approval": "同意。", "approved_on": "2025-09-20", "review": "同意。"}  # not for the clerk to say
    paper = make(client_of("clerk"), arranged(), "inspection_scheme", way="paper", industry="机械", **typed)
    text = text_of(paper_pdf(paper))
    assert "标志是否完好" in text and "同意。" not in text


def test_measures_come_from_the_problems(arranged: Callable[..., Visit], phone_of: Phones, client_of: Clients) -> None:
    visit, clerk = arranged(), client_of("clerk")
    held(visit, phone_of, problems=[PROBLEM])
    paper = make(clerk, visit, "onsite_measure", government="青禾县", court="青禾县")
    text = text_of(paper_pdf(paper))
    for part in (
        "东门安全警示标志褪色",
        "责令立即更换警示标志",
        "依据安全生产法第35条",
        "青禾县人民政府",
        "证号：SD0000",
    ):
        assert part in text, part


def test_there_are_no_measures_without_a_problem(
    arranged: Callable[..., Visit], phone_of: Phones, client_of: Clients
) -> None:
    visit = arranged()
    held(visit, phone_of)
    answer = client_of("clerk").get(f"/papers/visits/{visit.pk}/onsite_measure/")
    assert answer.status_code == 409 and "没有问题或隐患" in answer.content.decode()


def test_questioning_keeps_what_was_typed_when_something_is_missing(
    arranged: Callable[..., Visit], client_of: Clients
) -> None:
    visit, clerk = arranged(), client_of("clerk")
    address = f"/papers/visits/{visit.pk}/questioning_record/"
    typed = filled(clerk, address) | {"act": "issue", "record": "问：何时更换？\n答：上周。", "name": "赵犇"}
    answer = clerk.post(address, typed)
    assert answer.status_code == 422 and "答：上周。" in answer.content.decode()
    paper = make(clerk, visit, "questioning_record", **typed, begun="2025-09-20T10:00", ended="2025-09-20T10:40")
    assert paper.number == "" and "答：上周。" in text_of(paper_pdf(paper))
    assert filled(clerk, address)["round"] == "2"


def test_the_receipt_lists_what_is_served(arranged: Callable[..., Visit], client_of: Clients) -> None:
    visit, clerk = arranged(), client_of("clerk")
    notice = make(clerk, visit, "inspection_notice", **NOTICE)
    answer = clerk.post(f"/papers/{notice.pk}/serve/", {"on": "2025-09-20", "how": "直接送达", "to": "王某"})
    assert answer.status_code == 302
    early = clerk.post(f"/papers/{notice.pk}/serve/", {"on": "2025-09-01", "how": "直接送达", "to": "王某"})
    assert early.status_code == 422 and "送达日期应在" in early.content.decode()
    rows = {"deliveries.0.place": "企业门卫室", "deliveries.0.server": "检查员0"}
    paper = make(clerk, visit, "receipt", **rows)
    text = text_of(paper_pdf(paper))
    for part in (notice.number, "企业门卫室", "直接送达"):
        assert part in text, part
    assert audit().findings == []


def test_no_paper_is_made_for_a_kind_a_visit_does_not_have(arranged: Callable[..., Visit], client_of: Clients) -> None:
    visit = arranged()
    assert client_of("clerk").get(f"/papers/visits/{visit.pk}/penalty_decision/").status_code == 404
