"""The Word file, read back by python-docx, says what the PDF says."""

import io
import re
from dataclasses import replace

import pytest
from docx import Document as read_word
from docx.document import Document as Word

from paperwork import FIELDS, document
from sunlot.documents.statutory import word
from sunlot.documents.statutory.compose import compose
from sunlot.documents.statutory.document import spell


def text_of(made: Word) -> str:
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    footers = [paragraph.text for section in made.sections for paragraph in section.footer.paragraphs]
    return re.sub(r"\s", "", "".join([*(paragraph.text for paragraph in made.paragraphs), *cells, *footers]))


@pytest.mark.parametrize("kind", sorted(FIELDS))
def test_word_has_the_wording_and_the_fields(kind: str) -> None:
    filled = document(kind)
    made = read_word(io.BytesIO(word(filled)))
    text = text_of(made)
    form = filled.form()
    assert form.title in text and form.heading in text and filled.number.replace(" ", "") in text
    for block in compose(filled).blocks:
        for part in block.get("segments", ()):
            assert re.sub(r"\s", "", part.get("v", "")) in text
    for name, value in filled.fields.items():
        spelled = spell(form.fields[name], value)
        for part in [spelled] if isinstance(spelled, str) else spelled:
            for piece in part.values() if isinstance(part, dict) else part.split("\n"):
                assert re.sub(r"\s", "", piece.rstrip("；。")) in text, (name, piece)
    assert word(filled) == word(filled)


def test_a_draft_carries_its_mark_and_an_issued_one_does_not() -> None:
    filled = document("rectification_order")
    draft = read_word(io.BytesIO(word(replace(filled, draft=True)))).sections[0].header._element.xml
    assert 'string="草稿　不具效力"' in draft
    assert "草稿" not in read_word(io.BytesIO(word(filled))).sections[0].header._element.xml


def test_pages_are_counted_by_word_itself() -> None:
    footer = read_word(io.BytesIO(word(document("onsite_record")))).sections[0].footer._element.xml
    assert 'w:instr="NUMPAGES"' in footer and 'w:instr="PAGE"' in footer
