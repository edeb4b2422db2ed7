"""案卷: cover, index with the right pages, documents in order; one PDF, or Word files in a zip."""

import io
import zipfile

import segno
from docx import Document as read_word
from pypdf import PdfReader

from paperwork import document
from sunlot.documents.statutory import Scan, case_pdf, case_word

COVER = document("case_file")
LONG = document("onsite_record", findings="\n".join(["检查情况" * 12] * 40))


def photo() -> bytes:
    out = io.BytesIO()
    segno.make("照片").save(out, kind="png", scale=8)
    return out.getvalue()


PARTS = [
    document("case_opening"),
    LONG,
    document("questioning_record"),
    Scan("现场照片", [photo()] * 2),
    document("receipt"),
]


def pages() -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(case_pdf(COVER, PARTS))).pages]


def test_the_index_names_every_document_and_its_pages() -> None:
    cover, index, *rest = pages()
    assert "案卷（首页）" in cover and "卷内目录" in index
    titles = ["立案审批表", "现场检查记录", "询问笔录", "现场照片", "文书送达回执"]
    found = [next(number for number, page in enumerate(rest, 1) if title in page) for title in titles]
    ends = [*(start - 1 for start in found[1:]), len(rest)]
    wanted = [str(start) if start == end else f"{start}—{end}" for start, end in zip(found, ends, strict=True)]
    assert ends[1] - found[1] >= 2, "the long record has several pages"
    for title, shown in zip(titles, wanted, strict=True):
        row = index[index.index(title) :]
        assert shown in row[:60], (title, shown, row[:60])


def test_pages_are_numbered_through_behind_the_index() -> None:
    read = PdfReader(io.BytesIO(case_pdf(COVER, PARTS))).pages
    for number, page in enumerate(read[2:], 1):
        assert str(number) in page.extract_text().split()


def test_each_document_keeps_its_own_pages() -> None:
    assert sum("共1页第1页" in page for page in pages()) == 5
    assert sum("共2页第2页" in page for page in pages()) == 1


def test_the_same_case_gives_the_same_bytes() -> None:
    assert case_pdf(COVER, PARTS) == case_pdf(COVER, PARTS)
    assert case_word(COVER, PARTS) == case_word(COVER, PARTS)


def test_a_title_cannot_leave_the_archive() -> None:
    with zipfile.ZipFile(io.BytesIO(case_word(COVER, [Scan("../照片: 一", [photo()])]))) as archive:
        assert archive.namelist()[-1] == "02 .._照片__一 1.png"


def test_the_word_files_come_in_order_with_scans_as_they_are() -> None:
    with zipfile.ZipFile(io.BytesIO(case_word(COVER, PARTS))) as archive:
        names = archive.namelist()
        assert names == [
            "00 案卷首页.docx",
            "01 卷内目录.docx",
            "02 立案审批表.docx",
            "03 现场检查记录.docx",
            "04 询问笔录.docx",
            "05 现场照片 1.png",
            "05 现场照片 2.png",
            "06 文书送达回执.docx",
        ]
        assert archive.read("05 现场照片 1.png") == photo()
        index = read_word(io.BytesIO(archive.read("01 卷内目录.docx"))).tables[0]
        assert [row.cells[1].text for row in index.rows][1].startswith("立案审批表（汶）应急立")


def test_a_scanners_pdf_is_set_page_by_page_and_stays_a_pdf_beside_word() -> None:
    scan = Scan("签字页", [photo(), case_pdf(COVER, PARTS[:1])], captions=["照片", "扫描件"])
    read = PdfReader(io.BytesIO(case_pdf(COVER, [scan])))
    assert len(read.pages) == 2 + 1 + 3
    assert "扫描件（第3页）" in "".join(read.pages[-1].extract_text().split())
    with zipfile.ZipFile(io.BytesIO(case_word(COVER, [scan]))) as archive:
        assert archive.namelist()[2:] == ["02 签字页 1.png", "02 签字页 2.pdf"]
