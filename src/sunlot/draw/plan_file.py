"""The file in which an office describes one draw (抽取方案, TOML) and the file in which it hands in the evidence of the sources."""

import re
import tomllib
from pathlib import Path
from typing import Any

from sunlot.draw.beacon import CHAINS, time_of
from sunlot.draw.errors import DrawError

REQUIRED = {
    "organ": "机关代码（六位行政区划代码）",
    "organ_name": "机关名称",
    "year": "年份",
    "title": "抽查名称",
    "tables": "名录文件夹",
    "policy": "政策包",
    "date": "资格审查日期",
    "window": "检查期起止日期",
    "sources": "种子来源",
}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_plan(path: Path) -> dict[str, Any]:
    """Return the plan with every source made exact. Raises DrawError naming the entry that is missing or malformed."""
    plan = _read(path)
    if missing := [f"{key}（{text}）" for key, text in REQUIRED.items() if key not in plan]:
        raise DrawError("plan_incomplete", f"抽取方案 {path.name} 缺少：{'、'.join(missing)}。")
    if (
        plan["date"] in ("", None)
        or not all(DAY.fullmatch(str(day)) for day in (plan["date"], *plan["window"]))
        or len(plan["window"]) != 2
    ):
        raise DrawError("plan_malformed", "date 和 window 里的日期要写成 “2026-03-02” 的样子，window 写起止两个日期。")
    return {**plan, "sources": exact(plan["sources"]), "team_sources": exact(plan.get("team_sources", []))}


def read_evidence(path: Path) -> list[dict[str, Any]]:
    """Return the evidence entries, one a source in the notice's order. Raises DrawError when the file holds none."""
    entries = _read(path).get("source", [])
    if not entries:
        raise DrawError("evidence_empty", f"{path.name} 里没有 [[source]] 条目；请为公告中的每个来源写一条。")
    return list(entries)


def exact(sources: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the sources as a notice names them: a drand chain by its hash, its moment computed from the round."""
    return [_exact(dict(source)) for source in sources]


def _exact(source: dict[str, Any]) -> dict[str, Any]:
    if source.get("kind") == "drand":
        named = {chain.name: chain.hash for chain in CHAINS.values()}
        source["chain"] = named.get(source.get("chain", "quicknet"), source.get("chain", ""))
        source["known_at"] = time_of(source["chain"], source["round"])
    return source


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise DrawError("no_such_file", f"找不到文件 {path}。") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as failure:
        raise DrawError("plan_malformed", f"文件 {path.name} 格式有误：{failure}。") from failure
