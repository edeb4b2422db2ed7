"""现场检查记录 says what was signed, to the word and with the handwritings; nobody can change it on the way, and each edition has its own."""

import json
from collections.abc import Callable

from django.test import Client

from papers.conftest import ARRIVED, LEFT, PROBLEM, Clients, Phones, held, picture, sign, text_of
from sunlot.office.accounts.models import User
from sunlot.office.journal.audit import audit
from sunlot.office.papers.body import document_of
from sunlot.office.papers.making import make
from sunlot.office.papers.models import Paper
from sunlot.office.papers.printing import paper_pdf
from sunlot.office.visits import joint
from sunlot.office.visits.models import Visit
from visits.conftest import fill, officers, signature

ISSUE = {"act": "issue", "head": "赵犇", "post": "总经理", "phone": "0537-5550101"}


def made(client: Client, visit: Visit, edition: str = "", **more: str) -> Paper:
    answer = client.post(f"/papers/visits/{visit.pk}/onsite_record/{edition}", ISSUE | more)
    assert answer.status_code == 302, answer.content.decode()
    return Paper.objects.latest("pk")


def test_it_says_what_was_signed(arranged: Callable[..., Visit], phone_of: Phones, client_of: Clients) -> None:
    visit = arranged()
    held(visit, phone_of, problems=[PROBLEM])
    clerk = client_of("clerk")
    page = clerk.get(f"/papers/visits/{visit.pk}/onsite_record/").content.decode()
    assert "东门安全警示标志褪色" in page and 'name="findings"' not in page
    paper = made(clerk, visit, findings="未发现问题", place="别处")
    record = visit.records.get()
    assert (paper.record, paper.number) == (record.sha256, "（青）应急检记〔2025〕1号")
    text = text_of(paper_pdf(paper))
    for part in (
        "青禾第1厂",
        "赵犇职务总经理",
        "一车间",
        "2025年9月20日10时00分",
        "9月20日11时30分",
        "检查员0",
        "SD0000",
        "标志是否完好：不合格",
        "1．东门安全警示标志褪色，无法辨认（一般隐患；依据安全生产法第35条；措施：责令立即更换警示标志）",
        "检查结果：发现问题待后续处理",
        "王某（现场负责人）2025-09-2011:30",
        record.sha256,
    ):
        assert part in text, part
    assert "未发现问题" not in text and "别处" not in text
    assert [one.stroke for one in document_of(paper).signatures] == ["M10 10L20 20L30 10L40 20"] * 3
    assert audit().findings == []


def test_no_service_says_otherwise(arranged: Callable[..., Visit], phone_of: Phones, people: dict[str, User]) -> None:
    visit = arranged()
    held(visit, phone_of)
    typed = {"findings": "另有隐患", "place": "别处", "head": "赵犇"}
    text = text_of(paper_pdf(make(people["clerk"], visit.pk, "onsite_record", typed, str)))
    assert "赵犇" in text and "另有隐患" not in text and "别处" not in text


def test_one_edition_has_one_paper_and_the_next_its_own(
    arranged: Callable[..., Visit], phone_of: Phones, client_of: Clients
) -> None:
    visit = arranged()
    phones = held(visit, phone_of)
    clerk = client_of("clerk")
    first = made(clerk, visit)
    again = clerk.post(f"/papers/visits/{visit.pk}/onsite_record/", ISSUE)
    assert again.status_code == 409 or "已制作文书" in again.content.decode()
    clerk.post(f"/visits/{visit.pk}/amend/", {"reason": "检查场所写错"})
    phones[0].enter("place", "二车间", [one["id"] for one in phones[0].log if one["field"] == "place"])
    sign(visit, phones, 2)
    assert "所据检查记录已被更正" in clerk.get(f"/visits/{visit.pk}/").content.decode()
    second = made(clerk, visit, "?edition=2")
    assert second.record != first.record and second.sequence == 2
    assert "二车间" in text_of(paper_pdf(second)) and "二车间" not in text_of(paper_pdf(first))


def test_a_refused_signature_says_why(arranged: Callable[..., Visit], phone_of: Phones, client_of: Clients) -> None:
    visit = arranged()
    held(visit, phone_of, refusal={"reason": "refused", "note": "称须请示总部；无见证人：现场只有检查组"})
    text = text_of(paper_pdf(made(client_of("clerk"), visit)))
    assert "被检查单位未签字的原因：现场负责人拒绝签字（称须请示总部；无见证人：现场只有检查组）" in text
    assert "王某（" not in text


def test_nothing_unsigned_becomes_a_paper(arranged: Callable[..., Visit], client_of: Clients) -> None:
    visit = arranged()
    answer = client_of("clerk").post(f"/papers/visits/{visit.pk}/onsite_record/", ISSUE)
    assert answer.status_code == 409 and "还没有检查记录" in answer.content.decode()
    assert not Paper.objects.exists()


def test_a_draft_takes_no_number_and_says_so(
    arranged: Callable[..., Visit], phone_of: Phones, client_of: Clients
) -> None:
    visit = arranged()
    held(visit, phone_of)
    answer = client_of("clerk").post(f"/papers/visits/{visit.pk}/onsite_record/", {"act": "draft"})
    assert answer["Content-Type"] == "application/pdf", answer.content.decode()
    assert "草稿不具效力" in text_of(answer.content)
    assert not Paper.objects.exists()


def test_an_inspector_makes_those_of_his_own_visits_only(
    arranged: Callable[..., Visit], phone_of: Phones, client_of: Clients
) -> None:
    visit = arranged()
    held(visit, phone_of)
    address = f"/papers/visits/{visit.pk}/onsite_record/"
    assert phone_of("R005").client.post(address, ISSUE).status_code == 404
    for role in ("supervisor", "auditor", "leading", "partner"):
        assert client_of(role).post(address, ISSUE).status_code == 403
    paper = made(phone_of(officers(visit)[0]).client, visit)
    assert paper.issued_by.person == officers(visit)[0]
    for reader, status in (("supervisor", 200), ("auditor", 200), ("leading", 200)):
        assert client_of(reader).get(f"/papers/{paper.pk}/pdf/").status_code == status
    assert phone_of("R005").client.get(f"/papers/{paper.pk}/").status_code == 404
    assert json.loads(paper.body)["signatures"]


def test_an_offsite_check_says_that_nobody_came(
    arranged: Callable[..., Visit], phone_of: Phones, client_of: Clients
) -> None:
    visit = arranged(offsite=True)
    phones = [phone_of(person) for person in officers(visit)]
    fill(phones, visit, photo=picture())
    for name, value in {"times/arrived": ARRIVED, "times/left": LEFT, "methods": ["written"], "place": None}.items():
        phones[0].enter(name, value, [one["id"] for one in phones[0].log if one["field"] == name])
    sign(visit, phones, 1)
    text = text_of(paper_pdf(made(client_of("clerk"), visit)))
    assert "检查场所非现场检查，没有入企" in text and "核查方式：书面检查" in text


def test_each_department_of_a_joint_visit_stands_on_it_once_all_have_signed(
    arranged: Callable[..., Visit], phone_of: Phones, client_of: Clients
) -> None:
    departments = joint.read("市场监督管理局：AQ-02：李某 SG001、赵某 SG002")
    visit = arranged(kind="joint", departments=departments)
    phones = [phone_of(person) for person in officers(visit)]
    fill(phones, visit, photo=picture())
    for name, value in {"times/arrived": ARRIVED, "times/left": LEFT}.items():
        phones[0].enter(name, value, [one["id"] for one in phones[0].log if one["field"] == name])
    sign(visit, phones, 1)
    answer = client_of("clerk").post(f"/papers/visits/{visit.pk}/onsite_record/", ISSUE)
    assert answer.status_code == 409 and "市场监督管理局 0 人签字" in answer.content.decode()
    sign(visit, phones, 1, more=[signature("partner", name=name, capacity="d1") for name in ("李某", "赵某")])
    text = text_of(paper_pdf(made(client_of("clerk"), visit)))
    assert "联合检查部门：市场监督管理局，李某（SG001）、赵某（SG002）；已在检查记录上签字：李某、赵某" in text
