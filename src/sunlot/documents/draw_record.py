"""抽取记录: the printed record of one stage, as PDF, the same bytes for the same draw."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sunlot.documents.stage import DrawStage
from sunlot.documents.typeset import qr_code, typeset
from sunlot.draw.sources import GRADES

TEMPLATE = Path(__file__).with_name("draw_record.typ")
EXCLUDED = {
    "status": "经营状态不在范围",
    "level": "不由本级监管",
    "class": "不属本次类别",
    "drawn": "今年已被抽中",
    "cap": "已到频次上限",
    "gap": "间隔天数不足",
}


def draw_record_pdf(stage: DrawStage) -> bytes:
    """Return the PDF. Names and numbers reach the template as data, never as markup."""
    return typeset(TEMPLATE, _data(stage))


def _data(stage: DrawStage) -> dict[str, Any]:
    record = stage.seed_record
    firms = stage.notice["stage"] == "firms"
    return {
        "organ": stage.organ,
        "title": stage.title,
        "kind": "检查对象抽取" if firms else "检查组抽取",
        "rehearsal": stage.rehearsal,
        "void": stage.void_reason,
        "facts": [*_facts(stage), *(_firm_facts(stage) if firms else _team_facts(stage))],
        "grade": f"{record['grade']}（{GRADES[record['grade']]}）",
        "sources": [[text, source["text"]] for text, source in zip(stage.descriptions, record["sources"], strict=True)],
        "tables": _firm_tables(stage) if firms else _team_tables(stage),
        "how": "核对方法：把“种子|T|统一社会信用代码”粘贴到任一 SHA-256 工具，得到的就是该户的签号；签号不大于所在单元的中签线即被抽中。"
        if firms
        else "核对方法：用公布的机会表 edges.csv 和种子按 sunlot/1 规则重算，任何人得到的名单都相同。",
        "check": stage.check_code,
        "qr": qr_code(f"sunlot:{stage.notice['draw']}:{stage.notice['stage']}:{stage.check_code}"),
    }


def _facts(stage: DrawStage) -> list[list[str]]:
    return [
        ["抽取编号", stage.notice["draw"]],
        ["公告时间", beijing(stage.notice["announced_at"])],
        ["公告校验值", stage.outcome["notice"]],
        ["种子", stage.outcome["seed"]],
    ]


def _firm_facts(stage: DrawStage) -> list[list[str]]:
    frame = stage.notice["frame"]
    excluded = "；".join(
        f"{EXCLUDED.get(entry['reason'], entry['reason'])} {entry['count']} 户" for entry in stage.notice["excluded"]
    )
    return [
        ["名录", f"{frame['rows']} 户，根哈希 {frame['root']}"],
        ["未参加抽签", excluded or "无"],
        ["抽中", f"{len(stage.outcome['selected'])} 户，候补 {len(stage.outcome['reserves'])} 户"],
    ]


def _team_facts(stage: DrawStage) -> list[list[str]]:
    targets = stage.notice["targets"]
    return [
        [
            "检查组",
            f"{len(stage.outcome['teams'])} 个，参加人员 {sum(1 for load in stage.outcome['loads'] if load['visits'])} 名，每人至多 {targets['load']} 户",
        ],
        ["重复搭档", f"{len(stage.outcome['repeats'])} 对，调换 {stage.outcome['swaps']} 次"],
        ["提示", "；".join(stage.notice["warnings"]) or "无"],
    ]


def _firm_tables(stage: DrawStage) -> list[dict[str, Any]]:
    chances = {entry["cell"]: entry["chance"] for entry in stage.notice["cells"]}
    cells = [
        [
            c["cell"],
            str(c["count"]),
            "/".join(map(str, chances[c["cell"]])),
            str(c["selected"]),
            str(c["reserves"]),
            c["cutoff"][:16],
        ]
        for c in stage.outcome["cells"]
    ]
    people = ["序号", "单位名称", "统一社会信用代码", "抽签单元", "名次", "签号（前16位）"]
    return [
        {
            "title": "抽签单元与机会",
            "head": ["单元", "户数", "每户机会", "抽中", "候补", "中签线（前16位）"],
            "rows": cells,
            "widths": [5, 2, 3, 2, 2, 4],
        },
        {"title": "抽中名单", "head": people, "rows": _ranked(stage, "selected"), "widths": [1.4, 7, 5, 4.6, 1.4, 4.4]},
        {
            "title": "候补名单（只有抽中的单位注销、迁出、合并时依次递补）",
            "head": people,
            "rows": _ranked(stage, "reserves"),
            "widths": [1.4, 7, 5, 4.6, 1.4, 4.4],
        },
    ]


def _ranked(stage: DrawStage, which: str) -> list[list[str]]:
    return [
        [str(number), stage.firm(entry["id"]), entry["id"], entry["cell"], str(entry["rank"]), entry["ticket"][:16]]
        for number, entry in enumerate(stage.outcome[which], 1)
    ]


def _team_tables(stage: DrawStage) -> list[dict[str, Any]]:
    chances = stage.chances()
    rows = []
    for number, team in enumerate(stage.outcome["teams"], 1):
        visit = team["visit"]
        members = "、".join(
            f"{stage.person(person)} {chances[visit, person] / 2**20:.1%}" for person in team["members"]
        )
        reserves = "、".join(stage.person(person) for group in team["reserves"] for person in group["inspectors"][:2])
        rows.append([str(number), stage.firm(visit), visit, members, stage.person(team["leader"]), reserves])
    loads = [[stage.person(load["id"]), str(load["visits"])] for load in stage.outcome["loads"]]
    return [
        {
            "title": "检查组（姓名后为公布的机会）",
            "head": ["序号", "检查对象", "统一社会信用代码", "成员与机会", "组长", "候补"],
            "rows": rows,
            "widths": [1.3, 4.6, 5.4, 5.6, 3, 4.6],
        },
        {"title": "每人检查户数", "head": ["人员", "户数"], "rows": loads, "widths": [5, 2]},
    ]


def beijing(moment: str) -> str:
    """Return a UTC time as Beijing time for people."""
    local = datetime.strptime(moment, "%Y-%m-%dT%H:%M:%SZ") + timedelta(hours=8)
    return local.strftime("%Y年%m月%d日 %H:%M:%S（北京时间）")
