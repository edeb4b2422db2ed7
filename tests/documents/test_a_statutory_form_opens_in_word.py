"""The Word file, read back by python-docx, says what the PDF says."""

import io
from dataclasses import replace

import pytest
from docx import Document as read_word
from docx.document import Document as Word
from docx.text.paragraph import Paragraph

from paperwork import FIELDS, document
from sunlot.documents.statutory import Document, word
from sunlot.documents.statutory.compose import compose
from sunlot.documents.statutory.word import LINES, _lines
from wording import of_line, sheet_words, squeezed


def body_of(made: Word) -> str:
    """Return the words of the body in order, each merged cell once."""
    found, seen = [], set()
    for part in made.iter_inner_content():
        if isinstance(part, Paragraph):
            found.append(part.text)
            continue
        for row in part.rows:
            for cell in row.cells:
                if cell._tc not in seen:
                    seen.add(cell._tc)
                    found.append(cell.text)
    return squeezed("".join(found))


@pytest.mark.parametrize("kind", sorted(FIELDS))
def test_word_says_in_order_what_the_pdf_says(kind: str) -> None:
    filled, form = document(kind), document(kind).form()
    made = read_word(io.BytesIO(word(filled)))
    expected = sheet_words(filled)
    foot = "".join(map(of_line, compose(filled).every_page)) if form.layout == "record" else ""
    if form.layout == "record":  # the PDF rules what is left blank behind it
        expected = expected.removesuffix(squeezed(foot)) + "（以下空白）"
    assert body_of(made) == expected
    first = made.sections[0]
    assert all(
        squeezed(of_line(line)) in squeezed("".join(one.text for one in first.footer.paragraphs))
        for line in compose(filled).every_page
    ), "a page that follows is signed at its foot"
    assert first.different_first_page_header_footer == (form.layout != "record" and not long_text(filled))
    assert word(filled) == word(filled)


def long_text(filled: Document) -> bool:
    return sum(map(_lines, compose(filled).blocks)) > LINES


@pytest.mark.parametrize("kind", sorted(FIELDS))
def test_tables_are_those_of_the_form(kind: str) -> None:
    made = read_word(io.BytesIO(word(document(kind))))
    blocks = [block for block in compose(document(kind)).blocks if block["type"] == "table"]
    assert len(made.tables) == len(blocks)
    for table, block in zip(made.tables, blocks, strict=True):
        assert (len(table.rows), len(table.columns)) == (len(block["rows"]), len(block["columns"]))
        for row, cells in zip(table.rows, block["rows"], strict=True):
            assert row._tr.trPr.xpath("./w:cantSplit")
            own = [cell for cell in row._tr.tc_lst if cell.vMerge != "continue"]
            assert [cell.grid_span for cell in own] == [cell["span"] for cell in cells]


def test_what_is_longer_than_a_page_is_signed_on_the_first_too() -> None:
    long = document("rectification_order", government="某县" * 300)
    assert not read_word(io.BytesIO(word(long))).sections[0].different_first_page_header_footer


def test_an_empty_form_says_what_the_pdf_s_says() -> None:
    for kind in sorted(FIELDS):
        empty = replace(document(kind), fields={}, signatures=[], number="", blank=True)
        expected = sheet_words(empty)
        if empty.form().layout == "record":
            expected = expected.removesuffix(squeezed("".join(map(of_line, compose(empty).every_page))))
        assert body_of(read_word(io.BytesIO(word(empty)))) == expected, kind


def test_a_draft_carries_its_mark_and_an_issued_one_does_not() -> None:
    filled = document("rectification_order")
    draft = read_word(io.BytesIO(word(replace(filled, draft=True)))).sections[0].header._element.xml
    assert 'string="草稿　不具效力"' in draft
    assert "草稿" not in read_word(io.BytesIO(word(filled))).sections[0].header._element.xml


def test_pages_are_counted_by_word_itself() -> None:
    footer = read_word(io.BytesIO(word(document("onsite_record")))).sections[0].footer._element.xml
    assert 'w:instr="NUMPAGES"' in footer and 'w:instr="PAGE"' in footer
