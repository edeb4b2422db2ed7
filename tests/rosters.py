"""Rosters for tests: sound credit codes without end, firms in the database, workbooks as offices keep them."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from sunlot.codes.credit_code import check_character, org_check_character
from sunlot.office.journal.services import deed
from sunlot.office.roster.models import Firm

HEAD = (
    "序号",
    "单位名称",
    "统一社会信用代码",
    "所属镇街",
    "详细地址",
    "行业类别",
    "风险等级",
    "重点单位",
    "经营状态",
    "法定代表人",
    "联系电话",
)
DAY = date(2026, 3, 2)


def code(number: int) -> str:
    """Return the sound credit code of that number."""
    organisation = f"MA{number:06d}"
    first17 = "91379921" + organisation + org_check_character(organisation)
    return first17 + check_character(first17)


def firm(number: int, **changes: Any) -> Firm:
    """Return an ordinary firm that is not saved."""
    plain = {
        "id": code(number),
        "name": f"青禾县第{number}机械有限公司",
        "territory": "城关街道",
        "hazard_class": "机械",
        "risk_level": "一般",
        "key_unit": "否",
        "status": "正常",
        "legal_person": f"法人{number}",
        "phone": f"1380000{number % 10000:04d}",
        "confirmed_on": DAY,
    }
    return Firm(**(plain | changes))


def enter(*firms: Firm) -> None:
    """Save firms as one deed."""
    with deed(by="u/console") as doing:
        for row in firms:
            doing.save(row)
            doing.record("roster.added", f"firm/{row.pk}", {})


def line(number: int, **changes: str) -> list[str]:
    """Return the cells of an ordinary firm in the order of HEAD; `changes` by header."""
    row = firm(number)
    cells = {
        "序号": str(number),
        "单位名称": row.name,
        "统一社会信用代码": row.id,
        "所属镇街": row.territory,
        "详细地址": f"城关街道工业路{number}号",
        "行业类别": row.hazard_class,
        "风险等级": row.risk_level,
        "重点单位": row.key_unit,
        "经营状态": row.status,
        "法定代表人": row.legal_person,
        "联系电话": row.phone,
    }
    return [(cells | changes)[head] for head in HEAD]


def workbook(path: Path, lines: Iterable[Sequence[str]], title: str = "青禾县检查对象名录") -> Path:
    """Write a workbook with a title row above its header and return its path."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("名录")
    sheet.append([title])
    sheet.append(list(HEAD))
    for cells in lines:
        sheet.append(list(cells))
    book.save(path)
    return path
