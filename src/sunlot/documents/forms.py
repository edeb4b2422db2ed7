"""The printed record and the workbook that go beside an outcome."""

from collections.abc import Mapping
from typing import Any

from sunlot.documents.draw_record import draw_record_pdf
from sunlot.documents.stage import DrawStage
from sunlot.documents.workbook import draw_workbook
from sunlot.draw.canonical import read_table
from sunlot.draw.sources import describe
from sunlot.draw.state import TEAMS, Draw
from sunlot.draw.teams.network import EDGE_COLUMNS


def forms(draw: Draw, stage: str, outcome: dict[str, Any], seed: str) -> Mapping[str, bytes]:
    """Return the 抽取记录 as PDF and the result as Excel, by file name."""
    prefix = TEAMS.prefix if stage == "teams" else ""
    notice_step = draw.need(f"{prefix}notice", "还没有公告。")
    notice = notice_step.read_json("notice.json")
    edges = (
        read_table(notice_step.read("edges.csv"), EDGE_COLUMNS, ("visit", "inspector"), "edges.csv")
        if stage == "teams"
        else []
    )
    described = DrawStage(
        organ=notice["organ"],
        title=notice["title"],
        notice=notice,
        outcome=outcome,
        seed_record=draw.need(f"{prefix}seed", "还没有种子。").read_json("seed.json") | {"seed": seed},
        firms={row["id"]: row for row in draw.frame()},
        inspectors={row["id"]: row for row in draw.inspectors()},
        check_code=draw.check_code,
        rehearsal=bool(notice["rehearsal"]),
        void_reason=draw.void.read_json("void.json")["reason"] if draw.void else "",
        descriptions=[describe(source) for source in notice["sources"]],
        edges=edges,
    )
    return {"record.pdf": draw_record_pdf(described), "result.xlsx": draw_workbook(described)}
