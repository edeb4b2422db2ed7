"""From files to one clean table: recognise, clean, judge every row, find duplicates."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sunlot.intake import duplicates
from sunlot.intake.cells import CLEANERS, Cleaned, free_text
from sunlot.intake.columns import TABLES, Recognition, plain, recognise
from sunlot.intake.errors import IntakeError
from sunlot.intake.odd_rows import first, odd
from sunlot.intake.people import judge_people
from sunlot.intake.readers import Sheet, read_sheets
from sunlot.intake.table import Intake, Place

KEYS = {"firms": "id", "inspectors": "id", "items": "id"}
WRONG_CODE = ("code_bad", "code_length", "org_part", "code_none", "code_float")
FLAGGED = {
    "addr_blank",
    "date_invalid",
    "staff_approx",
    "staff_unreadable",
    "two_legal_persons",
    "status_blank",
    "cert_missing",
    "note_says_gone",
}
GONE = (
    "搬迁",
    "查无",
    "注销",
    "停业",
    "关闭",
    "不存在",
    "迁出",
    "倒闭",
    "吊销",
    "拆除",
    "人去楼空",
    "空壳",
    "无此企业",
)


def read_roster(
    paths: Sequence[Path], kind: str = "", override: Mapping[str, str] | None = None, today: str = ""
) -> Intake:
    """Return the clean table of one kind from several files.

    `kind`: one of intake.columns.TABLES; empty: recognised from the first header. `override`: header text → field.
    `today`: an ISO day for which certificates and ages are judged, empty for not at all. Raises IntakeError when a file has no such table.
    """
    intake = Intake(kind)
    places: list[Place] = []
    for path in paths:
        sheets = read_sheets(Path(path))
        found = [_sheet(sheet, intake, override or {}) for sheet in sheets]
        if all(rows is None for rows in found):
            heads = "、".join(plain(cell) for row in sheets[0].rows[:3] for cell in row if cell)[:80]
            raise IntakeError(
                "no_header",
                f"文件 {Path(path).name} 里找不到可识别的表头（读到：{heads}）；请检查表头或用 --map 指定。",
            )
        places += [place for rows in found for place in rows or []]
    _settle(intake, places, today)
    return intake


def _sheet(sheet: Sheet, intake: Intake, override: Mapping[str, str]) -> list[Place] | None:
    """Return the data rows of one sheet, None when it holds no such table (its rows are reported as skipped)."""
    intake.rows_read += len(sheet.rows)
    recognised = recognise(sheet.file, sheet.name, sheet.rows, intake.kind, override)
    if recognised is None or sheet.hidden:
        intake.fates["skipped"] += len(sheet.rows)
        why = "隐藏的工作表，未导入" if sheet.hidden else "没有可识别的表头，未导入"
        intake.note(sheet, 0, "", "sheet_skipped", sheet.name, why, "如需导入，请取消隐藏或补上表头", "skipped")
        return [] if sheet.hidden else None
    intake.kind = recognised.kind
    intake.recognition.append(recognised)
    for row, remark in sheet.notes:
        intake.note(sheet, row, "", "mixed_encoding", "", remark, "请统一另存为一种编码", "normalised")
    intake.fates["skipped"] += recognised.header_row
    for number in range(1, recognised.header_row + 1):
        kind = "row_header" if number == recognised.header_row else "row_title"
        intake.note(sheet, number, "", kind, first(sheet.rows[number - 1]), "标题或表头行", "", "skipped")
    return list(_rows(sheet, recognised, intake))


def _rows(sheet: Sheet, recognised: Recognition, intake: Intake) -> Iterable[Place]:
    cleaners = CLEANERS[recognised.kind]
    columns = [
        (at, name, _remembering(cleaners.get(name, free_text))) for at, name in enumerate(recognised.fields) if name
    ]
    blank = dict.fromkeys(TABLES[recognised.kind], "")
    lead = _column(recognised, KEYS.get(recognised.kind, ""))
    name_at = _column(recognised, "name")
    number_at = recognised.headers.index("序号") if "序号" in recognised.headers else -1
    for row_number, cells in enumerate(sheet.rows[recognised.header_row :], recognised.header_row + 1):
        strange = odd(cells, recognised, lead, name_at, number_at)
        if strange and strange[0] != "row_shift":
            intake.fates["skipped"] += 1
            intake.note(sheet, row_number, "", strange[0], first(cells), strange[1], "", "skipped")
            continue
        values = dict(blank)
        place = Place(sheet.file, sheet.name, row_number, values)
        remarks: list[tuple[str, Any, Cleaned]] = []
        for at, name, clean in columns:
            if at < len(cells):
                result = clean(cells[at])
                values[name] = result[0]
                if result[1]:
                    remarks.append((name, cells[at], result))
        if strange:
            intake.quarantine(place, "", strange[0], first(cells), strange[1], "把各栏内容移回原来的列")
            continue
        if _accept(intake, place, remarks):
            yield place


def _accept(intake: Intake, place: Place, remarks: Sequence[tuple[str, Any, Cleaned]]) -> bool:
    """Report what was found in a row; return False when its code keeps it out of the clean table."""
    wrong = False
    for name, found, (value, kind, problem, suggestion) in remarks:
        if name in ("id", "firm_id") and kind.startswith(WRONG_CODE) and not value:
            wrong = True
            intake.quarantine(place, name, kind, found, problem, suggestion)
        else:
            handling = (
                "flagged"
                if kind in FLAGGED
                or kind.endswith(("_unknown", "_blank"))
                or kind.startswith(("old_", "not_an", "organ"))
                else "normalised"
            )
            intake.note(place, place.row, name, kind, found, problem, suggestion, handling)
    note = place.values.get("note", "")
    if note and intake.kind == "firms" and any(word in note for word in GONE):
        intake.note(
            place,
            place.row,
            "note",
            "note_says_gone",
            note,
            "备注称企业已搬迁、关闭或不存在",
            "核实后更新经营状态",
            "flagged",
        )
    if not wrong and intake.kind in KEYS and not place.values["id"]:
        wrong = True
        intake.quarantine(place, "id", "code_none", "", "没有编号", "补填编号")
    return not wrong


def _remembering(clean: Callable[[Any], Cleaned]) -> Callable[[Any], Cleaned]:
    """The same cell text is cleaned once."""
    known: dict[tuple[type, Any], Cleaned] = {}

    def remembered(value: Any) -> Cleaned:
        key = (type(value), value)
        result = known.get(key)
        if result is None:
            result = known[key] = clean(value)
        return result

    return remembered


def _column(recognised: Recognition, name: str) -> int:
    return recognised.fields.index(name) if name in recognised.fields else -1


def _settle(intake: Intake, places: list[Place], today: str) -> None:
    """Find duplicates, judge people, sort."""
    if intake.kind == "firms":
        places = duplicates.firms(intake, places)
    elif intake.kind == "inspectors":
        places = duplicates.inspectors(intake, places)
        judge_people(intake, places, today)
    elif intake.kind == "key_list":
        places = duplicates.key_list(intake, places)
    else:
        places = duplicates.exact(intake, places)
    if intake.kind == "items":
        for place in places:
            if place.values["withdrawn_on"]:
                intake.note(
                    place,
                    place.row,
                    "withdrawn_on",
                    "withdrawn_item",
                    place.values["withdrawn_on"],
                    "事项已停用",
                    "停用日期之后不得列入检查",
                    "flagged",
                )
    intake.fates["clean"] += len(places)
    order = list(TABLES[intake.kind])[:4]
    intake.rows = sorted((place.values for place in places), key=lambda row: [row[name].encode() for name in order])
