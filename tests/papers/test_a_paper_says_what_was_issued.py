"""What was issued comes out again to the byte, as PDF and Word, for those who may see it."""

import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

from django.test import Client

from papers.conftest import RECORD
from sunlot.documents.statutory import Signature
from sunlot.office.journal.models import Event
from sunlot.office.papers.body import document_of
from sunlot.office.papers.models import Paper
from sunlot.office.papers.printing import paper_pdf
from sunlot.office.papers.queries import papers_of

SIGNED = (
    Signature("inspectors", "检查员1", "SD0001", at=datetime(2023, 8, 20, 3, tzinfo=UTC), stroke="M10 10 L20 20"),
    Signature("representative", "王某", capacity="现场负责人", note="拒绝签字"),
)


def test_the_document_is_the_same_again(record: Callable[..., Paper]) -> None:
    paper = Paper.objects.get(pk=record(signatures=SIGNED).pk)
    document = document_of(paper)
    assert document.digest() == paper.digest
    assert document.fields == RECORD
    assert tuple(document.signatures) == SIGNED
    assert paper_pdf(paper) == paper_pdf(paper)


def test_it_is_downloaded(record: Callable[..., Paper], client_of: Callable[[str], Client]) -> None:
    paper = record()
    reader = client_of("supervisor")
    answer = reader.get(f"/papers/{paper.pk}/pdf/")
    assert answer.content.startswith(b"%PDF") and answer["Content-Type"] == "application/pdf"
    word = reader.get(f"/papers/{paper.pk}/word/")
    text = zipfile.ZipFile(BytesIO(word.content)).read("word/document.xml").decode()
    assert "配电箱未关闭" in text
    assert client_of("inspector").get(f"/papers/{paper.pk}/pdf/").status_code == 404
    assert client_of("system").get(f"/papers/{paper.pk}/pdf/").status_code == 403


def test_papers_of_things(record: Callable[..., Paper]) -> None:
    first, second, other = record(obj="order/1"), record(obj="case/2"), record(obj="order/2")
    assert list(papers_of("order/1", "case/2")) == [first, second]
    assert other not in papers_of("order/1")


def test_the_log_names_neither_firm_nor_person(record: Callable[..., Paper]) -> None:
    paper = record(signatures=SIGNED)
    leaf = Event.objects.latest("seq").leaf
    assert paper.number in leaf
    for secret in ("青禾第3厂", "检查员1", "王某", "配电箱", paper.digest):
        assert secret not in leaf
