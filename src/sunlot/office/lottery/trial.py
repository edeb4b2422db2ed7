"""What a round would fix, tried before anything is announced: cells with counts and chances, exclusions, people, and whether teams exist.

Nothing here knows a seed. Feasibility is tried on selections made with throw-away seeds that no notice will ever have.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from sunlot.draw.canonical import hash_of, write_table
from sunlot.draw.errors import DrawError
from sunlot.draw.frame import COLUMNS, read_frame
from sunlot.draw.inspectors import REASONS, Inspectors, inspectors_frame
from sunlot.draw.notices import draw_policy
from sunlot.draw.policy_rules import parse_policy
from sunlot.draw.selection import cells_of_notice, draw_firms
from sunlot.draw.tables import Row, frame_rows
from sunlot.draw.team_network import build_network, groups_of
from sunlot.draw.teams.shortage import explain_shortage, missing_seats

TRIALS = 12
SHOWN = 50


@dataclass(frozen=True)
class Trial:
    """What would be fixed. `expected`: firms, exact; `unstaffed`: firms for whom no lawful team exists whatever is drawn."""

    firms: int
    cells: list[dict[str, Any]]
    excluded: list[dict[str, Any]]
    expected: Fraction
    people: dict[str, int]
    drawable: int
    unstaffed: list[tuple[str, str, str]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    trials: int = 0
    refusal: str = ""

    @property
    def feasible(self) -> bool:
        """Whether the round could be announced."""
        return not (self.refusal or self.unstaffed or self.failures)


def try_out(
    plan: Mapping[str, Any],
    pack: Mapping[str, Any],
    tables: Path,
    before: Mapping[str, str],
    last_visits: frozenset[tuple[str, str]] = frozenset(),
) -> Trial:
    """Return what the plan would fix with these tables. Raises DrawError when the tables cannot be read at all."""
    frame = read_frame(
        write_table(COLUMNS, frame_rows(tables, str(plan["date"])[:4], list(plan["territories"]), before))
    )
    window = (str(plan["window"][0]), str(plan["window"][1]))
    staff = inspectors_frame(tables, window, lambda: "0" * 64)
    people = dict(Counter(REASONS[row["drawable"]] for row in staff.rows))
    drawable = sum(row["drawable"] == "yes" for row in staff.rows)
    policy = draw_policy(plan, pack)
    try:
        cells, excluded = cells_of_notice(frame, parse_policy(policy))
    except DrawError as error:
        return Trial(len(frame), [], [], Fraction(0), people, drawable, refusal=error.sentence)
    expected = sum((Fraction(*cell["quota"]) for cell in cells), Fraction(0))
    eligible = _eligible(frame, policy)
    unstaffed = _unstaffed(eligible, staff, pack["teams"], last_visits)
    notice = {"policy": policy, "cells": cells, "excluded": excluded, "draw": "trial"}
    failures = [] if unstaffed else _failures(notice, frame, staff, pack["teams"], window, last_visits)
    return Trial(len(frame), cells, excluded, expected, people, drawable, unstaffed, failures, TRIALS)


def _eligible(frame: Sequence[Row], policy: Mapping[str, Any]) -> list[Row]:
    from sunlot.draw.eligibility import classify

    members = classify(frame, parse_policy(policy)).members
    known = {identity for ids in members.values() for identity in ids}
    return [row for row in frame if row["id"] in known]


def _unstaffed(
    firms: Sequence[Row], staff: Inspectors, rules: Mapping[str, Any], last_visits: frozenset[tuple[str, str]]
) -> list[tuple[str, str, str]]:
    """Return firms that nobody may lawfully visit, and why; exact, though firms of one class and township are judged together."""
    own = {firm for facts in staff.private.values() for firm in facts["recusals"]} | {firm for firm, _ in last_visits}
    judged: dict[tuple[str, str, str], str] = {}
    found = []
    for firm in firms:
        alike = (firm["hazard_class"], firm["territory"], firm["id"] if firm["id"] in own else "")
        if alike not in judged:
            judged[alike] = _why_unstaffed(firm, staff, rules, last_visits)
        if judged[alike]:
            found.append((firm["id"], firm["name"], judged[alike]))
    return found[:SHOWN]


def _why_unstaffed(
    firm: Row, staff: Inspectors, rules: Mapping[str, Any], last_visits: frozenset[tuple[str, str]]
) -> str:
    network, _ = build_network([firm], staff.rows, staff.private, rules, ("2000-01-01", "2000-01-01"), last_visits)
    seats = Counter(edge.group for edge in network.edges)
    lacking = [group.name for group in groups_of(firm, rules) if seats[group.name] < group.minimum]
    return _seat_name(firm, lacking) if lacking or sum(seats.values()) < rules["size"] else ""


def _seat_name(firm: Row, lacking: Sequence[str]) -> str:
    if "specialist" in lacking:
        return f"缺少“{firm['hazard_class']}”专业的执法人员"
    return "除去回避、同镇街和上一轮检查过的，可用的持证执法人员不足两名"


def _failures(
    notice: Mapping[str, Any],
    frame: Sequence[Row],
    staff: Inspectors,
    rules: Mapping[str, Any],
    window: tuple[str, str],
    last_visits: frozenset[tuple[str, str]],
) -> list[str]:
    """Return the distinct reasons for which throw-away selections could not be staffed."""
    rows = {row["id"]: row for row in frame}
    names = {row["id"]: row["name"] for row in [*frame, *staff.rows]}
    found: list[str] = []
    for number in range(TRIALS):
        selected = draw_firms(notice, "", frame, hash_of(f"trial {number}"))["selected"]
        visits = [rows[entry["id"]] for entry in sorted(selected, key=lambda entry: str(entry["id"]))]
        if not visits:
            continue
        network, absent = build_network(visits, staff.rows, staff.private, rules, window, last_visits)
        if missing_seats(network) and (sentence := explain_shortage(network, absent, names).sentence) not in found:
            found.append(sentence)
    return found
