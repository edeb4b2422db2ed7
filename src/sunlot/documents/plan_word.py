"""An annual plan as Word: text upright, the table of rounds on its side, heads repeated on every page, pages numbered."""

import io
from collections.abc import Iterator

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from sunlot.documents.plan_document import PlanDocument, Section, Table

BODY, HEAD = "仿宋", "黑体"  # what 党政机关公文格式 (GB/T 9704) asks for; Word puts another font where it is missing
SHORT, LONG = Mm(210), Mm(297)


def plan_word(plan: PlanDocument) -> bytes:
    """Return the bytes of a .docx file."""
    word = Document()
    _page(word, upright=True)
    _style(word)
    _title(word, plan)
    upright = True
    for number, section in enumerate(plan.sections, 1):
        wanted = not (section.table and section.table.wide)
        if wanted != upright:
            word.add_section(WD_SECTION.NEW_PAGE)
            _page(word, wanted)
            upright = wanted
        _section(word, number, section)
    data = io.BytesIO()
    word.save(data)
    return data.getvalue()


def _page(word: Word, upright: bool) -> None:
    section = word.sections[-1]
    section.orientation = WD_ORIENT.PORTRAIT if upright else WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = (SHORT, LONG) if upright else (LONG, SHORT)
    section.left_margin = section.right_margin = Mm(26 if upright else 12)
    section.top_margin = section.bottom_margin = Mm(25 if upright else 15)
    if len(word.sections) == 1:
        footer = section.footer.paragraphs[0]
        footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for part in _page_number():
            footer.add_run()._r.append(part)


def _page_number() -> Iterator[OxmlElement]:  # type: ignore[valid-type]  # a factory, not a class
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        yield part


def _style(word: Word) -> None:
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)


def _title(word: Word, plan: PlanDocument) -> None:
    for text, size, bold in ((plan.organ, 16, False), (plan.title, 22, True), (plan.standing, 12, False)):
        if text:
            _font(word.add_paragraph(), text, size, HEAD if bold else BODY, bold).alignment = WD_ALIGN_PARAGRAPH.CENTER


def _section(word: Word, number: int, section: Section) -> None:
    heading = word.add_heading(level=1)
    _font(heading, f"{_chinese(number)}、{section.heading}", 16, HEAD, bold=False)
    for line in section.lines:
        _body(word, line)
    if section.table:
        _table(word, section.table)
    for line in section.after:
        _body(word, line)


def _body(word: Word, line: str) -> None:
    paragraph = word.add_paragraph(line)
    paragraph.paragraph_format.first_line_indent = Pt(28)
    paragraph.paragraph_format.space_after = Pt(4)


def _table(word: Word, table: Table) -> None:
    made = word.add_table(rows=1 + len(table.rows), cols=len(table.heads), style="Table Grid")
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    for number, (row, cells) in enumerate(zip(made._tbl.tr_lst, (table.heads, *table.rows), strict=True)):
        for piece, text, width in zip(row.tc_lst, cells, table.widths, strict=True):
            cell = _Cell(piece, made)  # Row.cells counts the table through at every call
            cell.width = Mm(width)
            _font(cell.paragraphs[0], text, 9, HEAD if number == 0 else BODY, bold=False)
    _repeat_head(made)


def _repeat_head(made: WordTable) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    made.rows[0]._tr.get_or_add_trPr().append(mark)
    for row in made.rows:
        whole = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(whole)


def _font(paragraph: Paragraph, text: str, size: int, name: str, bold: bool) -> Paragraph:
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.bold = "Times New Roman", Pt(size), bold
    run.font.color.rgb = None
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)
    return paragraph


def _chinese(number: int) -> str:
    """Return a number below 20 as headings count.

    >>> _chinese(3), _chinese(11)
    ('三', '十一')
    """
    digits = "零一二三四五六七八九十"
    return digits[number] if number <= 10 else f"十{digits[number - 10]}"
