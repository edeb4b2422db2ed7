"""`sunlot`: the same work as in the browser, without one."""

import argparse
import sys

from sunlot.commands import bag, demo, disc, journal, office, publish, serve, witness
from sunlot.commands import draw as draw_command
from sunlot.commands.apart import VERIFIERS, verify_apart
from sunlot.files import NO_SPACE
from sunlot.intake import command as import_command
from sunlot.refusal import Refusal

COMMANDS = {
    "import": (import_command, "读取 Excel/CSV 名录，给出干净的表和逐行报告"),
    "draw": (draw_command, "一次抽取：公告、种子、结果、核验、说明、替换、作废"),
    "bag": (bag, "证据包：制作、核对"),
    "disc": (disc, "光盘：映像、盘面标签、封存记录、刻录和复读登记"),
    "journal": (journal, "日志：检查点、见证、证明、审计"),
    "witness": (witness, "见证人：在另一台电脑上核对并签署检查点，可完全离线"),
    "office": (office, "建立办公室、开设账号"),
    "serve": (serve, "在浏览器中办公：启动本机网站"),
    "publish": (publish, "把公开网站写成静态文件，可放到任何网站或打成 zip"),
    "demo": (demo, "用虚构的县走完一次抽取"),
}
FREE_SOME = "请清理磁盘或换到更大的磁盘，然后把同一条命令再执行一次；不要删除办公室文件夹里的文件。"


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code; a refusal, or a full disk, is one Chinese sentence on the error stream and code 2."""
    parser = argparse.ArgumentParser(
        prog="sunlot", description="阳光抽查：谁也不能挑选抽中谁，人人都能核对没有人挑选。"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="|".join(COMMANDS))
    for name, (module, text) in COMMANDS.items():
        module.add_arguments(commands.add_parser(name, help=text, description=text))
    given = sys.argv[1:] if arguments is None else arguments
    if tuple(given[:2]) in VERIFIERS:
        return verify_apart(given[0], given[2:])
    options = parser.parse_args(given)
    try:
        return int(options.run(options))
    except Refusal as refusal:
        print(f"未执行：{refusal}", file=sys.stderr)
    except OSError as failure:
        if failure.errno not in NO_SPACE:
            raise
        print(f"未执行：磁盘写满了（{failure.filename or failure.strerror}）。{FREE_SOME}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
