"""`sunlot demo`: a fictional county goes through the whole draw in its own office, and the office is served in the browser."""

import argparse
import json
import shutil
import webbrowser
from datetime import timedelta
from pathlib import Path
from typing import Any

from sunlot.commands.apart import verify_apart
from sunlot.commands.demo_county import write_office_files
from sunlot.commands.draw import what_is_fixed
from sunlot.commands.serve import serve
from sunlot.draw.explain import explain_firm, explain_inspector
from sunlot.draw.state import Draw
from sunlot.evidence.disc_set import SIZES
from sunlot.evidence.page import verifier_page
from sunlot.office.start import open_office


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--folder", type=Path, default=Path("demo"), help="文件留在哪里（默认 demo/，原有的演示文件会被替换）"
    )
    parser.add_argument("--firms", type=int, default=3000, help="企业户数")
    parser.add_argument("--inspectors", type=int, default=60, help="执法人员人数")
    parser.add_argument("--port", type=int, default=8000, help="端口（默认 8000）")
    parser.add_argument("--no-serve", action="store_true", help="只生成演示，不启动网页")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Return 0 when the verifier found everything equal; without --no-serve the office is served until interrupted."""
    folder = _fresh(options.folder)
    home = folder / "office"
    _say(1, "生成一个虚构县的 Excel 名录（青禾县，单位和人员均为虚构）")
    files = write_office_files(folder / "excel", options.firms, options.inspectors)
    open_office(home, "")
    from sunlot.commands import demo_office
    from sunlot.commands.demo_round import OPENED, Story
    from sunlot.commands.demo_witness import write_homes
    from sunlot.office.journal.clock import held

    with held(OPENED) as clock:
        story = Story(home.resolve(), {}, clock)
        story.open_log()
        people = story.people = demo_office.open_people()
        demo_office.describe_bureau()
        _import(people, files)
        count = demo_office.remember_visits(people, 2023, options.firms // 8)
        print(f"  检查台账 {count} 次，其中 24 户因投诉、违法、隐患加大抽查力度")
        draw = _draw(story)
        bag = _evidence(home, draw, folder)
        _penalty(people, clock)
    write_homes(folder / "witness", story.memories)
    code = verify_apart("bag", [str(bag)])
    _say(9, "说明：一户企业和一名检查人员")
    _explain(draw)
    _say(10, "今年：公布事项清单，批准年度计划，拟定下一轮抽查")
    _this_year(people, options.port, options.firms // 8)
    _publish(folder / "site")
    print(WHERE.format(folder=folder.resolve(), bag=bag))
    _accounts(home)
    if not options.no_serve:
        _serve(home, options.port)
    return code


WHERE = """
全部文件在 {folder}
  excel/   虚构的 Excel 名录，可以在网页里再导入一次试试
  office/  办公室：数据库、日志、抽取文件夹 draws/、快照
  bags/    证据包：用浏览器打开其中的 00-OPEN-ME.html，选择证据包文件夹，即可自己重算
  site/    公开网站的静态文件，双击 index.html 即可打开
  discs/   光盘映像 .iso、盘面标签 labels.pdf、正副本的封存记录 seal-record-*.pdf
  witness/ 三个见证人各自的文件夹：在网页里下载见证请求，替他们签署，再收回网页
签署一次：./sunlot witness --home {folder}/witness/纪检 sign 见证请求.txt --out 签署.txt
再核验一次：./sunlot bag verify {bag}
2023 年那一轮是用已公开的真实随机数重演的演练（日期固定），不具效力。"""


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
    print(f"\n【{number}】{text}", flush=True)


def _import(people: dict[str, Any], files: list[Path]) -> None:
    from sunlot.commands.demo_office import take_in_rosters

    _say(2, "导入：识别列、检查信用代码、找出重复和错误")
    for kind, counts in take_in_rosters(people, files):
        print(f"  {kind}：" + "，".join(f"{name} {count}" for name, count in counts.items() if count))


def _draw(story: Any) -> Draw:
    _say(3, "企业抽取公告：经办人拟定，科室负责人批准；名录、规则、每户机会和种子来源先固定下来")
    _show(story.announce())
    _say(4, "种子：公告之后才产生的双色球（两人各录一遍）和 drand 信标；随即算出抽中企业")
    _show(story.draw("firms"))
    _say(5, "检查组公告：先公布每名人员到每户的机会")
    _show(story.announce_teams())
    _say(6, "第二个种子，检查组")
    return _show(story.draw("teams"))


def _evidence(home: Path, draw: Draw, folder: Path) -> Path:
    """Make the bag and the discs of the draw; a rehearsal has no burner, so both discs stay to be burned."""
    from sunlot.office.lottery.bags import bag_of
    from sunlot.office.lottery.discs import make_discs

    _say(7, "证据包和光盘：抽取文件、日志证明、三方见证、可双击打开的核验页；正副本光盘和封存记录")
    bag = bag_of(home.resolve(), draw.folder, verifier_page(), folder / "bags", "u/console")
    print(f"  {bag}")
    made, discs = make_discs([bag], folder / "discs", SIZES["cd"], "u/console")
    print(f"  {made}")
    for disc in discs:
        print(
            f"  光盘{disc.get_copy_display()} 封号 {disc.seal}，{disc.get_state_display()}，映像 SHA-256 {disc.image[:16]}…"
        )
    _say(8, "核验：在独立进程里只凭证据包重算")
    return bag


def _penalty(people: dict[str, Any], clock: Any) -> None:
    """Carry a penalty to its end in the year of the draw: the firm's name stays in the violation database."""
    from sunlot.commands.demo_cases import decide_case
    from sunlot.commands.demo_release import release

    if case := decide_case(people, clock):
        number = release(people, "penalty", case.pk, "处罚决定已送达，请公示。")
        print(f"  行政处罚：{case.number}，已结案，公示编号 {number}；违法行为信息使该单位以后更容易被抽中")


def _this_year(people: dict[str, Any], port: int, visits: int) -> None:
    """Publish this year's list and plan, and leave the next round for whoever looks around to go on with."""
    from django.utils import timezone

    from sunlot.commands.demo_cases import propose_case
    from sunlot.commands.demo_complaints import report_twice
    from sunlot.commands.demo_desk import fill_desks
    from sunlot.commands.demo_followup import hazard_and_transfer, order_of
    from sunlot.commands.demo_office import arrange_visit, plan_year, publish_items, remember_visits
    from sunlot.commands.demo_papers import issue_papers
    from sunlot.commands.demo_release import hold_visit, release
    from sunlot.office.lottery import rounds
    from sunlot.office.lottery.planned import as_round
    from sunlot.office.plan.queries import rounds_to_hold

    today = timezone.localdate()
    print(f"  事项清单 {publish_items(people, today.replace(month=1, day=1))} 项在用")
    count = remember_visits(people, today.year, visits, today - timedelta(days=1))
    print(f"  今年以来的检查台账 {count} 次，其中 24 户因投诉、违法、隐患加大抽查力度")
    desks = fill_desks(people, today)
    print(f"  桌上的事：{'，'.join(f'{name} {number}' for name, number in desks.items())}")
    plan = plan_year(people, today.year, today)
    second = rounds_to_hold(plan.year).get(title__endswith="第二次双随机抽查")
    fields = {"year": plan.year, "number": 2, **as_round(second.code, plan.year)}
    if visit := arrange_visit(people, today):
        print(f"  安排一次检查：{visit.firm.name}；用 zhifa（执法人员）登录，在“现场检查”里填写")
        print(f"  制作文书：{'、'.join(issue_papers(people, visit, port))}")
    if done := hold_visit(people, today):
        if order := order_of(people, done):
            print(f"  {done.firm_name}有一项问题没有当场改正，责令限期整改，期限 {order.deadline}")
        number = release(people, "result", done.pk, "检查已办结，请公示。")
        print(f"  一次检查已办结：{done.firm_name}，结果经另一人逐项核对后公示，编号 {number}")
    hazard_and_transfer(people, today)
    print("  重大隐患台账登记一条；一件线索移送等待批准，用 kezhang（科室负责人）登录审批")
    if case := propose_case(people, today):
        print(f"  一件处罚案件等待法制审核：{case.party}；用 jingban2（法制审核人员）登录办理")
    number, code = report_twice(people)
    print(f"  投诉举报两件：{number} 已答复，查询码 {code}；另一件等经办人领取")
    row = rounds.start(people["jingban"], fields | {"date": today + timedelta(days=7)})
    print(f"  {plan}已批准；“{row.title}”停在第 2 步“种子来源”，等您接着办")


def _publish(out: Path) -> None:
    """Write the public site as files; the same pages are served under /public/."""
    from sunlot.office.disclosure.export import write_site

    _say(11, "公开：网站写成静态文件，与 /public/ 相同")
    print(f"  {write_site(out, '').size} 个文件，{out / 'index.html'}")


def _show(draw: Draw) -> Draw:
    for line in what_is_fixed(draw.steps[-1].what, draw):
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


def _accounts(home: Path) -> None:
    """Tell the accounts here and on the login page."""
    from sunlot.commands.demo_office import PASSWORD, PEOPLE
    from sunlot.office.accounts.roles import Role

    people = [(username, name, str(Role(role).label)) for username, name, role in PEOPLE]
    told = json.dumps({"password": PASSWORD, "people": people}, ensure_ascii=False)
    (home / "demo-accounts.json").write_text(told, encoding="utf-8")
    print(f"\n用户（口令都是 {PASSWORD}）：")
    for username, name, role in people:
        print(f"  {username:<9} {name}  {role}")


def _serve(home: Path, port: int) -> None:
    url = f"http://127.0.0.1:{port}/"
    print(f"\n打开 {url} ，先用 jingban（经办人）登录：第一页写着现在该办什么。")
    webbrowser.open(url)
    serve(home, "127.0.0.1", port)
