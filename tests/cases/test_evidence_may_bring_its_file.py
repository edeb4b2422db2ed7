"""A piece of evidence may bring its file: kept by its hash, shown to those who see the case, watched by the audit, set into the case file."""

from collections.abc import Callable
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cases.conftest import Way
from papers.conftest import picture
from papers.test_signed_pages_come_back import scanned_pdf
from sunlot.office.accounts.models import User
from sunlot.office.cases import evidence_files, investigating
from sunlot.office.journal.audit import audit, findings_besides
from sunlot.office.papers import dossier
from sunlot.office.visits.moment import today

Clients = Callable[[str], Client]
Ways = Callable[..., Way]


def entered(title: str = "配电箱照片") -> dict[str, object]:
    return {"kind": "document", "title": title, "taken_on": today().isoformat()}


def file(data: bytes, name: str = "配电箱.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_it_is_kept_shown_and_saved(way: Ways, client_of: Clients) -> None:
    case, clerk = way().opened().case, client_of("clerk")
    site = f"/cases/{case.pk}/"
    for data, name in ((picture(9, 9), "C:\\照片\\配电箱.png"), (b"<script>", "监控.html")):
        answer = clerk.post(site + "evidence/", entered() | {"file": file(data, name)})
        assert answer.status_code == 302, answer.content.decode()
    shown, saved = case.evidence.filter(size__gt=0).order_by("pk")
    assert (shown.file_name, shown.sha256, shown.size) == (
        "配电箱.png",
        sha256(picture(9, 9)).hexdigest(),
        len(picture(9, 9)),
    )
    page = clerk.get(site).content.decode()
    assert f"{site}evidence/{shown.pk}/file/" in page and "监控.html" in page
    answer = clerk.get(f"{site}evidence/{shown.pk}/file/")
    assert answer.content == picture(9, 9) and answer["Content-Disposition"].startswith("inline")
    answer = clerk.get(f"{site}evidence/{saved.pk}/file/")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment") and "sandbox" in answer["Content-Security-Policy"]
    assert audit(besides=findings_besides()).findings == []


def test_who_does_not_see_the_case_does_not_see_it(way: Ways, client_of: Clients) -> None:
    case, clerk = way().opened().case, client_of("clerk")
    clerk.post(f"/cases/{case.pk}/evidence/", entered() | {"file": file(picture())})
    row = case.evidence.get(size__gt=0)
    address = f"/cases/{case.pk}/evidence/{row.pk}/file/"
    assert client_of("supervisor").get(address).status_code == 200
    assert client_of("inspector").get(address).status_code == 404
    assert client_of("partner").get(address).status_code == 403


@pytest.mark.parametrize(
    ("data", "typed", "said"),
    [(b"", "", "是空的"), (b"a", "0" * 64, "与填写的不符"), (b"x" * (64 * 2**20 + 1), "", "请刻盘保存")],
    ids=["empty", "another", "large"],
)
def test_what_cannot_be_kept_is_said_and_what_was_typed_stays(
    way: Ways, client_of: Clients, data: bytes, typed: str, said: str
) -> None:
    case, clerk = way().opened().case, client_of("clerk")
    answer = clerk.post(f"/cases/{case.pk}/evidence/", entered() | {"file": file(data), "sha256": typed})
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page and "配电箱照片" in page
    assert not case.evidence.filter(size__gt=0).exists()


def test_a_file_that_is_gone_or_altered_is_named(way: Ways, client_of: Clients) -> None:
    case, clerk = way().opened().case, client_of("clerk")
    clerk.post(f"/cases/{case.pk}/evidence/", entered() | {"file": file(picture())})
    row = case.evidence.get(size__gt=0)
    evidence_files.path_of(row.sha256).write_bytes(b"painted over")
    (found,) = findings_besides()
    assert found.obj == case.obj and "被改动" in found.text
    assert clerk.get(f"/cases/{case.pk}/evidence/{row.pk}/file/").status_code == 409
    evidence_files.path_of(row.sha256).unlink()
    (found,) = findings_besides()
    assert "不见了" in found.text


def test_pictures_and_scans_go_into_the_case_file(way: Ways, people: dict[str, User]) -> None:
    case, clerk = way().opened().case, people["clerk"]
    titles = {"照片": file(picture()), "询问笔录扫描件": file(scanned_pdf()), "录音": file(b"ID3", "录音.mp3")}
    for title, one in titles.items():
        investigating.collect(clerk, case.pk, "document", title, today(), file=one)
    dropped = investigating.collect(clerk, case.pk, "document", "重复", today(), file=file(picture(3, 3)))
    investigating.drop_evidence(clerk, case.pk, dropped.pk, "重复")
    found = dossier.attachments_of(clerk, dossier.things_of(case.obj))
    assert [one.title for one in found] == ["书证：照片", "书证：询问笔录扫描件"]
    assert found[0].read() == picture()
    assert dossier.attachments_of(people["inspector"], dossier.things_of(case.obj)) == []
