"""Small makers that several tests use: a frame, a policy, a notice, a county on disk."""

from itertools import count
from pathlib import Path
from typing import Any

from sunlot.commands.demo_county import RANDOMNESS, write_office_files
from sunlot.draw import deeds
from sunlot.draw.canonical import describe_table, write_table
from sunlot.draw.frame import COLUMNS, read_frame
from sunlot.draw.plan_file import exact
from sunlot.draw.policy_rules import parse_policy
from sunlot.draw.selection import cells_of_notice
from sunlot.draw.state import Draw
from sunlot.intake import read_roster, write_intake
from sunlot.policy.reader import read_pack

ANNOUNCED, TEAMS_ANNOUNCED = "2023-08-22T01:00:00Z", "2023-09-12T01:00:00Z"


def firm(identity: str, **changes: str) -> dict[str, str]:
    """Return a frame row of an ordinary firm."""
    plain = dict.fromkeys(COLUMNS, "") | {
        "id": identity,
        "status": "正常",
        "intensity": "0",
        "visits": "0",
        "territory": "城关街道",
    }
    return plain | changes


def rule(name: str = "一般", **changes: Any) -> dict[str, Any]:
    """Return a rule for every firm at one in ten."""
    return {"name": name, "when": {}, "rate": [1, 10], "direction": "random", "cap": 0, "gap": 0} | changes


def policy(*rules: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a one-round policy."""
    return {
        "date": "2026-03-02",
        "round": 1,
        "rounds": 1,
        "share": [1, 2],
        "budget": 0,
        "intensity": [1, 2, 3, 5],
        "reserves": {"least": 3, "part": [1, 5]},
        "scope": [{"column": "status", "reason": "status", "values": ["正常"]}],
        "spread": [],
        "rules": list(rules) or [rule()],
    } | changes


def notice(rows: list[dict[str, str]], rules: dict[str, Any]) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """Return a firms' notice with its computed cells, and the rows as they stand in the table."""
    table = write_table(COLUMNS, rows)
    frame = read_frame(table)
    cells, excluded = cells_of_notice(frame, parse_policy(rules))
    described = describe_table("firms.csv", COLUMNS, table)
    return {
        "stage": "firms",
        "draw": "379921-2026-0001",
        "policy": rules,
        "cells": cells,
        "excluded": excluded,
        "frame": described,
    }, frame


def plan(**changes: Any) -> dict[str, Any]:
    """Return the plan of a small fictional county."""
    return {
        "organ": "379921",
        "organ_name": "青禾县应急管理局",
        "year": 2023,
        "title": "测试",
        "date": "2023-08-22",
        "window": ["2023-09-18", "2023-10-31"],
        "rehearsal": True,
        "sources": exact(RANDOMNESS["firms"]["sources"]),
        "team_sources": exact(RANDOMNESS["teams"]["sources"]),
    } | changes


def tables(folder: Path, firms: int = 400, inspectors: int = 60) -> Path:
    """Write and import a county's files; return the folder with the clean tables."""
    files = write_office_files(folder / "office", firms, inspectors)
    for path in files:
        kind = path.stem.split()[0]
        write_intake(read_roster([path], kind), folder / "tables")
    return folder / "tables"


SECRETS = (f"{number:064x}" for number in count(0x5D))


def fixed_secret() -> str:
    """Return a secret that differs from all before it, but holds no chance."""
    return next(SECRETS)


def announced(folder: Path, **changes: Any) -> Draw:
    """Return a draw that has been announced."""
    pack = read_pack("county-2026")
    return deeds.announce_firms(folder / "draws", plan(**changes), pack, tables(folder), ANNOUNCED, fixed_secret)


def drawn(folder: Path, **changes: Any) -> Draw:
    """Return a draw whose firms have been drawn."""
    draw = deeds.record_seed(
        announced(folder, **changes), RANDOMNESS["firms"]["evidence"], RANDOMNESS["firms"]["recorded_at"]
    )
    return deeds.run(draw, RANDOMNESS["firms"]["recorded_at"])


def complete(folder: Path, **changes: Any) -> Draw:
    """Return a draw with both stages done."""
    draw = deeds.announce_teams(drawn(folder, **changes), TEAMS_ANNOUNCED)
    draw = deeds.record_seed(draw, RANDOMNESS["teams"]["evidence"], RANDOMNESS["teams"]["recorded_at"])
    return deeds.run(draw, RANDOMNESS["teams"]["recorded_at"])
