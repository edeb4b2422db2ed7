"""`sunlot demo`: a fictional county goes through the whole draw, from untidy Excel files to a verified result."""

import argparse
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from sunlot.commands import draw as draw_command
from sunlot.commands.apart import verify_apart
from sunlot.commands.demo_county import RANDOMNESS, write_office_files
from sunlot.commands.journal import home_of
from sunlot.documents.forms import forms
from sunlot.draw import deeds
from sunlot.draw.explain import explain_firm, explain_inspector
from sunlot.draw.plan_file import exact
from sunlot.draw.state import Draw
from sunlot.evidence.disc_set import SIZES
from sunlot.evidence.page import verifier_page
from sunlot.intake import read_roster, write_intake
from sunlot.office.start import open_office
from sunlot.policy.reader import read_pack

if TYPE_CHECKING:
    from sunlot.commands.demo_witness import Rehearsal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--folder", type=Path, default=Path("demo"), help="文件留在哪里（默认 demo/，原有的演示文件会被替换）"
    )
    parser.add_argument("--firms", type=int, default=3000, help="企业户数")
    parser.add_argument("--inspectors", type=int, default=60, help="执法人员人数")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Return 0 when the verifier found everything equal."""
    folder = _fresh(options.folder)
    _say(1, "生成一个虚构县的 Excel 名录（青禾县，单位和人员均为虚构）")
    files = write_office_files(folder / "office", options.firms, options.inspectors)
    _say(2, "导入：识别列、检查信用代码、找出重复和错误")
    _import(files, folder)
    open_office(home_of(folder / "draws"), "")
    from sunlot.commands.demo_witness import BY, later, open_rehearsal
    from sunlot.office.lottery.bags import bag_of

    office = open_rehearsal(folder / "draws", "2023-08-01T01:00:00Z")
    draw = _firms(folder, office)
    draw = _teams(draw, office)
    _say(7, "证据包和光盘：抽取文件、日志证明、三方见证、可双击打开的核验页；正副本光盘和封存记录")
    bag = bag_of(office.home, draw.folder, verifier_page(), folder / "bags", BY, at=later(office.at))
    print(f"  {bag}")
    _discs(bag, folder / "discs", later(later(office.at)))
    _say(8, "核验：在独立进程里只凭证据包重算")
    code = verify_apart("bag", [str(bag)])
    _say(9, "说明：一户企业和一名检查人员")
    _explain(draw)
    print(WHERE.format(folder=folder.resolve(), bag=bag))
    return code


WHERE = """
全部文件在 {folder}
  tables/  导入后的干净名录和逐行报告
  draws/   抽取文件夹：公告、种子、结果、抽取记录 record.pdf、名单 result.xlsx
  bags/    证据包：用浏览器打开其中的 00-OPEN-ME.html，选择证据包文件夹，即可自己重算
  discs/   光盘映像 .iso、盘面标签 labels.pdf、正副本的封存记录 seal-record-*.pdf
再核验一次：./sunlot bag verify {bag}
这是用 2023 年已公开的真实随机数重演的演练（日期固定），不具效力。"""


def _fresh(folder: Path) -> Path:
    """Return an empty folder; only a folder that an earlier demo made is replaced."""
    marker = folder / ".sunlot-demo"
    if folder.exists() and any(folder.iterdir()) and not marker.exists():
        raise SystemExit(f"文件夹 {folder} 不是空的，也不是演示留下的；请用 --folder 换一个。")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    marker.touch()
    return folder


def _say(number: int, text: str) -> None:
    print(f"\n【{number}】{text}")


def _import(files: list[Path], folder: Path) -> None:
    for kind in ("firms", "inspectors", "recusals", "leaves"):
        intake = read_roster([path for path in files if path.stem.startswith(kind)], kind=kind)
        write_intake(intake, folder / "tables")
        print(
            f"  {kind}：干净 {len(intake.rows)} 行，隔离 {len(intake.quarantined)} 行，发现 {len(intake.findings)} 处"
        )


def _firms(folder: Path, office: "Rehearsal") -> Draw:
    _say(3, "企业抽取公告：名录、规则、每户机会和种子来源先固定下来")
    plan = {
        "organ": "379921",
        "organ_name": "青禾县应急管理局（虚构）",
        "year": 2023,
        "title": "2023年度第一次双随机抽查（演示）",
        "date": "2023-08-22",
        "window": ["2023-09-18", "2023-10-31"],
        "round": 1,
        "rehearsal": True,
        "sources": exact(RANDOMNESS["firms"]["sources"]),
        "team_sources": exact(RANDOMNESS["teams"]["sources"]),
    }
    draw = deeds.announce_firms(
        folder / "draws",
        plan,
        read_pack("county-2026"),
        folder / "tables",
        "2023-08-22T01:00:00Z",
        draw_command.new_secret,
    )
    office.step(draw)
    _show(draw)
    _say(4, "种子：公告之后才产生的双色球和 drand 信标；随即算出抽中企业")
    draw = deeds.record_seed(draw, RANDOMNESS["firms"]["evidence"], RANDOMNESS["firms"]["recorded_at"])
    draw = deeds.run(draw, RANDOMNESS["firms"]["recorded_at"], forms)
    office.step(draw)
    return _show(draw)


def _teams(draw: Draw, office: "Rehearsal") -> Draw:
    _say(5, "检查组公告：先公布每名人员到每户的机会")
    draw = _show(deeds.announce_teams(draw, "2023-09-12T01:00:00Z"))
    office.step(draw)
    _say(6, "第二个种子，检查组")
    draw = deeds.record_seed(draw, RANDOMNESS["teams"]["evidence"], RANDOMNESS["teams"]["recorded_at"])
    draw = _show(deeds.run(draw, RANDOMNESS["teams"]["recorded_at"], forms))
    office.step(draw)
    return draw


def _discs(bag: Path, out: Path, at: str) -> None:
    """Make the disc image with its labels and records; a rehearsal has no burner, so both discs stay to be burned."""
    from sunlot.commands.demo_witness import BY
    from sunlot.office.lottery.discs import make_discs

    made, discs = make_discs([bag], out, SIZES["cd"], BY, at=at)
    print(f"  {made}")
    for disc in discs:
        print(
            f"  光盘{disc.get_copy_display()} 封号 {disc.seal}，{disc.get_state_display()}，映像 SHA-256 {disc.image[:16]}…"
        )


def _show(draw: Draw) -> Draw:
    for line in draw_command.what_is_fixed(draw.steps[-1].what, draw):
        print("  " + line)
    print(f"  核对码 {draw.check_code[:16]}…  {draw.steps[-1].folder}")
    return draw


def _explain(draw: Draw) -> None:
    selected = draw.need("outcome", "").read_json("outcome.json")["selected"]
    for sentence in explain_firm(draw, selected[0]["id"]):
        print("  " + sentence)
    team = draw.need("teams-outcome", "").read_json("outcome.json")["teams"][0]
    for sentence in explain_inspector(draw, team["leader"] or team["members"][0])[:4]:
        print("  " + sentence)
