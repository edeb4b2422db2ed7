"""`sunlot bag make | verify`: the evidence bag of a draw."""

import argparse
from pathlib import Path

from sunlot.commands.journal import enter_steps, home_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the two deeds."""
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="make|verify")
    make = deeds.add_parser("make", help="制作证据包：抽取文件、日志证明、源代码和可双击打开的核验页")
    make.add_argument("draw", type=Path, help="抽取文件夹")
    make.add_argument("--out", type=Path, default=Path("bags"), help="写到哪个文件夹（默认 bags）")
    make.add_argument("--executed", action="store_true", help="暗查抽取已执行完毕：公开保密随机数")
    make.set_defaults(run=_make)
    deeds.add_parser("verify", help="只凭证据包核对；有缺失或改动即不通过")  # cli.main hands it to apart.py


def _make(options: argparse.Namespace) -> int:
    register = options.draw.parent
    enter_steps(register, f"sunlot/{options.draw.name.split('-')[0]}")
    from sunlot.evidence.page import verifier_page
    from sunlot.office.lottery.bags import bag_of

    bag = bag_of(home_of(register), options.draw, verifier_page(), options.out, "u/console", options.executed)
    print(f"证据包：{bag}\n双击其中的 00-OPEN-ME.html 并选择这个文件夹即可核对；或执行 sunlot bag verify {bag}")
    return 0
