"""Rows of a sheet that are no plain data: blank ones, the header again, sums, remarks, and rows pushed one column aside."""

from collections.abc import Sequence
from typing import Any

from sunlot.codes.credit_code import identify
from sunlot.intake.cells import tidy
from sunlot.intake.columns import Recognition, plain

SUMS = ("小计", "合计", "总计", "共计", "累计")
NOTES = ("注", "备注", "说明", "填表", "填报", "审核", "制表", "导出20")


def first(cells: Sequence[Any]) -> str:
    """Return the first text of a row, "" when it has none."""
    return next((tidy(cell) for cell in cells if tidy(cell)), "")


def odd(
    cells: Sequence[Any], recognised: Recognition, lead: int, name_at: int, number_at: int
) -> tuple[str, str] | None:
    """Return what kind of row this is when it is no plain data row: blank, header again, subtotal, note, shifted."""
    if (
        0 <= lead < len(cells)
        and type(cells[lead]) is str
        and len(cells[lead]) == 18
        and 0 <= name_at < len(cells)
        and cells[name_at]
    ):
        return None
    texts = [plain(cell) for cell in cells]
    filled = [
        text for at, text in enumerate(texts) if text and (at != number_at or not text.replace(".", "").isdigit())
    ]
    if not filled:
        return "row_blank", "空行"
    if sum(text == header for text, header in zip(texts, recognised.headers, strict=False) if text) >= max(
        2, len(filled) - 1
    ):
        return "row_header", "重复的表头"
    if (
        any(text.startswith(SUMS) or text.rstrip("0123456789").endswith(SUMS) for text in filled[:2])
        and len(filled) <= 4
    ):
        return "row_subtotal", "小计或合计行"
    if len(filled) <= 2 and filled[0].startswith(NOTES) and not identify(texts[lead] if lead >= 0 else "").id:
        return "row_note", "说明文字"
    if (
        recognised.kind == "firms"
        and 0 <= lead < len(texts) - 1
        and not identify(texts[lead]).id
        and identify(texts[lead + 1]).id
    ):
        return "row_shift", "本行内容整体右移了一列"
    return None
