"""A stage's outcome: a pure function of its notice, the tables the notice commits to, and the seed."""

from typing import Any

from sunlot.draw.canonical import hash_of, read_table
from sunlot.draw.frame import read_frame
from sunlot.draw.selection import draw_firms
from sunlot.draw.steps import Step
from sunlot.draw.teams.network import EDGE_COLUMNS
from sunlot.draw.teams.outcome import draw_teams


def compute(stage: str, notice_step: Step, seed: str) -> dict[str, Any]:
    """Return the outcome of a stage: a pure function of the notice, its tables and the seed."""
    data = notice_step.read("notice.json")
    notice = notice_step.read_json("notice.json")
    if stage == "firms":
        return draw_firms(notice, hash_of(data), read_frame(notice_step.read("firms.csv")), seed)
    edges = read_table(notice_step.read("edges.csv"), EDGE_COLUMNS, ("visit", "inspector"), "edges.csv")
    return draw_teams(notice, hash_of(data), edges, seed)
