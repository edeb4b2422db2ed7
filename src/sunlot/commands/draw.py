"""`sunlot draw announce | seed | run | verify | explain | substitute | restore | void`: one deed of a draw a call."""

import argparse
import secrets
import time
from pathlib import Path

from sunlot.commands.journal import enter_steps, refuse_held_before, refuse_unanchored
from sunlot.documents.forms import forms
from sunlot.draw import deeds
from sunlot.draw.errors import DrawError
from sunlot.draw.explain import explain_firm, explain_inspector
from sunlot.draw.moments import utc
from sunlot.draw.plan_file import exact, read_evidence, read_plan
from sunlot.draw.state import Draw, open_draw
from sunlot.policy.reader import read_pack


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the eight deeds."""
    deeds_of = parser.add_subparsers(
        dest="deed", required=True, metavar="announce|seed|run|verify|explain|substitute|restore|void"
    )
    announce = deeds_of.add_parser("announce", help="发布公告：企业阶段用抽取方案；检查组阶段用 --teams")
    announce.add_argument("plan", type=Path, nargs="?", help="抽取方案（TOML）")
    announce.add_argument("--register", type=Path, default=Path("draws"), help="存放全部抽取的文件夹（默认 draws）")
    announce.add_argument("--teams", type=Path, metavar="DRAW", help="为已抽出企业的抽取发布检查组公告")
    announce.set_defaults(run=_announce)
    seed = _on_draw(deeds_of, "seed", "登记公告中写明的全部种子来源", _seed)
    seed.add_argument("evidence", type=Path, help="来源证据（TOML）")
    seed.add_argument("--unanchored", action="store_true", help="公告没有见证也继续（信任等级降低，永久可见）")
    _on_draw(deeds_of, "run", "计算并保存结果（每个公告只有一次）", _run)
    deeds_of.add_parser("verify", help="只凭文件重算；有缺失或改动即不通过")  # cli.main hands it to apart.py
    explain = _on_draw(deeds_of, "explain", "用中文说明一户企业或一名检查人员为什么（没）被抽中", _explain)
    explain.add_argument("id", help="统一社会信用代码，或人员编号")
    explain.add_argument("--nonce", default="", help="暗查抽取公开后的保密随机数")
    _substitution_arguments(_on_draw(deeds_of, "substitute", "按既定次序用候补替换", _substitute))
    restore = _on_draw(deeds_of, "restore", "用三份份额中的任意两份恢复暗查抽取的保密随机数", _restore)
    restore.add_argument("shares", type=Path, nargs=2, metavar="SHARE", help="份额文件")
    restore.add_argument("--stage", choices=["firms", "teams"], default="firms", help="哪个阶段（默认企业阶段）")
    void = _on_draw(deeds_of, "void", "作废（须写明理由、两人批准；结果仍要计算并公布）", _void)
    void.add_argument("--reason", required=True, help="理由")
    void.add_argument("--by", action="append", default=[], help="批准人，写两次")
    void.add_argument("--missing", type=int, action="append", default=[], help="公告中第几个来源没有产生，可写多次")


def _on_draw(
    parsers: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, text: str, run: object
) -> argparse.ArgumentParser:
    parser = parsers.add_parser(name, help=text)
    parser.add_argument("draw", type=Path, help="抽取文件夹")
    parser.set_defaults(run=run)
    return parser


def _substitution_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", required=True, help="被替换的企业或人员编号")
    parser.add_argument("--visit", default="", help="替换人员时：哪一户的检查组")
    parser.add_argument("--reason", required=True, help="企业 closed|moved|merged；人员 illness|recusal|transfer")
    parser.add_argument("--evidence", required=True, help="证明材料")
    parser.add_argument("--by", required=True, help="经办人")


def now() -> str:
    """Return the machine's time as UTC text."""
    return utc(time.time())


def new_secret() -> str:
    return secrets.token_hex(32)


def _announce(options: argparse.Namespace) -> int:
    if options.teams:
        sources = exact(read_plan(options.plan)["team_sources"]) if options.plan else None
        return _report(deeds.announce_teams(open_draw(options.teams), now(), sources))
    if not options.plan:
        raise DrawError("plan_missing", "请给出抽取方案文件；发布检查组公告请用 --teams 抽取文件夹。")
    plan = read_plan(options.plan)
    pack = read_pack(plan["policy"], options.plan.parent)
    tables = options.plan.parent / plan["tables"]
    refuse_held_before(options.register, deeds.next_id(options.register, str(plan["organ"]), str(plan["year"])))
    return _report(deeds.announce_firms(options.register, plan, pack, tables, now(), new_secret))


def _seed(options: argparse.Namespace) -> int:
    stage, _ = open_draw(options.draw).open_stage()
    if not options.unanchored:
        refuse_unanchored(options.draw.parent, options.draw.name, f"{stage.prefix}notice")
    return _report(deeds.record_seed(open_draw(options.draw), read_evidence(options.evidence), now()))


def _run(options: argparse.Namespace) -> int:
    return _report(deeds.run(open_draw(options.draw), now(), forms))


def _void(options: argparse.Namespace) -> int:
    return _report(deeds.void(open_draw(options.draw), options.reason, options.by, now(), options.missing))


def _restore(options: argparse.Namespace) -> int:
    shares = [path.read_text(encoding="utf-8") for path in options.shares]
    deeds.restore_nonce(open_draw(options.draw), options.stage, shares)
    print("保密随机数已恢复，与公告的承诺值相符；可以继续登记种子或计算结果。")
    return 0


def _substitute(options: argparse.Namespace) -> int:
    request = {key: getattr(options, key) for key in ("out", "visit", "reason", "evidence", "by")}
    draw = deeds.substitute(open_draw(options.draw), request, now())
    record = draw.steps[-1].read_json("substitution.json")
    print(f"{record['out']} 由次序最前的候补 {record['in']} 替换。")
    return _report(draw)


def _explain(options: argparse.Namespace) -> int:
    draw = open_draw(options.draw)
    known = {row["id"] for row in draw.inspectors()}
    lines = (
        explain_inspector(draw, options.id) if options.id in known else explain_firm(draw, options.id, options.nonce)
    )
    print("\n".join(lines))
    return 0


def _report(draw: Draw) -> int:
    step = draw.steps[-1]
    print(f"已完成：{draw.name} 第 {step.number} 步 {step.what}")
    print(f"文件夹：{step.folder}")
    print(f"核对码：{draw.check_code}")
    for line in what_is_fixed(step.what, draw):
        print(line)
    enter_steps(draw.folder.parent, f"sunlot/{draw.name.split('-')[0]}")
    return 0


def what_is_fixed(what: str, draw: Draw) -> list[str]:
    """Return what the clerk should know now, most important first."""
    if what == "notice":
        notice = draw.firms_notice
        expected = sum(entry["quota"][0] / entry["quota"][1] for entry in notice["cells"])
        counts = "、".join(f"{entry['reason']} {entry['count']}" for entry in notice["excluded"]) or "无"
        return [
            f"名录 {notice['frame']['rows']} 户，{len(notice['cells'])} 个抽签单元，预计抽取约 {expected:.1f} 户；排除：{counts}。",
            "请立即公布核对码；来源产生后执行 sunlot draw seed。",
        ]
    if what == "outcome":
        return [
            f"抽中 {len(draw.steps[-1].read_json('outcome.json')['selected'])} 户；抽取记录 record.pdf，名单 result.xlsx。"
        ]
    if what == "teams-notice":
        return [str(warning) for warning in draw.steps[-1].read_json("notice.json")["warnings"][:10]]
    if what == "teams-outcome":
        return [f"已组成 {len(draw.steps[-1].read_json('outcome.json')['teams'])} 个检查组。"]
    return []
