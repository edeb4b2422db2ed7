"""Excel out: one sheet with a title, a bold head that stays in view, texts as texts, so that no credit code loses its last digits."""

import io
import re
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from sunlot.intake.writing import safe
from sunlot.office.shell.sending import download

UNTITLED = re.compile(r"[\\/*?:\[\]]")  # what Excel does not take in the name of a sheet
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(name: str, heads: Sequence[str], lines: Iterable[Sequence[str]], note: str = "") -> HttpResponse:
    """Return a download `<name>.xlsx`; `note` stands in the last row (when, by whom)."""
    return download(f"{name}.xlsx", sheet_bytes(name, heads, lines, note), TYPE)


def sheet_bytes(name: str, heads: Sequence[str], lines: Iterable[Sequence[str]], note: str = "") -> bytes:
    """Return the bytes of an .xlsx file with one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(UNTITLED.sub(" ", name)[:31])
    sheet.freeze_panes = "A2"
    for number, head in enumerate(heads, 1):
        sheet.column_dimensions[get_column_letter(number)].width = max(10, min(40, 2 * len(head) + 8))
    bold, fill = Font(bold=True), PatternFill("solid", fgColor="DDE6F0")
    row = []
    for head in heads:
        cell = WriteOnlyCell(sheet, head)
        cell.font, cell.fill = bold, fill
        row.append(cell)
    sheet.append(row)
    for line in lines:
        sheet.append([safe(text) for text in line])
    if note:
        sheet.append([note])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()
