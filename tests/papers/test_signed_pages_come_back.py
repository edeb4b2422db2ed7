"""A page signed by hand is taken in only for the paper whose code it carries; anybody in the office can check a code."""

import io
from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter

from papers.conftest import Clients, picture
from sunlot.office.journal.audit import audit, findings_besides
from sunlot.office.papers import scans
from sunlot.office.papers.models import Paper, ScannedPage


def upload(*pages: bytes) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"{n}.png", page, content_type="image/png") for n, page in enumerate(pages)]


def scanned_pdf(pages: int = 2, password: str = "") -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if password:
        writer.encrypt(password)
    writer.write(out)
    return out.getvalue()


def test_it_is_kept_and_shown(record: Callable[..., Paper], client_of: Clients) -> None:
    paper, clerk = record(), client_of("clerk")
    two = (picture(10, 10), picture(12, 10))
    answer = clerk.post(f"/papers/{paper.pk}/scan/", {"code": paper.digest[:8].upper(), "pages": upload(*two)})
    assert answer.status_code == 302, answer.content.decode()
    assert clerk.get(f"/papers/{paper.pk}/pages/2/").content == two[1]
    assert client_of("partner").get(f"/papers/{paper.pk}/pages/2/").status_code == 403
    full = f"sunlot-form:{paper.number}:{paper.digest}"
    more = clerk.post(f"/papers/{paper.pk}/scan/", {"code": full, "pages": upload(two[0], picture(14, 10))})
    assert more.status_code == 302
    assert list(paper.pages.order_by("order").values_list("order", flat=True)) == [1, 2, 3]
    assert audit().findings == []


def test_another_papers_page_is_refused(record: Callable[..., Paper], client_of: Clients) -> None:
    paper, other, clerk = record(), record(fields={"findings": "无"}), client_of("clerk")
    for code, said in (
        (other.digest, "属于另一份文书"),
        (f"sunlot-form:{other.number}:{paper.digest}", "属于另一份文书"),
        (paper.digest[:7], "至少前 8 位"),
        ("二维码", "至少前 8 位"),
    ):
        answer = clerk.post(f"/papers/{paper.pk}/scan/", {"code": code, "pages": upload(picture())})
        assert answer.status_code == 422 and said in answer.content.decode(), code
    for data, said in ((b"GIF89a", "只接收"), (b"%PDF-1.7", "PDF 无法读出"), (scanned_pdf(1, "1234"), "设有密码")):
        answer = clerk.post(f"/papers/{paper.pk}/scan/", {"code": paper.digest, "pages": upload(data)})
        assert answer.status_code == 422 and said in answer.content.decode()
    assert clerk.post(f"/papers/{paper.pk}/scan/", {"code": paper.digest}).status_code == 422
    assert not ScannedPage.objects.exists()


def test_a_changed_file_is_noticed(record: Callable[..., Paper], client_of: Clients) -> None:
    paper, clerk = record(), client_of("clerk")
    clerk.post(f"/papers/{paper.pk}/scan/", {"code": paper.digest, "pages": upload(picture())})
    path = scans.path_of(paper.pages.get().sha256)
    assert findings_besides() == []
    path.write_bytes(picture(9, 9))
    answer = clerk.get(f"/papers/{paper.pk}/pages/1/")
    assert answer.status_code == 409 and "缺失或被改动" in answer.content.decode()
    (found,) = findings_besides()
    assert found.obj == paper.obj and paper.number in found.text and "被改动" in found.text
    path.unlink()
    (found,) = findings_besides()
    assert "不见了" in found.text


def test_a_code_is_checked_by_hand(record: Callable[..., Paper], client_of: Clients) -> None:
    paper, reader = record(), client_of("auditor")
    for code in (paper.digest[:12], f"sunlot-form:{paper.number}:{paper.digest}"):
        page = reader.get("/papers/check/", {"code": code}).content.decode()
        assert paper.number in page and "真实有效" in page
    changed = f"{(int(paper.digest[0], 16) + 1) % 16:x}{paper.digest[1:]}"
    assert "没有这份文书" in reader.get("/papers/check/", {"code": changed}).content.decode()
    assert "真实有效" not in reader.get("/papers/check/", {"code": f"sunlot-form:x:{paper.digest}"}).content.decode()
    assert reader.get("/papers/check/", {"code": "abc"}).status_code == 422
