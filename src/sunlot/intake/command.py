"""`sunlot import`: several files, each kind of table gives its clean CSV and its report."""

import argparse
from collections import Counter
from pathlib import Path

from sunlot.intake.columns import TABLES, recognise
from sunlot.intake.crosscheck import crosscheck
from sunlot.intake.errors import IntakeError
from sunlot.intake.findings import HANDLING
from sunlot.intake.readers import read_sheets
from sunlot.intake.reading import read_roster
from sunlot.intake.table import Intake
from sunlot.intake.writing import write_intake

TITLES = {
    "firms": "检查对象",
    "inspectors": "执法检查人员",
    "recusals": "回避申报",
    "leaves": "请假",
    "visits": "检查台账",
    "key_list": "重点单位名单",
    "items": "抽查事项",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare files and options."""
    parser.add_argument("files", type=Path, nargs="+", help="名录文件：.xlsx、.xls、.csv")
    parser.add_argument("--out", type=Path, default=Path("tables"), help="结果放在哪个文件夹（默认 tables）")
    parser.add_argument("--kind", choices=list(TABLES), default="", help="强制按哪一种表读取（默认自动识别）")
    parser.add_argument(
        "--map", action="append", default=[], metavar="标题=字段", help="人工指定某列，如 --map 编码=id"
    )
    parser.add_argument("--today", default="", help="按哪一天判断证件是否过期，如 2026-01-01")
    parser.add_argument("--dry-run", action="store_true", help="只看结果，不写文件")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Return 0; what was put aside is reported, not an error."""
    override = dict(entry.split("=", 1) for entry in options.map if "=" in entry)
    by_kind: dict[str, list[Path]] = {}
    for path in options.files:
        by_kind.setdefault(options.kind or kind_of(path), []).append(path)
    done = {kind: read_roster(paths, kind, override, options.today) for kind, paths in by_kind.items()}
    for intake in done.values():
        show(intake)
    if "inspectors" in done and "recusals" in done:
        for kind, _, sentence in crosscheck(done["inspectors"].rows, done["recusals"].rows, options.today):
            print(f"  提示 {kind}：{sentence}")
    if options.dry_run:
        print("试运行：没有写入任何文件。")
        return 0
    for intake in done.values():
        for path in write_intake(intake, options.out):
            print(f"已写入 {path}")
    return 0


def kind_of(path: Path) -> str:
    """Return the kind of table a file holds. Raises IntakeError when no sheet has a header we know."""
    for sheet in read_sheets(path):
        if not sheet.hidden and (found := recognise(sheet.file, sheet.name, sheet.rows, "", {})):
            return found.kind
    raise IntakeError("no_header", f"文件 {path.name} 里找不到可识别的表头；请用 --kind 和 --map 指定。")


def show(intake: Intake) -> None:
    """Print how the columns were read and what became of the rows."""
    print(f"\n【{TITLES[intake.kind]}】")
    for sheet in intake.recognition:
        print(f"  {sheet.file} {sheet.sheet} 第 {sheet.header_row} 行是表头：")
        pairs = zip(sheet.headers, sheet.fields, sheet.why, strict=True)
        print(
            "    "
            + "，".join(
                f"{header}→{name or '（未采用）'}{f'（{why}）' if why == '标题相近' else ''}"
                for header, name, why in pairs
                if header
            )
        )
    fates = intake.fates
    print(
        f"  读到 {intake.rows_read} 行：干净 {fates['clean']}，合并 {fates['merged']}，隔离 {fates['quarantined']}，跳过 {fates['skipped']}"
    )
    for (kind, handling), count in sorted(Counter((f.kind, f.handling) for f in intake.findings).items()):
        print(f"    {kind:28} {count:6}  {HANDLING[handling]}")
