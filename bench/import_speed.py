"""Whole import of 100,000 xlsx rows against calamine's bare reading of the same cells, interleaved in one run."""

import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from sunlot.commands.demo_county import credit_code
from sunlot.intake import read_roster

HEAD = [
    "序号",
    "单位名称",
    "统一社会信用代码",
    "所属镇街",
    "详细地址",
    "行业类别",
    "成立日期",
    "从业人数",
    "风险等级",
    "重点单位",
    "经营状态",
    "备注",
]


def workbook(path: Path, rows: int) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("名录")
    sheet.append(HEAD)
    for n in range(rows):
        day = f"20{n % 24:02d}-{n % 12 + 1:02d}-{n % 28 + 1:02d}"
        name, address = f"青禾县第{n}机械有限公司", f"青禾县南岗镇南兴路{n}号"
        sheet.append([n + 1, name, credit_code(n), "南岗镇", address, "机械", day, n % 300, "一般", "否", "正常", ""])
    book.save(path)


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.xlsx"
        workbook(path, rows)
        bare, whole = [], []
        for _ in range(3):
            start = time.perf_counter()
            for name in (book := CalamineWorkbook.from_path(path)).sheet_names:
                book.get_sheet_by_name(name).to_python()
            middle = time.perf_counter()
            clean = len(read_roster([path], "firms").rows)
            bare.append(middle - start)
            whole.append(time.perf_counter() - middle)
    ratio = median(whole) / median(bare)
    met = "met" if ratio <= 3 else "NOT met"
    print(
        f"import {rows} rows ({clean} clean): {median(whole):.2f} s, bare calamine {median(bare):.2f} s, ratio {ratio:.2f}, target 3.00: {met}"
    )


if __name__ == "__main__":
    main(10_000 if "--quick" in sys.argv else 100_000)
