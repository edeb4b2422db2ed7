"""`sunlot disc …`: bags onto optical discs, and what becomes of each disc."""

import argparse
import os
import re
from pathlib import Path

from sunlot.commands.journal import home_of
from sunlot.draw.verify import report
from sunlot.evidence.disc_set import SIZES
from sunlot.evidence.errors import EvidenceError
from sunlot.ledger.errors import LedgerError
from sunlot.office.start import open_office

BY = "u/console"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done with discs."""
    parser.add_argument("--register", type=Path, default=Path("draws"), help="存放全部抽取的文件夹（默认 draws）")
    parser.add_argument("--home", type=Path, help="网页办公时：办公室文件夹，用它的日志")
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="make|burned|reread|replace|check|join|list")
    make = deeds.add_parser("make", help="制作光盘映像、盘面标签和封存记录，正副本各一个封号")
    make.add_argument("bags", type=Path, nargs="+", metavar="BAG", help="证据包文件夹")
    make.add_argument("--out", type=Path, default=Path("discs"), help="写到哪个文件夹（默认 discs）")
    make.add_argument("--size", default="cd", help="光盘容量：cd（7 亿字节）、dvd（46 亿字节）或字节数；默认 cd")
    make.add_argument("--also", type=Path, action="append", default=[], help="一并刻入的录像、扫描件，可写多次")
    make.set_defaults(run=_make)
    burned = deeds.add_parser("burned", help="登记一张光盘已刻录")
    burned.add_argument("image", type=Path, help="刻录所用的映像 .iso")
    burned.add_argument("--copy", type=int, choices=[1, 2], required=True, help="1 正本，2 副本")
    burned.add_argument("--by", action="append", required=True, help="经手人姓名，可写多次")
    burned.add_argument("--drive", help="刻好的光盘所在的光驱，如 D: 或 /dev/sr0：当场回读比较")
    burned.set_defaults(run=_burned)
    reread = deeds.add_parser("reread", help="复读光盘，与日志登记的映像逐字节比较并登记")
    reread.add_argument("drive", help="光驱（D: 或 /dev/sr0）或整盘读出的文件")
    reread.add_argument("--by", action="append", required=True, help="经手人姓名，可写多次")
    reread.add_argument("--seal", default="", help="盘面上的封号，如 2026-0001")
    reread.set_defaults(run=_reread)
    replace = deeds.add_parser("replace", help="停用一张光盘，给重刻的一张新的封号、标签和封存记录")
    replace.add_argument("image", type=Path, help="原来的映像 .iso")
    replace.add_argument("--seal", required=True, help="停用的光盘的封号")
    replace.add_argument("--reason", required=True, help="理由，如 读取不符、遗失")
    replace.add_argument("--out", type=Path, required=True, help="新的标签和封存记录写到哪个文件夹")
    replace.set_defaults(run=_replace)
    check = deeds.add_parser("check", help="读回映像，与日志登记的校验值比较，并核验其中的证据包")
    check.add_argument("images", type=Path, nargs="+", metavar="IMAGE", help="映像或打开的光盘；分成几张的要一起给出")
    check.add_argument("--seal", default="", help="应当是哪一张：封号")
    check.set_defaults(run=_check)
    join = deeds.add_parser("join", help="把一套光盘合并成完整的证据包，并核验")
    join.add_argument("discs", type=Path, nargs="+", metavar="DISC", help="映像或打开的光盘")
    join.add_argument("--out", type=Path, required=True, help="写到哪个文件夹（必须是新的）")
    join.set_defaults(run=_join)
    deeds.add_parser("list", help="列出全部光盘、封号和最近一次复读").set_defaults(run=_list)


def capacity_of(size: str) -> int:
    """Return the capacity in bytes. Raises EvidenceError for what is neither cd, dvd nor a number."""
    if size in SIZES:
        return SIZES[size]
    if not re.fullmatch(r"[0-9]{1,15}", size):
        raise EvidenceError("size_unknown", f"光盘容量“{size}”无法识别；应为 cd、dvd 或字节数，如 700000000。")
    return int(size)


def _home(options: argparse.Namespace) -> Path:
    return Path(options.home) if options.home else home_of(options.register)


def _open(options: argparse.Namespace) -> None:
    missing = LedgerError(
        "log_missing", f"{_home(options)} 还没有日志；请用 --register 写明存放抽取的文件夹，或用 --home 写明办公室。"
    )
    if not _home(options).is_dir():
        raise missing
    open_office(_home(options))
    from sunlot.office.journal.models import Log

    if not Log.objects.exists():
        raise missing


def _make(options: argparse.Namespace) -> int:
    capacity = capacity_of(options.size)
    _open(options)
    from sunlot.office.lottery.discs import make_discs

    folder, discs = make_discs(options.bags, options.out, capacity, BY, options.also)
    print(f"光盘映像、标签和封存记录：{folder}")
    for disc in discs:
        print(
            f"  封号 {disc.seal}  {disc.get_copy_display()}  第 {disc.number} 张共 {disc.count} 张  SHA-256 {disc.image}"
        )
    print("每个映像刻两张（正本、副本），刻后执行 sunlot disc burned；步骤见 docs/burning.zh-CN.md")
    return 0


def _burned(options: argparse.Namespace) -> int:
    """Exit 1 when the disc was read back and differs."""
    _open(options)
    from sunlot.office.lottery.discs import burned

    disc, reason = burned(options.image, options.copy, options.by, BY, _drive(options.drive))
    if reason:
        print(
            f"[不符] 光盘 {disc.seal}（{disc.get_copy_display()}）{reason}\n已记入日志；请执行 sunlot disc replace 后重刻。"
        )
        return 1
    print(
        f"已登记：光盘 {disc.seal}（{disc.get_copy_display()}）刻录"
        + ("，回读一致。" if options.drive else "，没有回读。")
    )
    return 0


def _reread(options: argparse.Namespace) -> int:
    """Exit 0: the same; 1: it differs, which is recorded too."""
    _open(options)
    from sunlot.office.lottery.discs import reread

    drive = _drive(options.drive)
    assert drive
    disc, reason = reread(drive, options.by, BY, options.seal)
    if reason:
        print(f"[不符] 光盘 {disc.seal}（{disc.get_copy_display()}）{reason}\n已记入日志；这张光盘不得再作为依据。")
        return 1
    print(f"[相符] 光盘 {disc.seal}（{disc.get_copy_display()}）{disc.size:,} 字节与日志登记的映像一致；已记入日志。")
    return 0


def _replace(options: argparse.Namespace) -> int:
    _open(options)
    from sunlot.office.lottery.discs import replace

    disc = replace(options.image, options.seal, options.reason, options.out, BY)
    print(f"光盘 {options.seal} 停用；重刻的一张封号 {disc.seal}，标签和封存记录在 {options.out}")
    return 0


def _check(options: argparse.Namespace) -> int:
    """Exit like the verifier of a bag. Away from the office there is no log: then the hash is to be compared by hand."""
    from sunlot.evidence.disc_check import check_discs
    from sunlot.evidence.disc_read import image_hash

    lines = []
    if _home(options).is_dir():
        _open(options)
        from sunlot.office.lottery.disc_queries import standing

        lines += [line for image in options.images for line in standing(image, options.seal)]
    else:
        from sunlot.draw.verify import OUTSIDE, Line

        lines += [
            Line(OUTSIDE, f"{image.name} 的 SHA-256 {image_hash(image)}：与封存记录、盘面标签核对")
            for image in options.images
            if not image.is_dir()
        ]
    return report([*lines, *check_discs(options.images)])


def _join(options: argparse.Namespace) -> int:
    from sunlot.evidence.check_bag import check_bag
    from sunlot.evidence.disc_check import join_discs

    bags = join_discs(options.discs, options.out)
    print("\n".join(f"证据包：{bag}" for bag in bags))
    return report([line for bag in bags for line in check_bag(bag)])


def _list(options: argparse.Namespace) -> int:
    _open(options)
    from sunlot.office.lottery.models import Disc

    for disc in Disc.objects.order_by("seal"):
        after = f"，由 {disc.replaced_by} 代替" if disc.replaced_by else ""
        print(
            f"{disc.seal}  {disc.get_copy_display()}  {disc.draws}  第 {disc.number}/{disc.count} 张  {disc.get_state_display()}{after}"
            f"  刻录 {disc.burned_at or '—'}  最近复读 {disc.reread_at or '—'}"
        )
    return 0


def _drive(given: str | None) -> Path | None:
    """Return the path of a drive or file; Windows reads the bytes of drive D: under another name."""
    if given and os.name == "nt" and re.fullmatch(r"[A-Za-z]:\\?", given):
        return Path(f"\\\\.\\{given[:2]}")
    return Path(given) if given else None
