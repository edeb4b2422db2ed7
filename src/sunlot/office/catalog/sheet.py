"""Item lists in Excel: the columns in which they leave and in which an office's own files are recognised.

Every row that cannot be taken is named with sheet, row, column, what was found and what would be right; nothing is corrected silently.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sunlot.certainty import Certainty
from sunlot.intake.cells import text_of
from sunlot.intake.columns import plain
from sunlot.intake.errors import IntakeError
from sunlot.intake.readers import Sheet, read_sheets
from sunlot.intake.writing import RISKY
from sunlot.office.catalog.entries import TITLES, Entry, problems, shown, tidied
from sunlot.policy.items_template import ITEM_CLASSES

ALSO: Mapping[str, tuple[str, ...]] = {
    "number": ("编号", "事项编码"),
    "name": ("事项名称", "检查事项", "抽查事项名称"),
    "category": ("抽查类别", "行业"),
    "subject": ("抽查对象",),
    "content": ("检查内容",),
    "method": ("检查方式",),
    "body": ("检查主体", "实施主体"),
    "item_class": ("事项分类",),
    "mandatory": ("是否必查", "必查"),
    "basis": ("检查依据", "实施依据", "法律依据"),
    "legal_effect": ("处理依据", "法律责任"),
    "frequency": ("检查频次", "频次上限", "频次"),
    "rate": ("比例",),
    "points": ("要点", "检查要点内容"),
    "enabled": ("是否启用",),
    "note": ("说明", "来源标注", "来源"),
}
WITHDRAWN = ("停用日期", "废止日期")  # a day there disables the item
HEADS: dict[str, str] = {
    **{plain(title): name for name, title in TITLES.items()},
    **{plain(title): name for name, titles in ALSO.items() for title in titles},
    **{plain(title): "withdrawn" for title in WITHDRAWN},
}
MOST = 2000  # items of a list
SEARCHED = 30  # rows within which the header is looked for
YES, NO = ("是", "√", "Y", "1", "TRUE"), ("否", "×", "N", "0", "FALSE", "")


@dataclass(frozen=True)
class Problem:
    """One place of the file and what is wrong there."""

    sheet: str
    row: int
    column: str
    sentence: str


@dataclass
class Reading:
    """What a file holds: entries by their rows, what is wrong, which rows and columns were left out."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def read_items(path: Path) -> Reading:
    """Return the items of an Excel or CSV file. Raises IntakeError when the file cannot be read or no sheet holds a list of items."""
    reading, places = Reading(), []
    recognised = False
    for sheet in read_sheets(path):
        head = None if sheet.hidden else _header(sheet)
        if head is None:
            reading.left_out.append(f"工作表“{sheet.name or sheet.file}”没有可识别的表头或已隐藏，未读入。")
            continue
        recognised = True
        places += list(_rows(sheet, *head, reading))
    if not recognised:
        raise IntakeError(
            "no_header",
            f"文件 {path.name} 里找不到事项清单的表头；至少要有“事项编号”和“抽查事项”（或“抽查内容”）两列。",
        )
    if len(places) > MOST:
        raise IntakeError(
            "too_many_items", f"文件有 {len(places)} 个事项，超过 {MOST} 个，不像事项清单；请核对后再试。"
        )
    twice = Counter(entry.number for _, _, entry in places if entry.number)
    for sheet_name, row, entry in places:
        reading.entries.append(entry)
        for name, sentence in problems(entry):
            reading.problems.append(Problem(sheet_name, row, TITLES[name], sentence))
        if twice[entry.number] > 1:
            sentence = f"事项编号 {entry.number} 在文件中出现 {twice[entry.number]} 次，每个编号只能出现一次。"
            reading.problems.append(Problem(sheet_name, row, TITLES["number"], sentence))
    reading.problems.sort(key=lambda problem: (problem.sheet, problem.row))
    return reading


def _header(sheet: Sheet) -> tuple[int, list[str]] | None:
    """Return the header's index and the field of every column, empty for one that is not ours."""
    for at, row in enumerate(sheet.rows[:SEARCHED]):
        names = [HEADS.get(plain(text_of(cell)), "") for cell in row]
        if "number" in names and ("name" in names or "content" in names):
            return at, [name if names.index(name) == column else "" for column, name in enumerate(names)]
    return None


def _rows(sheet: Sheet, at: int, names: list[str], reading: Reading) -> Iterator[tuple[str, int, Entry]]:
    unknown = [text_of(cell) for cell, name in zip(sheet.rows[at], names, strict=False) if not name and text_of(cell)]
    if unknown:
        reading.left_out.append(f"未读入的列：{'、'.join(unknown)}。")
    for row, cells in enumerate(sheet.rows[at + 1 :], at + 2):
        texts = [_text(cell) for cell in cells]
        filled = [text for text in texts if text]
        if len(filled) < 2:  # a blank row, a title, or the line that says who exported the list
            reading.left_out += [f"第 {row} 行只有“{filled[0][:30]}”，未读入。"] if filled else []
            continue
        if texts == [_text(cell) for cell in sheet.rows[at]]:
            continue
        values = {name: text for name, text in zip(names, texts, strict=False) if name}
        wrong = [Problem(sheet.name, row, title, sentence) for title, sentence in _unreadable(values)]
        reading.problems += wrong
        yield sheet.name, row, _entry(values)


def _text(cell: Any) -> str:
    text = text_of(cell).strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(RISKY) else text


def _entry(values: Mapping[str, str]) -> Entry:
    name = values.get("name") or values.get("content", "")
    withdrawn = values.get("withdrawn", "")
    enabled = _flag(values["enabled"]) if values.get("enabled") else not withdrawn
    labels = {each.label: each.value for each in Certainty}
    texts = {
        key: values[key]
        for key in (
            "number",
            "subject",
            "content",
            "method",
            "body",
            "basis",
            "legal_effect",
            "frequency",
            "rate",
            "note",
        )
        if key in values
    }
    entry = Entry(
        **{"number": "", **texts},
        name=name,
        category=values.get("category") or "通用",
        item_class=_item_class(values.get("item_class", "")),
        mandatory=bool(_flag(values.get("mandatory", ""))),
        certainty=labels.get(values.get("certainty", ""), Certainty.UNCONFIRMED.value),
        enabled=enabled is not False,
        disabled_because=values.get("disabled_because") or (f"自 {withdrawn} 起停用" if withdrawn else ""),
        points=(values.get("points", ""),),
    )
    return tidied(entry)


def _unreadable(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield column and sentence of the cells that are neither yes nor no, or no mark we know."""
    for name in ("mandatory", "enabled"):
        if (found := values.get(name, "")) and _flag(found) is None:
            yield TITLES[name], f"{TITLES[name]}应为“是”或“否”；现为“{found}”。"
    labels = [each.label for each in Certainty]
    if (found := values.get("certainty", "")) and found not in labels:
        yield TITLES["certainty"], f"依据核对情况应为 {'、'.join(labels)}；现为“{found}”。"


def _flag(text: str) -> bool | None:
    return True if text.upper() in YES else False if text.upper() in NO else None


def _item_class(text: str) -> str:
    """Return key or general, or the text itself, which `problems` then names."""
    return next((code for code, label in ITEM_CLASSES.items() if text and label.startswith(text)), text)


def line_of(entry: Entry, names: Sequence[str]) -> list[str]:
    """Return an entry's cells in the order of the fields, as read_items reads them back."""
    return [shown(name, getattr(entry, name)) for name in names]
