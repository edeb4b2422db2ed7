"""The clean table, the rows put aside and the report, written whole or not at all."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill

from sunlot.files import replace_file
from sunlot.intake.columns import TABLES
from sunlot.intake.findings import COLUMNS, HANDLING
from sunlot.intake.table import Intake

RISKY = ("=", "+", "-", "@", "\t")


def write_intake(intake: Intake, folder: Path) -> list[Path]:
    """Write `<kind>.csv`, `<kind>-quarantine.csv`, `<kind>-report.csv` and `.xlsx`; return the paths.

    The clean table is renamed into place last, so that a table that is there always has its report.
    """
    folder.mkdir(parents=True, exist_ok=True)
    columns = list(TABLES[intake.kind])
    aside = [{"file": p.file, "sheet": p.sheet, "row": str(p.row), **p.values} for p in intake.quarantined]
    files = {
        f"{intake.kind}-report.csv": _report_csv(intake),
        f"{intake.kind}-report.xlsx": _report_xlsx(intake),
        f"{intake.kind}-quarantine.csv": _csv(["file", "sheet", "row", *columns], aside),
        f"{intake.kind}.csv": _csv(columns, intake.rows),
    }
    for name, data in files.items():
        replace_file(folder / name, data)
    return [folder / name for name in files]


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _report_rows(intake: Intake) -> Iterable[list[str]]:
    for finding in sorted(intake.findings, key=lambda f: (f.file, f.sheet, f.row)):
        *rest, handling = astuple(finding)
        yield [safe(str(value)) for value in rest] + [HANDLING[handling]]


def safe(text: str) -> str:
    """Return text that no spreadsheet runs as a formula (OWASP: CSV injection)."""
    return "'" + text if text.startswith(RISKY) else text


def _report_csv(intake: Intake) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS.values())
    writer.writerows(_report_rows(intake))
    return text.getvalue().encode("utf-8-sig")


def _report_xlsx(intake: Intake) -> bytes:
    book = Workbook(write_only=True)
    summary = book.create_sheet("汇总")
    summary.append(["导入结果", intake.kind])
    names = {"clean": "干净", "merged": "合并", "quarantined": "隔离", "skipped": "跳过"}
    for fate, name in names.items():
        summary.append([name, intake.fates[fate]])
    summary.append(["读到的行", intake.rows_read])
    columns = book.create_sheet("列的识别")
    columns.append(["文件", "工作表", "表头行", "原标题", "识别为", "依据"])
    for sheet in intake.recognition:
        for header, name, why in zip(sheet.headers, sheet.fields, sheet.why, strict=True):
            columns.append(
                [safe(sheet.file), safe(sheet.sheet), sheet.header_row, safe(header), name or "（未采用）", why]
            )
    report = book.create_sheet("逐行报告")
    report.freeze_panes = "A2"
    for letter, width in zip("ABCDEFGHI", (28, 12, 7, 14, 20, 30, 40, 40, 16), strict=True):
        report.column_dimensions[letter].width = width
    report.append([_head(report, title) for title in COLUMNS.values()])
    for row in _report_rows(intake):
        report.append([*row[:2], int(row[2]), *row[3:]])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _head(sheet, title: str):  # type: ignore[no-untyped-def]
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, title)
    cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE6F0")
    cell.alignment = Alignment(wrap_text=True)
    return cell
