"""案卷: cover, index with pages, every paper that holds, signed pages, photos; as one PDF or as Word files; of a visit and of what later apps add."""

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from papers.conftest import ARRIVED, LEFT, PROBLEM, Clients, Phones, held, issued, picture, text_of
from papers.test_a_visit_gets_its_papers import NOTICE, make
from papers.test_signed_pages_come_back import scanned_pdf, upload
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.journal.audit import audit
from sunlot.office.papers import dossier
from sunlot.office.papers.models import Paper
from sunlot.office.visits.models import Record, Visit
from sunlot.office.visits.on_paper import confirm, sign_on_paper
from sunlot.office.visits.seals import put_seal
from visits.conftest import fill, officers, record_text


@pytest.fixture(autouse=True)
def alone() -> Iterator[None]:
    """Leave the registers of related things, of files and of covers as they were."""
    related, attached, covers = list(dossier._RELATED), list(dossier._ATTACHMENTS), dict(dossier._COVERS)
    yield
    dossier._RELATED[:], dossier._ATTACHMENTS[:] = related, attached
    dossier._COVERS.clear()
    dossier._COVERS.update(covers)


def test_all_of_a_visit(
    arranged: Callable[..., Visit], phone_of: Phones, people: dict[str, Any], client_of: Clients
) -> None:
    visit, clerk = arranged(), client_of("clerk")
    held(visit, phone_of, problems=[PROBLEM])
    notice = make(clerk, visit, "inspection_notice", **NOTICE)
    make(clerk, visit, "onsite_record")
    wrong = make(clerk, visit, "receipt")
    clerk.post(f"/papers/{wrong.pk}/void/", {"reason": "写错"})
    approvals.grant(people["chief"], Approval.objects.get(kind="papers.void").pk)
    clerk.post(f"/papers/{notice.pk}/scan/", {"code": notice.digest, "pages": upload(picture(20, 20), scanned_pdf(2))})
    dossier.register(lambda obj: ["order/7"] if obj == visit.obj else [])
    order = issued(people["clerk"], obj="order/7", fields={"findings": "复查时已整改"})
    address = f"/papers/case/visit/{visit.pk}/"
    assert "还没有案卷首页" in clerk.get(address).content.decode()
    for nothing in (clerk.post(address, {"act": "pdf"}), client_of("supervisor").post(address, {"act": "pdf"})):
        assert nothing.status_code == 409 and not Paper.objects.filter(kind="case_file").exists()
    page = clerk.get(address + "cover/").content.decode()
    assert "青禾第1厂重点检查" in page and "发现问题待后续处理" in page
    cover = {"case": "青禾第1厂重点检查", "cause": "重点检查", "result": "责令改正", "opened_on": "2025-09-20"}
    assert clerk.post(address + "cover/", cover | {"officers": "检查员0、检查员1"}).status_code == 302
    page = clerk.get(address).content.decode()
    assert notice.number in page and order.number in page and wrong.number not in page and "大门" in page
    everything = {"paper": list(Paper.objects.values_list("pk", flat=True)), "photo": [visit.photos.get().sha256]}
    answer = clerk.post(address, everything | {"act": "pdf"})
    assert answer["Content-Type"] == "application/pdf", answer.content.decode()
    text = text_of(answer.content)
    parts = (
        "（青）应急案〔2025〕1号",
        "卷内目录",
        notice.number,
        "签字页",
        "现场检查记录",
        "复查时已整改",
        "现场照片（1张）",
        "1．要点AQ-01/1有无警示标志：大门，2023-09-2010:00拍摄（SHA-256",
    )
    for part in parts:
        assert part in text, part
    assert wrong.number not in text
    assert len(PdfReader(io.BytesIO(answer.content)).pages) >= 9
    names = zipfile.ZipFile(io.BytesIO(clerk.post(address, everything | {"act": "word"}).content)).namelist()
    assert [name.split()[1].split(".")[0] for name in names] == [
        "案卷首页",
        "卷内目录",
        "行政检查通知书",
        "行政检查通知书（签字页）",
        "行政检查通知书（签字页）",
        "现场检查记录",
        "现场检查记录",
        "现场照片（1张）",
    ]
    assert audit().findings == []


def test_what_is_not_ticked_stays_out(arranged: Callable[..., Visit], client_of: Clients) -> None:
    visit, clerk = arranged(), client_of("clerk")
    one = make(clerk, visit, "inspection_approval")
    other = make(clerk, visit, "inspection_notice", **NOTICE)
    evidence = dossier.Attached("整改材料", "d" * 64, date(2025, 9, 19), lambda: picture(25, 25))
    dossier.register_attachments(lambda user, obj: [evidence] if obj == visit.obj else [])
    address = f"/papers/case/visit/{visit.pk}/"
    assert f'name="file" value="{evidence.digest}"' in clerk.get(address).content.decode()
    cover = {"case": "甲", "cause": "乙", "result": "丙", "opened_on": "2025-09-20", "officers": "丁"}
    clerk.post(address + "cover/", cover)
    text = text_of(clerk.post(address, {"act": "pdf", "paper": [other.pk]}).content)
    assert other.number in text and one.number not in text and "整改材料" not in text
    assert "整改材料2025年9月19日" in text_of(clerk.post(address, {"act": "pdf", "file": [evidence.digest]}).content)
    empty = clerk.post(address, {"act": "pdf"})
    assert empty.status_code == 409 and "还没有文书" in empty.content.decode()


def test_of_a_case_without_a_visit(record: Callable[..., Paper], client_of: Clients) -> None:
    record(obj="case/4")
    clerk = client_of("clerk")
    assert clerk.get("/papers/case/case/5/").status_code == 404
    dossier.register_cover("case", lambda obj: {"case": f"某案 {obj}"})
    assert "某案 case/4" in clerk.get("/papers/case/case/4/cover/").content.decode()
    assert client_of("supervisor").get("/papers/case/case/4/cover/").status_code == 403
    assert client_of("supervisor").get("/papers/case/case/4/").status_code == 200


def test_one_click_makes_the_cover_too(arranged: Callable[..., Visit], phone_of: Phones, client_of: Clients) -> None:
    visit, clerk = arranged(), client_of("clerk")
    held(visit, phone_of, problems=[PROBLEM])
    notice = make(clerk, visit, "inspection_notice", **NOTICE)
    address = f"/papers/case/visit/{visit.pk}/"
    for _again in range(2):
        answer = clerk.post(address, {"act": "pdf", "paper": [notice.pk]})
        assert answer["Content-Type"] == "application/pdf", answer.content.decode()
        text = text_of(answer.content)
        assert "（青）应急案〔2025〕1号" in text and "青禾第1厂重点检查" in text and notice.number in text
    assert Paper.objects.filter(kind="case_file").count() == 1
    assert audit().findings == []


def test_every_page_signed_by_hand_and_the_seal_are_in_it(
    arranged: Callable[..., Visit], phone_of: Phones, client_of: Clients
) -> None:
    visit, clerk = arranged(), client_of("clerk")
    phones = [phone_of(person) for person in officers(visit)]
    fill(phones, visit, photo=picture())
    for name, value in {"times/arrived": ARRIVED, "times/left": LEFT}.items():
        phones[0].enter(name, value, [one["id"] for one in phones[0].log if one["field"] == name])
    for phone in phones:
        phone.send(visit.uid)
    phones[0].upload(visit.uid, picture())
    text = record_text(phones[0], visit, [change for phone in phones for change in phone.log])
    assert phones[0].post(visit.uid, "record", {"record": text, "signatures": [], "refusal": None}).status_code == 200
    record = Record.objects.get(visit=visit)
    pages = [picture(21, 29), scanned_pdf(2), picture(21, 30)]
    sign_on_paper(phones[0].user, visit.uid, record.sha256, pages, {"firm": "王某", "witness": ""}, "site")
    for phone in phones[1:]:
        confirm(phone.user, visit.uid)
    put_seal(phones[0].user, visit.uid, picture(30, 30), "")
    notice = make(clerk, visit, "inspection_notice", **NOTICE)
    address = f"/papers/case/visit/{visit.pk}/"
    shown = clerk.get(address).content.decode()
    assert shown.count("检查记录签字页") == 3 and shown.count("企业印章") == 1
    everything = {"paper": [notice.pk], "photo": [photo.sha256 for photo in visit.photos.all()]}
    answer = clerk.post(address, everything | {"act": "word"})
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert names[3:] == [
        "03 检查记录签字页 1.png",
        "03 检查记录签字页 2.pdf",
        "03 检查记录签字页 3.png",
        "04 企业印章 1.png",
        "05 现场照片（1张） 1.png",
    ]
    index = text_of(clerk.post(address, everything | {"act": "pdf"}).content)
    assert "检查记录签字页2025年9月20日2—5" in index and "企业印章2025年9月20日6" in index
