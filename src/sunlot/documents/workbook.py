"""The result as Excel: lists a clerk can filter and print, every code a text, nothing that runs as a formula."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from sunlot.documents.draw_record import EXCLUDED, beijing
from sunlot.documents.stage import DrawStage

FIXED = datetime(2000, 1, 1)
LINE = Border(*(Side(style="thin", color="999999"),) * 4)


def draw_workbook(stage: DrawStage) -> bytes:
    """Return the .xlsx, the same bytes for the same draw."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for title, head, rows in _firm_sheets(stage) if stage.notice["stage"] == "firms" else _team_sheets(stage):
        _sheet(book.create_sheet(title), stage, title, head, rows)
    _sheet(
        book.create_sheet("种子来源"),
        stage,
        "种子来源",
        ["来源", "规范值"],
        [
            *(
                [text, source["text"]]
                for text, source in zip(stage.descriptions, stage.seed_record["sources"], strict=True)
            ),
            ["公告校验值", stage.outcome["notice"]],
            ["种子", stage.outcome["seed"]],
            ["信任等级", stage.seed_record["grade"]],
        ],
    )
    book.properties.creator, book.properties.created, book.properties.modified = "Sunlot", FIXED, FIXED
    data = io.BytesIO()
    book.save(data)
    return _without_clock(data.getvalue())


def _firm_sheets(stage: DrawStage) -> list[tuple[str, list[str], list[list[str | int]]]]:
    head = ["序号", "单位名称", "统一社会信用代码", "所属镇街", "抽签单元", "名次", "签号"]
    chances = {entry["cell"]: "/".join(map(str, entry["chance"])) for entry in stage.notice["cells"]}
    cells: list[list[str | int]] = [
        [c["cell"], c["count"], chances[c["cell"]], c["selected"], c["reserves"], c["cutoff"]]
        for c in stage.outcome["cells"]
    ]
    excluded: list[list[str | int]] = [
        [EXCLUDED.get(e["reason"], e["reason"]), e["reason"], e["count"]] for e in stage.notice["excluded"]
    ]
    return [
        ("抽中名单", head, _ranked(stage, "selected")),
        ("候补名单", head, _ranked(stage, "reserves")),
        ("分组与机会", ["抽签单元", "户数", "每户机会", "抽中", "候补", "中签线"], cells),
        ("排除统计", ["原因", "代码", "户数"], excluded),
    ]


def _ranked(stage: DrawStage, which: str) -> list[list[str | int]]:
    return [
        [
            number,
            stage.firm(e["id"]),
            e["id"],
            stage.firms.get(e["id"], {}).get("territory", ""),
            e["cell"],
            e["rank"],
            e["ticket"],
        ]
        for number, e in enumerate(stage.outcome[which], 1)
    ]


def _team_sheets(stage: DrawStage) -> list[tuple[str, list[str], list[list[str | int]]]]:
    chances = stage.chances()
    rows: list[list[str | int]] = []
    for number, team in enumerate(stage.outcome["teams"], 1):
        for person in team["members"]:
            role = "组长" if person == team["leader"] else "组员"
            rows.append(
                [
                    number,
                    stage.firm(team["visit"]),
                    team["visit"],
                    stage.person(person),
                    role,
                    f"{chances[team['visit'], person]}/1048576",
                ]
            )
    loads: list[list[str | int]] = [
        [load["id"], stage.person(load["id"]), load["visits"]] for load in stage.outcome["loads"]
    ]
    return [
        ("检查组", ["组号", "检查对象", "统一社会信用代码", "人员", "职责", "公布的机会"], rows),
        ("检查人员负荷", ["人员编号", "人员", "户数"], loads),
    ]


def _sheet(
    sheet: Worksheet, stage: DrawStage, title: str, head: Sequence[str], rows: Sequence[Sequence[str | int]]
) -> None:
    mark = "（演练，不具效力）" if stage.rehearsal else ""
    sheet.append([f"{stage.organ} {stage.title} {title}{mark}"])
    sheet.append([f"抽取编号 {stage.notice['draw']}　公告时间 {beijing(stage.notice['announced_at'])}"])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(head))
    sheet.merge_cells(start_row=2, end_row=2, start_column=1, end_column=len(head))
    sheet["A1"].font, sheet["A1"].alignment = Font(bold=True, size=14), Alignment(horizontal="center")
    for row in [head, *rows]:
        sheet.append(list(row))
    for line, cells in enumerate(sheet.iter_rows(min_row=3, max_col=len(head)), 3):
        for cell in cells:
            cell.border = LINE
            if line == 3:
                cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE6F0")
            elif isinstance(cell.value, str):
                cell.data_type, cell.number_format = "s", "@"
                cell.quotePrefix = cell.value[:1] in "=+-@"
    for column, name in enumerate(head, 1):
        longest = max([len(name), *(len(str(row[column - 1])) for row in rows[:200])])
        sheet.column_dimensions[get_column_letter(column)].width = min(48, 6 + longest * 1.6)
    sheet.freeze_panes = "A4"
    sheet.print_title_rows = "3:3"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]


def _without_clock(data: bytes) -> bytes:
    """Return the same workbook with the archive's times fixed and openpyxl's own time stamp taken out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            content = old.read(name)
            if name == "docProps/core.xml":
                start, end = content.find(b"<dcterms:modified"), content.find(b"</dcterms:modified>")
                content = content[:start] + content[end + len(b"</dcterms:modified>") :] if start >= 0 else content
            new.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
