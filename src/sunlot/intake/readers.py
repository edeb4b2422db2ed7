"""Cells out of .xlsx, .xls and .csv as they really are."""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from sunlot.intake.errors import IntakeError

Rows = list[list[Any]]
CJK = re.compile(
    r"[\x00-\x7f\u00a0\u00b7\u2000-\u206f\u2100-\u22ff\u2460-\u24ff\u3000-\u9fff\uf900-\ufaff\ufe00-\ufeff\uff00-\uffef\U00020000-\U0003ffff]*"
)


@dataclass
class Sheet:
    """One sheet; `name` is empty for a CSV file. Row numbers are those a person sees, from 1. `notes`: remarks by row."""

    file: str
    name: str
    rows: Rows
    hidden: bool
    notes: list[tuple[int, str]]


def read_sheets(path: Path) -> list[Sheet]:
    """Return every sheet of a file. Raises IntakeError with a sentence when it is missing, empty, locked or no table."""
    if not path.is_file():
        raise IntakeError("no_such_file", f"找不到文件 {path}。")
    head = path.read_bytes()[:8]
    if not head:
        raise IntakeError("empty_file", f"文件 {path.name} 是空的。")
    if head[:4] == b"PK\x03\x04" or head == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return _workbook(path)
    if path.suffix.lower() in (".xlsx", ".xls") or b"\x00\x00\x00" in head:
        raise IntakeError(
            "not_a_table", f"文件 {path.name} 不是 Excel 或 CSV 表格，或已损坏；请用 Excel 打开后另存再试。"
        )
    return [_csv(path)]


def _workbook(path: Path) -> list[Sheet]:
    try:
        book = CalamineWorkbook.from_path(path)
        return [
            _sheet(path, book, meta.name, meta.visible != SheetVisibleEnum.Visible) for meta in book.sheets_metadata
        ]
    except (CalamineError, OSError, ValueError) as failure:
        locked = "password" in str(failure).lower() or "encrypt" in str(failure).lower()
        why = "设有密码" if locked else "已损坏或不是 Excel 表格"
        raise IntakeError(
            "locked" if locked else "not_a_table", f"文件 {path.name} {why}；请用 Excel 打开、取消密码后另存再试。"
        ) from failure


def _sheet(path: Path, book: CalamineWorkbook, name: str, hidden: bool) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    rows: Rows = sheet.to_python(skip_empty_area=False)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if bottom > top and left == right and top < len(rows):  # a value that stands for all rows beside it
            for row in rows[top + 1 : bottom + 1]:
                row[left] = rows[top][left]
    return Sheet(path.name, name, rows, hidden, [])


def _csv(path: Path) -> Sheet:
    data = path.read_bytes()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", "replace")
        return Sheet(path.name, "", list(_records(text)), False, [(1, "文件为 UTF-16 编码")])
    if b"\x00" in data[:4096]:
        raise IntakeError("not_a_table", f"文件 {path.name} 不是文本表格。")
    data = data.removeprefix(b"\xef\xbb\xbf")
    rows: Rows = []
    kinds: list[str] = []
    for record in _records(data.decode("latin-1")):
        raw = [field.encode("latin-1") for field in record]
        kind = _encoding(b"".join(raw))
        kinds.append(kind)
        rows.append([field.decode(kind, "replace") for field in raw])
    return Sheet(path.name, "", rows, False, _mixed(kinds))


def _records(text: str) -> Any:
    sample = text[:4000]
    counts = {mark: sample.count(mark) for mark in ",;\t"}
    delimiter = max(counts, key=lambda mark: counts[mark])
    csv.field_size_limit(2**24)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _encoding(record: bytes) -> str:
    """Return the encoding of one record: UTF-8 only where it decodes strictly into what Chinese text is made of."""
    if record.isascii():
        return "ascii"
    try:
        return "utf-8" if CJK.fullmatch(record.decode("utf-8")) else "gb18030"
    except UnicodeDecodeError:
        return "gb18030"


def _mixed(kinds: list[str]) -> list[tuple[int, str]]:
    """Return remarks on the records whose encoding is not the file's main one."""
    telling = [kind for kind in kinds if kind != "ascii"]
    if len(set(telling)) < 2:
        return []
    main = max(set(telling), key=telling.count)
    return [
        (row, f"本行编码为 {kind}，与全文的 {main} 不同，已逐行识别")
        for row, kind in enumerate(kinds, 1)
        if kind not in ("ascii", main)
    ]
