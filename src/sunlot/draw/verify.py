"""Check a draw from its files alone: `python -m sunlot.draw.verify FOLDER [--nonce HEX …] [--check-code HASH]`.

This module and what it imports is all that an outsider has to trust. It prints four kinds of line only: equal, differs, withheld
(by law, or not executed yet), and what must be compared with an outside copy. Missing evidence is a failure, never a pass.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

from sunlot.draw import addition, inspectors, substitution
from sunlot.draw.canonical import describe_table, dumps, hash_of, read_table
from sunlot.draw.compute import compute
from sunlot.draw.errors import DrawError
from sunlot.draw.frame import COLUMNS as FRAME_COLUMNS
from sunlot.draw.policy_rules import parse_policy
from sunlot.draw.seed import check_seed_record
from sunlot.draw.selection import cells_of_notice
from sunlot.draw.sources import check_sources
from sunlot.draw.state import FIRMS, TEAMS, Draw, Stage, open_draw
from sunlot.draw.steps import Step
from sunlot.draw.team_rules import check_network
from sunlot.draw.teams.network import EDGE_COLUMNS
from sunlot.draw.voids import check_before, check_void, missing_sources
from sunlot.refusal import Refusal

EQUAL, DIFFERS, WITHHELD, OUTSIDE = "equal", "differs", "withheld", "outside"
SIGNS = {EQUAL: "相符", DIFFERS: "不符", WITHHELD: "暂不公开", OUTSIDE: "请与外部副本核对"}
PASSED, FAILED, NOT_YET = 0, 1, 3
VERDICTS = {
    PASSED: "通过：全部可核对内容一致。",
    FAILED: "不通过：有内容不符或缺失。",
    NOT_YET: "未完：有内容尚未产生或暂不公开，不能视为通过。",
}


@dataclass(frozen=True)
class Line:
    """One finding: its kind and a Chinese sentence that names the file."""

    kind: str
    text: str


def verify(folder: Path, nonces: dict[str, str] | None = None, check_code: str = "") -> list[Line]:
    """Return what was found. Nothing outside `folder` is read; a stage that has no result yet is reported as not there yet."""
    try:
        draw = open_draw(folder)
    except DrawError as error:
        return [Line(DIFFERS, error.sentence)]
    return verify_draw(draw, nonces or {}, check_code)


def verify_draw(draw: Draw, nonces: Mapping[str, str], check_code: str) -> list[Line]:
    """Return what was found in a draw whose chain of steps holds."""
    lines = [Line(EQUAL, f"{len(draw.steps)} 个步骤的文件与各自的登记值一致，前后相接")]
    for stage in (FIRMS, TEAMS):
        if draw.step(f"{stage.prefix}notice"):
            lines += _stage(draw, stage, nonces.get(stage.name, ""))
        else:
            lines.append(Line(WITHHELD, f"{'企业' if stage == FIRMS else '检查组'}阶段还没有公告"))
    lines += list(_substitutions(draw))
    return [*lines, *_void(draw), *_before(draw), _outside(draw, check_code)]


def _void(draw: Draw) -> Iterator[Line]:
    """A void in due form; what it says of sources that never came, everybody can compare with the world."""
    if step := draw.void:
        before = Draw(draw.folder, draw.steps[: step.number - 1])
        yield attempt("作废", partial(_one_void, before, step))
        missing = _told(lambda: missing_sources(before, step.read_json("void.json")))
        if missing:
            yield Line(OUTSIDE, f"作废时没有登记种子，称{'、'.join(missing)}没有产生：请与该来源的公开记录核对")


def _one_void(before: Draw, step: Step) -> str:
    record = step.read_json("void.json")
    check_void(before, record, step.record["at"])
    return f"{step.folder.name}，由 {'、'.join(record['approvers'])} 批准，理由：{record['reason']}"


def _before(draw: Draw) -> Iterator[Line]:
    """Draws are numbered without a gap; which came before and which were voided stands in the notice and is compared outside."""
    line = attempt("此前的抽取", lambda: check_before(draw.firms_notice))
    told = line.text.removeprefix("此前的抽取：")
    if line.kind == DIFFERS:
        yield line
    elif told:
        yield Line(OUTSIDE, f"{told}：请与公布的抽取逐一核对，作废的也应有公告、理由和结果")


def _told(ask: Callable[[], list[str]]) -> list[str]:
    """Return the answer, or nothing where the record cannot be read: its own line has said so."""
    try:
        return ask()
    except (Refusal, KeyError, TypeError, IndexError):
        return []


def _outside(draw: Draw, check_code: str) -> Line:
    if not check_code:
        return Line(OUTSIDE, f"核对码 {draw.check_code}：与公告、报纸或纪检部门留存的核对码比较")
    same = check_code == draw.check_code
    return Line(EQUAL if same else DIFFERS, f"核对码 {draw.check_code} 与您提供的{'相同' if same else '不同'}")


def _stage(draw: Draw, stage: Stage, nonce: str) -> list[Line]:
    checks: list[tuple[str, Callable[[], str]]] = [
        ("公告", lambda: _notice(draw, stage)),
        ("种子", lambda: _seed(draw, stage, nonce)),
        ("结果", lambda: _outcome(draw, stage, nonce)),
    ]
    return [attempt(f"{'企业' if stage == FIRMS else '检查组'}{name}", check) for name, check in checks]


class _Withheld(Exception):
    """Raised by a check whose evidence may lawfully be missing now."""


def attempt(name: str, check: Callable[[], str]) -> Line:
    """Return the line of one check, which returns what it found equal or raises; bad data of any kind is a difference."""
    try:
        return Line(EQUAL, f"{name}：{check()}")
    except _Withheld as reason:
        return Line(WITHHELD, f"{name}：{reason}")
    except Refusal as error:
        return Line(DIFFERS, f"{name}：{error.sentence}")
    except (KeyError, TypeError, ValueError, IndexError, OSError) as error:
        return Line(DIFFERS, f"{name}：内容不完整或无法解读（{type(error).__name__} {error}）")


def _notice(draw: Draw, stage: Stage) -> str:
    step = draw.need(f"{stage.prefix}notice", "缺少公告。")
    notice = step.read_json("notice.json")
    if (notice["draw"], notice["stage"], notice["format"]) != (draw.name, stage.name, "sunlot/1 notice"):
        raise DrawError("notice_differs", f"{step.folder.name}/notice.json 不是本次抽取本阶段的公告。")
    if notice["announced_at"] != step.record["at"]:
        raise DrawError("notice_differs", f"{step.folder.name}/notice.json 的公告时间与步骤登记的时间不同。")
    check_sources(notice["sources"], notice["announced_at"])
    return _firms_notice(draw, step, notice) if stage == FIRMS else _teams_notice(draw, step, notice)


def _firms_notice(draw: Draw, step: Step, notice: dict[str, Any]) -> str:
    _same_table(step, notice["frame"], FRAME_COLUMNS)
    _same_table(step, notice["inspectors"], inspectors.COLUMNS)
    cells, excluded = cells_of_notice(draw.frame(), parse_policy(notice["policy"]))
    if notice["cells"] != cells or notice["excluded"] != excluded:
        raise DrawError("cells_differ", f"{step.folder.name}/notice.json 的抽签单元或排除统计与名录、规则重算的不同。")
    return f"名录 {notice['frame']['rows']} 户、根哈希、{len(cells)} 个抽签单元与机会均重算一致"


def _teams_notice(draw: Draw, step: Step, notice: dict[str, Any]) -> str:
    _same_table(step, notice["edges"], EDGE_COLUMNS)
    _same_table(step, notice["absent"], ("visit", "inspector", "reason"))
    outcome = draw.need("outcome", "缺少企业抽取结果。")
    if notice["outcome"] != hash_of(outcome.read("outcome.json")):
        raise DrawError("outcome_differs", f"{step.folder.name}/notice.json 所依据的企业抽取结果不是本次的结果。")
    edges = read_table(step.read("edges.csv"), EDGE_COLUMNS, ("visit", "inspector"), "edges.csv")
    gaps = read_table(step.read("absent.csv"), ("visit", "inspector", "reason"), ("visit", "inspector"), "absent.csv")
    check_network(draw, step, notice, edges, gaps)
    mean = Fraction(sum(int(row["f"]) for row in edges), 2**20)
    return f"{len(notice['visits'])} 次检查、{len(edges)} 条机会均符合规则，机会合计 {mean} 人次"


def _same_table(step: Step, described: dict[str, Any], columns: tuple[str, ...]) -> None:
    found = describe_table(described["file"], columns, step.read(described["file"]))
    if found != described:
        raise DrawError("root_differs", f"{step.folder.name}/{described['file']} 的行数或根哈希与公告不同。")


def _seed(draw: Draw, stage: Stage, nonce: str) -> str:
    step = draw.step(f"{stage.prefix}seed")
    if step is None:
        raise _Withheld("还没有登记种子")
    notice_step = draw.need(f"{stage.prefix}notice", "缺少公告。")
    record = step.read_json("seed.json")
    notice = notice_step.read_json("notice.json")
    if any(source["known_at"] > step.record["at"] for source in notice["sources"]):
        raise DrawError("too_early", f"{step.folder.name} 登记的时间早于来源产生的时间。")
    check_seed_record(notice, hash_of(notice_step.read("notice.json")), record, nonce)
    return f"{len(record['sources'])} 个来源的证据有效；不计见证，信任等级 {record['grade']}" + (
        "；随机数未公开" if _sealed(record, nonce) else ""
    )


def _sealed(record: dict[str, Any], nonce: str) -> bool:
    return bool(record["nonce"] == "withheld" and not nonce)


def _outcome(draw: Draw, stage: Stage, nonce: str) -> str:
    step, seed_step = draw.step(f"{stage.prefix}outcome"), draw.step(f"{stage.prefix}seed")
    if step is None or seed_step is None:
        if draw.void and seed_step:
            raise DrawError("void_not_computed", "抽取已作废，但没有按规定计算并公布结果。")
        raise _Withheld("还没有结果")
    if _sealed(seed_step.read_json("seed.json"), nonce):
        raise _Withheld("暗查抽取，保密随机数公开后才能重算")
    seed = draw.seed_of(stage.name, nonce)
    outcome = dumps(compute(stage.name, draw.need(f"{stage.prefix}notice", ""), seed))
    if step.read("outcome.json") != outcome:
        raise DrawError("outcome_differs", f"{step.folder.name}/outcome.json 与重算结果不同。")
    return f"{step.folder.name}/outcome.json 逐字节重算一致（种子 {seed[:16]}…）"


def _substitutions(draw: Draw) -> Iterator[Line]:
    """Each substitution and addition must be the one that its predecessors left as next in order."""
    for position, step in enumerate(draw.steps):
        if step.what == "substitution":
            yield attempt(f"替换 {step.folder.name}", partial(_one_substitution, draw, step, position))
        if step.what == "addition":
            yield attempt(f"追加 {step.folder.name}", partial(_one_addition, draw, step, position))


def _one_substitution(draw: Draw, step: Step, position: int) -> str:
    record = step.read_json("substitution.json")
    before = Draw(draw.folder, draw.steps[:position])
    again = substitution.decide(before, record, record["at"])
    if again != record:
        raise DrawError("substitution_differs", f"应由 {again['in']} 递补，登记的却是 {record['in']}。")
    return f"{record['out']} 由次序最前的候补 {record['in']} 替换，理由 {record['reason']}"


def _one_addition(draw: Draw, step: Step, position: int) -> str:
    record = step.read_json("addition.json")
    again = addition.decide(Draw(draw.folder, draw.steps[:position]), record, step.record["at"])
    if again != record:
        raise DrawError("addition_differs", f"应由 {again['in']} 追加，或登记的内容与规则不符。")
    days = "、".join(one["on"] for one in record["attempts"])
    return f"{record['for']} 于 {days} 上门未果，仍在名单；追加次序最前的候补 {record['in']}"


def exit_code(lines: Sequence[Line]) -> int:
    """Return 1 when anything differs, 3 when something is still withheld, else 0."""
    kinds = {line.kind for line in lines}
    return FAILED if DIFFERS in kinds else NOT_YET if WITHHELD in kinds else PASSED


def main(arguments: list[str] | None = None) -> int:
    """Print the lines and return the exit code."""
    parser = argparse.ArgumentParser(prog="sunlot draw verify", description="只凭抽取文件夹里的文件重算一次抽取")
    parser.add_argument("folder", type=Path, help="抽取文件夹")
    parser.add_argument("--nonce", default="", help="暗查抽取企业阶段公开后的保密随机数（64 位十六进制）")
    parser.add_argument("--teams-nonce", default="", help="暗查抽取检查组阶段公开后的保密随机数")
    parser.add_argument("--check-code", default="", help="您从公告等外部渠道得到的核对码")
    options = parser.parse_args(arguments)
    lines = verify(options.folder, {"firms": options.nonce, "teams": options.teams_nonce}, options.check_code)
    return report(lines)


def report(lines: Sequence[Line]) -> int:
    """Print the lines and the verdict, and return the exit code."""
    for line in lines:
        print(f"[{SIGNS[line.kind]}] {line.text}")
    code = exit_code(lines)
    print(VERDICTS[code])
    return code


if __name__ == "__main__":
    sys.exit(main())
