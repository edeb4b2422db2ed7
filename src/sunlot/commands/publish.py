"""`sunlot publish`: the whole public site as static files, for a government portal that takes only files or a zip."""

import argparse
import time
from pathlib import Path

from sunlot.office.start import open_office
from sunlot.refusal import Refusal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare whose site goes where."""
    parser.add_argument("--home", type=Path, default=Path("office"), help="办公室文件夹（默认 office）")
    parser.add_argument("--out", type=Path, required=True, help="写到哪个文件夹；再次导出只改写有变化的文件")
    parser.add_argument(
        "--base",
        default="",
        help="网站将来的完整地址，如 https://www.example.gov.cn/ssj/；用于二维码、订阅和网站地图，可以不填",
    )
    parser.add_argument("--zip", action="store_true", help="另外打成一个 zip，与文件夹放在一起")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the site and say what changed."""
    if not options.home.is_dir():
        raise Refusal("no_office", f"找不到办公室文件夹 {options.home}；请用 --home 指定。")
    if options.base and "://" not in options.base and not options.base.startswith("/"):
        raise Refusal("base_malformed", f"--base 应为 https://… 的完整地址或以 / 开头的路径，现为 {options.base!r}。")
    open_office(options.home)
    from sunlot.office.disclosure.export import write_site, write_zip

    started = time.monotonic()
    done = write_site(options.out, options.base.rstrip("/") + "/" if options.base else "")
    print(
        f"公开网站共 {done.size} 个文件：写入 {len(done.written)}，未变 {done.left}，撤下 {len(done.removed)}；"
        f"用时 {time.monotonic() - started:.1f} 秒。{options.out / 'index.html'}"
    )
    if options.zip:
        print(f"压缩包：{write_zip(options.out)}")
    return 0
