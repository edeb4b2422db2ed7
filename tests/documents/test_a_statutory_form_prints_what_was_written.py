"""Names with rare characters, markup characters, signatures with who and when, the mark of a draft: on the page as they were given."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from docx import Document as read_word
from pypdf import PdfReader

from paperwork import FIELDS, STROKE, document
from sunlot.documents.statutory import Signature, form_in_force, pdf, word
from sunlot.documents.statutory.compose import compose
from sunlot.documents.statutory.overflow import lines_of
from sunlot.documents.statutory.pdf import stroke_png

ODD = '#let $x$ *粗* _斜_ [括] {花} @引 <标> \\ & ~ "引" `码` {{ }} 垚犇喆㛃堃𬭼'


def text_of(data: bytes) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


@pytest.mark.parametrize("kind", sorted(set(FIELDS) - {"case_index"}))
def test_markup_is_printed_as_it_is_in_every_field(kind: str) -> None:
    odd = {}
    for field in document(kind).form().fields.values():
        if field.kind in ("text", "long", "items") and not 0 < field.capacity < lines_of(ODD, field.width):
            odd[field.name] = [ODD] if field.kind == "items" else ODD
    filled = document(kind, **odd)
    text = text_of(pdf(filled)).replace("“", '"').replace("”", '"')
    for part in ("#let", "$x$", "*粗*", "_斜_", "[括]", "{花}", "@引", "<标>", "`码`", "{{}}", "垚犇喆", "堃"):
        assert text.count(part) >= len(odd), part
    xml = read_word(io.BytesIO(word(filled))).element.body.xml
    assert xml.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").count(ODD) >= len(odd)


def test_a_placeholder_in_a_value_is_not_filled_in() -> None:
    text = text_of(pdf(document("onsite_record", findings="{firm}{sign:representative}[[甲]]")))
    assert "{firm}{sign:representative}[[甲]]" in text


def test_a_signature_says_who_in_which_capacity_and_when_in_beijing() -> None:
    at = datetime(2026, 3, 9, 3, 40, tzinfo=UTC)
    signed = Signature("representative", "赵犇", capacity="受委托人", at=at, stroke=STROKE)
    data = pdf(replace(document("rectification_order"), signatures=[signed]))
    assert "赵犇（受委托人）2026-03-0911:40" in text_of(data)


def test_a_refused_signature_says_so() -> None:
    refused = Signature("representative", "赵犇", note="拒绝签字")
    assert "被检查单位现场负责人（签名）：拒绝签字" in text_of(
        pdf(replace(document("onsite_record"), signatures=[refused]))
    )


def test_handwriting_as_png_is_the_same_in_pdf_and_word() -> None:
    stroke = Signature("representative", "赵犇", at=datetime(2026, 3, 9, 11, 40), stroke=STROKE)
    png = replace(stroke, stroke="", png=stroke_png(stroke))
    filled = replace(document("onsite_record"), signatures=[png])
    (page,) = PdfReader(io.BytesIO(pdf(filled))).pages
    assert len(page.images) == 1
    parts = read_word(io.BytesIO(word(filled))).sections[0].footer.part.package.image_parts
    assert png.png in [part.blob for part in parts]


def test_a_draft_is_marked_on_every_page_and_an_issued_document_is_not() -> None:
    filled = document("onsite_record", findings="\n".join(["检查情况"] * 60))
    pages = PdfReader(io.BytesIO(pdf(replace(filled, draft=True)))).pages
    assert len(pages) > 1 and all("草稿" in page.extract_text() for page in pages)
    assert "草稿" not in text_of(pdf(filled))


def test_every_page_carries_number_and_digest_and_any_change_changes_it() -> None:
    filled = document("onsite_record", findings="\n".join(["检查情况"] * 60))
    for page in PdfReader(io.BytesIO(pdf(filled))).pages:
        text = "".join(page.extract_text().split())
        assert filled.number in text
        assert filled.digest()[:32] in text and filled.digest()[32:] in text
    assert filled.number in compose(filled).qr and filled.digest() in compose(filled).qr
    assert replace(filled, signatures=[]).digest() == filled.digest()
    assert document("onsite_record", place="二号车间").digest() != document("onsite_record").digest()
    assert replace(filled, number="（汶）应急检记〔2026〕2号").digest() != filled.digest()
    assert compose(replace(filled, check="https://example.cn/c/1")).qr == "https://example.cn/c/1"


def test_a_clause_without_its_field_is_left_out() -> None:
    assert "人民政府或者" not in text_of(pdf(document("rectification_order")))
    both = pdf(document("rectification_order", review_department="圣城市应急管理局"))
    assert "汶安县人民政府或者圣城市应急管理局申请行政复议" in text_of(both)


def test_a_new_edition_is_a_new_file() -> None:
    assert form_in_force("onsite_record", document("onsite_record").day).edition == "2016"
    assert form_in_force("inspection_notice", document("inspection_notice").day).edition == "2025"


def test_a_character_that_no_font_of_ours_has_is_printed_as_its_code() -> None:
    filled = document("onsite_record", head="赵𠮷", findings="𡋾村👍𠮷")
    text = text_of(pdf(filled))
    assert "赵U+20BB7" in text and "U+212FE村U+1F44DU+20BB7" in text
    assert "赵𠮷" in read_word(io.BytesIO(word(filled))).element.body.xml
