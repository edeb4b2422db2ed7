"""Sheets become Word: the same blocks as in the PDF, for an office that edits or prints there; the same bytes for the same data."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from math import ceil
from typing import Any

import segno
from docx import Document as new_document
from docx.document import Document as Word
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import _Footer, _Header
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from sunlot.documents.statutory.compose import Segments, Sheet
from sunlot.documents.statutory.overflow import lines_of, width_of
from sunlot.documents.statutory.pdf import stroke_png

FONT = "仿宋"
TEXT_WIDTH = 162
LINE_WIDTH = 38
POINTS = 12  # of the text
LINES = 30  # that stand on the first page of a form
CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
ALIGN = {"center": CENTRE, "right": RIGHT, "left": WD_ALIGN_PARAGRAPH.LEFT}
FIXED = datetime(2000, 1, 1)


def set_word(sheet: Sheet) -> bytes:
    """Return the .docx of one sheet."""
    return _Writer(sheet).written()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return the files as a zip archive in their order, its times fixed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, FIXED.timetuple()[:6]), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


class _Writer:
    """One Word file while it is written."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.word: Word = new_document()
        self._style()

    def written(self) -> bytes:
        """Return the file."""
        self._page(every_page=self._goes_on())
        self._head()
        for block in self.sheet.blocks:
            self._block(block)
        if self.sheet.firm_seal:
            self._paragraph(RIGHT).add_run().add_picture(io.BytesIO(self.sheet.firm_seal), width=Mm(38))
        if self.sheet.annex:
            self._annex()
        return self._bytes()

    def _style(self) -> None:
        normal = self.word.styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(12)
        normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
        form = normal.paragraph_format
        form.space_after = form.space_before = Pt(0)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(22)

    def _page(self, every_page: bool) -> None:
        """Begin a section. Without `every_page` its first page is signed by the form itself, and those that follow at their foot."""
        section = self.word.sections[-1]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin, section.right_margin = Mm(26), Mm(22)
        section.top_margin, section.bottom_margin = Mm(22), Mm(20)
        section.different_first_page_header_footer = not every_page
        self._margins(section.header, section.footer, self.sheet.every_page)
        if not every_page:
            self._margins(section.first_page_header, section.first_page_footer, ())

    def _margins(self, header: _Header, footer: _Footer, signatures: Sequence[Segments]) -> None:
        header.is_linked_to_previous = footer.is_linked_to_previous = False
        if self.sheet.watermark:
            header.paragraphs[0].add_run()._r.append(_watermark(self.sheet.watermark))
        line = footer.paragraphs[0]
        for segments in signatures:
            self._segments(line, segments)
            line = footer.add_paragraph()
        line.add_run().add_picture(io.BytesIO(_qr_png(self.sheet.qr)), width=Mm(15))
        small = line.add_run(f" {self.sheet.number} {self.sheet.digest}　")
        small.font.size = Pt(6)
        for text, code in (("共 ", "NUMPAGES"), (" 页　第 ", "PAGE")):
            line.add_run(text)
            _field(line, code)
        line.add_run(" 页")

    def _goes_on(self) -> bool:
        """Return whether every page is signed at its foot: a record's, and those of a form whose text is longer than its page."""
        return self.sheet.form.layout == "record" or sum(map(_lines, self.sheet.blocks)) > LINES

    def _head(self) -> None:
        form = self.sheet.form
        lines = [(form.heading, 15, False), (form.title, 22, True)]
        for text, size, bold in [(self.sheet.organ, 20, False), *lines] if form.layout == "cover" else lines:
            if text:
                run = self._paragraph(CENTRE).add_run(text)
                run.font.size, run.bold = Pt(size), bold
        if self.sheet.number_line:
            self._paragraph(RIGHT).add_run(self.sheet.number_line)

    def _annex(self) -> None:
        self.word.add_section(WD_SECTION.NEW_PAGE)
        self._page(every_page=True)
        run = self._paragraph(CENTRE).add_run(f"{self.sheet.form.title}　附页")
        run.font.size, run.bold = Pt(16), True
        self._paragraph(RIGHT).add_run(self.sheet.number)
        for part in self.sheet.annex:
            self._paragraph().add_run(part["title"]).bold = True
            for block in part["blocks"]:
                self._block(block)

    def _block(self, block: Mapping[str, Any]) -> None:
        kind = block["type"]
        if kind == "table":
            self._table(block)
        elif kind == "items":
            for item in block["items"]:
                self._text(item["number"], item["text"], item["end"])
        elif kind == "long":
            self._long(block)
        elif kind == "seal":
            self._seal(block)
        else:
            paragraph = self._paragraph()
            if kind in ("paragraphs", "after"):
                paragraph.paragraph_format.first_line_indent = Pt(24)
            self._segments(paragraph, block["segments"], stretched=kind == "lines")
            if kind == "notes":
                for run in paragraph.runs:
                    run.font.size = Pt(10)

    def _long(self, block: Mapping[str, Any]) -> None:
        record = self.sheet.form.layout == "record"
        texts = [*block["paragraphs"], *(["（以下空白）"] if record and block["paragraphs"] else [])]
        for number, text in enumerate(texts or [""]):
            label = block["label"] if number == 0 else ""
            if label:
                self._paragraph().add_run(label + text)
            else:
                self._text("", text, "" if text else block["end"])

    def _text(self, label: str, text: str, end: str = "") -> None:
        paragraph = self._paragraph()
        paragraph.paragraph_format.first_line_indent = Pt(24)
        paragraph.add_run(label + text)
        if not text:
            _underlined(paragraph, "", 30)
        paragraph.add_run(end)

    def _seal(self, block: Mapping[str, Any]) -> None:
        for number, segments in enumerate(block["lines"]):
            paragraph = self._paragraph(RIGHT)
            paragraph.paragraph_format.keep_with_next = True
            paragraph.paragraph_format.right_indent = Mm(12)
            if number == 0:
                paragraph.paragraph_format.space_before = Pt(24)
            self._segments(paragraph, segments)
            if number == 0 and block["image"] and self.sheet.seal:
                _float(paragraph, self.sheet.seal.png, self.sheet.seal.width, from_right=self._seal_at(block))

    def _seal_at(self, block: Mapping[str, Any]) -> float:
        """Return how far from the right margin the middle of the office's name is, in millimetres."""
        name = sum(width_of(part["v"]) for part in block["lines"][0])
        return 12 + name * POINTS / 2 * 25.4 / 72

    def _table(self, block: Mapping[str, Any]) -> None:
        widths = [Mm(TEXT_WIDTH * width / sum(block["columns"])) for width in block["columns"]]
        table = self.word.add_table(rows=len(block["rows"]), cols=len(widths), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        taken: set[tuple[int, int]] = set()
        for at, cells in enumerate(block["rows"]):
            row = table.rows[at]
            row.height = Pt(max(cell["height"] for cell in cells) * 15 + 8)
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell in cells:
                place = next(column for column in range(len(widths)) if (at, column) not in taken)
                right, down = place + cell["span"], at + cell["down"]
                box = table.cell(at, place)
                if (right, down) != (place + 1, at + 1):
                    box = box.merge(table.cell(down - 1, right - 1))
                box.width = sum(widths[place:right])
                self._cell(box, cell)
                taken |= {(line, column) for line in range(at, down) for column in range(place, right)}
        if block.get("header"):
            table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        self._paragraph()

    def _cell(self, place: _Cell, cell: Mapping[str, Any]) -> None:
        lines = [*cell["lines"], *cell["foot"]]
        for number, line in enumerate(lines):
            paragraph = place.paragraphs[0] if number == 0 else place.add_paragraph()
            paragraph.alignment = ALIGN[line["align"]]
            paragraph.paragraph_format.line_spacing = Pt(15)
            self._segments(paragraph, line["segments"], ruled=False)
            for run in paragraph.runs:
                run.font.size = Pt(11)

    def _segments(self, paragraph: Paragraph, segments: Segments, stretched: bool = False, ruled: bool = True) -> None:
        room = LINE_WIDTH - sum(width_of(part["v"]) for part in segments if part["k"] != "sign") if stretched else 0
        fields = sum(part["w"] for part in segments if part["k"] == "field")
        for part in segments:
            if part["k"] == "text":
                paragraph.add_run(part["v"])
            elif part["k"] == "sign":
                self._sign(paragraph, part)
            elif not ruled:
                paragraph.add_run(part["v"])
            else:
                extra = max(0.0, room) * part["w"] / fields if stretched else 0.0
                _underlined(paragraph, part["v"], extra if part["v"] or stretched else part["w"])

    def _sign(self, paragraph: Paragraph, part: Mapping[str, Any]) -> None:
        if part["image"]:
            picture = io.BytesIO(stroke_png(self.sheet.images[part["image"]]))
            paragraph.add_run().add_picture(picture, height=Mm(8))
        elif part["note"]:
            paragraph.add_run(part["note"]).underline = True
        else:
            _underlined(paragraph, "", 6)
        if part["caption"]:
            paragraph.add_run(part["caption"]).font.size = Pt(6)

    def _paragraph(self, align: Any = None) -> Paragraph:
        paragraph = self.word.add_paragraph()
        paragraph.alignment = align
        return paragraph

    def _bytes(self) -> bytes:
        facts = self.word.core_properties
        facts.author, facts.created, facts.modified = self.sheet.organ, FIXED, FIXED
        facts.title, facts.last_modified_by, facts.revision = self.sheet.form.title, self.sheet.organ, 1
        out = io.BytesIO()
        self.word.save(out)
        with zipfile.ZipFile(io.BytesIO(out.getvalue())) as made:
            return zipped({name: made.read(name) for name in sorted(made.namelist(), key=_first_the_types)})


def _lines(block: Mapping[str, Any]) -> int:
    """Return about how many lines of text a block takes."""
    if block["type"] == "table":
        return sum(ceil(max(cell["height"] for cell in row) * 0.7 + 0.4) for row in block["rows"])
    texts = block.get("paragraphs") or [item["text"] for item in block.get("items", ())]
    segments = [block["segments"]] if "segments" in block else block.get("lines", ())
    texts = [*texts, *("".join(part.get("v", "") for part in line) for line in segments)]
    return sum(lines_of(text, LINE_WIDTH) for text in texts)


def _float(paragraph: Paragraph, png: bytes, width: int, from_right: float) -> None:
    """Set a picture before the text, its middle `from_right` millimetres from the right margin and a little above the next line."""
    run = paragraph.add_run()
    shape = run.add_picture(io.BytesIO(png), width=Mm(width))
    left, above = Mm(TEXT_WIDTH - from_right - width / 2), shape.height // 2 - Mm(5)
    anchor = parse_xml(
        f"""<wp:anchor {nsdecls("wp", "a")} distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2"
behindDoc="0" locked="1" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin">
<wp:posOffset>{left}</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>{-above}</wp:posOffset>
</wp:positionV><wp:extent cx="{shape.width}" cy="{shape.height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/></wp:anchor>"""
    )
    inline = shape._inline
    anchor.extend(child for child in list(inline) if child.tag != qn("wp:extent"))
    inline.getparent().replace(inline, anchor)


def _first_the_types(name: str) -> tuple[bool, str]:
    return name != "[Content_Types].xml", name


def _underlined(paragraph: Paragraph, text: str, more: float) -> None:
    paragraph.add_run(f" {text} " + "\u3000" * int(more)).underline = True


def _field(paragraph: Paragraph, code: str) -> None:
    paragraph._p.append(
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{code}"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    )


def _qr_png(text: str) -> bytes:
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="png", border=1, scale=4)
    return out.getvalue()


def _watermark(text: str) -> Any:
    return parse_xml(
        f"""<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas>
<v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/>
<v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>
<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>
<v:path textpathok="t" o:connecttype="custom"/><v:textpath on="t" fitshape="t"/></v:shapetype>
<v:shape id="watermark" type="#_x0000_t136" style="position:absolute;width:420pt;height:80pt;rotation:320;z-index:-251654144;
mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;
mso-position-vertical-relative:margin" fillcolor="#f3c6c6" stroked="f"><v:textpath style="font-family:宋体;font-size:1pt"
string="{text}"/></v:shape></w:pict>"""
    )
