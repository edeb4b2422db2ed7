"""The notice of each stage: everything that is fixed before a seed can be known."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sunlot.draw import inspectors as people
from sunlot.draw.canonical import describe_table, hash_of, write_table
from sunlot.draw.frame import COLUMNS as FRAME_COLUMNS
from sunlot.draw.frame import read_frame
from sunlot.draw.policy_rules import parse_policy
from sunlot.draw.selection import cells_of_notice
from sunlot.draw.tables import Row
from sunlot.files import write_folder

ALGORITHM = "sunlot/1"
SOFTWARE = Path(__file__).parent
BESIDE = ("files.py", "refusal.py", "ledger/merkle.py")  # what it imports from the rest of the package


def firms_notice(
    draw: str, plan: Mapping[str, Any], pack: Mapping[str, Any], frame: list[Row], staff: list[Row], at: str
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return the notice of the firms stage and the tables it commits to, by file name."""
    firms = write_table(FRAME_COLUMNS, frame)
    inspectors = write_table(people.COLUMNS, staff)
    policy = draw_policy(plan, pack)
    cells, excluded = cells_of_notice(read_frame(firms), parse_policy(policy))
    notice = {
        **_head(draw, "firms", plan, at),
        "frame": describe_table("firms.csv", FRAME_COLUMNS, firms),
        "inspectors": describe_table("inspectors.csv", people.COLUMNS, inspectors),
        "policy": policy,
        "pack": {key: pack["pack"][key] for key in ("name", "title", "sha256")},
        "teams": dict(pack["teams"]),
        "cells": cells,
        "excluded": excluded,
        "window": list(plan["window"]),
        "before": dict(plan["before"]),
        "voided": list(plan["voided"]),
        "nonce_commit": plan.get("nonce_commit", ""),
        "sources": list(plan["sources"]),
        "team_sources": list(plan.get("team_sources", [])),
    }
    return notice, {"firms.csv": firms, "inspectors.csv": inspectors}


def _head(draw: str, stage: str, plan: Mapping[str, Any], at: str) -> dict[str, Any]:
    return {
        "format": "sunlot/1 notice",
        "algorithm": ALGORITHM,
        "software": software_hash(software_files()),
        "stage": stage,
        "draw": draw,
        "organ": plan["organ_name"],
        "title": plan["title"],
        "announced_at": at,
        "rehearsal": bool(plan.get("rehearsal", False)),
        "secret": bool(plan.get("secret", False)),
    }


def draw_policy(plan: Mapping[str, Any], pack: Mapping[str, Any]) -> dict[str, Any]:
    """Return the policy as the notice carries it: the pack's rules, made concrete by the plan's date, round and budget."""
    firms = pack["firms"]
    rounds = plan.get("rounds", firms["rounds"])
    return {
        "date": plan["date"],
        "round": plan.get("round", 1),
        "rounds": rounds,
        "share": list(firms["share"]),
        "budget": plan.get("budget", 0),
        "intensity": list(firms["intensity"]),
        "reserves": dict(firms["reserves"]),
        "scope": [dict(entry) for entry in firms["scope"]],
        "spread": list(firms["spread"]),
        "rules": [_rule(rule, plan.get("counts", {})) for rule in firms["rules"]],
    }


def _rule(rule: Mapping[str, Any], counts: Mapping[str, int]) -> dict[str, Any]:
    kept = {key: rule[key] for key in ("name", "when", "rate", "direction", "cap", "gap", "count") if key in rule}
    return kept | ({"count": counts[rule["name"]]} if rule["name"] in counts else {})


def teams_notice(
    draw: str, firms_stage: Mapping[str, Any], plan: Mapping[str, Any], network: Mapping[str, Any], at: str
) -> dict[str, Any]:
    """Return the notice of the teams stage. `firms_stage` is the firms' notice; `network` the fields made by `teams.network.to_notice`."""
    return {
        **_head(draw, "teams", {**firms_stage, "organ_name": firms_stage["organ"]}, at),
        **network,
        "nonce_commit": plan.get("nonce_commit", ""),
        "outcome": plan["outcome"],
        "sources": list(plan["sources"]),
    }


def software_files() -> dict[str, Path]:
    """Return the source files that compute a draw, by their path below the package."""
    package = SOFTWARE.parent
    files = [*SOFTWARE.rglob("*.py"), *SOFTWARE.rglob("*.c"), *(package / name for name in BESIDE)]
    return {path.relative_to(package).as_posix(): path for path in files}


def software_hash(files: Mapping[str, Path]) -> str:
    """Return one hash over source files by their path, so that a notice says which software it trusts."""
    return hash_of("".join(f"{hash_of(files[name].read_bytes())}  {name}\n" for name in sorted(files)))


def keep_software(shelf: Path) -> None:
    """Lay today's source files aside as `shelf`/<hash>, once: an upgrade takes from no draw the program that its notice names."""
    files = software_files()
    kept = shelf / software_hash(files)
    if not kept.exists():
        shelf.mkdir(parents=True, exist_ok=True)
        write_folder(kept, {name: path.read_bytes() for name, path in files.items()}, shelf)


def software_of(digest: str, shelf: Path) -> dict[str, Path]:
    """Return the source files with that hash: those laid aside, today's when none were."""
    kept = shelf / digest
    return {path.relative_to(kept).as_posix(): path for path in kept.rglob("*") if path.is_file()} or software_files()
