"""Which firms: the cells of a notice, and the outcome that notice and seed determine (docs/draw-format.md sections 4.4 to 4.7)."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil
from typing import Any

from sunlot.draw.eligibility import Cell, Classified, classify
from sunlot.draw.errors import DrawError
from sunlot.draw.policy_rules import Policy, parse_policy
from sunlot.draw.quotas import expected_quotas, round_quotas
from sunlot.draw.tickets import smallest

Row = Mapping[str, str]


def cells_of_notice(frame: Sequence[Row], policy: Policy) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the notice's lists `cells` and `excluded`. Raises DrawError when nobody may be drawn."""
    classified = classify(frame, policy)
    _somebody(classified)
    quotas = expected_quotas(classified.cells, policy)
    return [_described(cell, quotas[path]) for path, cell in classified.cells.items()], _excluded(classified)


def _somebody(classified: Classified) -> None:
    if not any(cell.eligible for cell in classified.cells.values()):
        counts = "、".join(f"{reason} {count} 户" for reason, count in sorted(classified.reasons().items()))
        raise DrawError(
            "nobody_eligible", f"名录中没有一户符合本次抽查条件；排除原因：{counts}。请核对规则和名录状态。"
        )


def _described(cell: Cell, quota: Fraction) -> dict[str, Any]:
    count = len(cell.eligible)
    chance = quota / count if count else Fraction(0)
    return {
        "cell": cell.path,
        "chance": [chance.numerator, chance.denominator],
        "count": count,
        "direction": cell.rule.direction,
        "quota": [quota.numerator, quota.denominator],
    }


def _excluded(classified: Classified) -> list[dict[str, Any]]:
    reasons = classified.reasons()
    return [{"count": reasons[reason], "reason": reason} for reason in sorted(reasons, key=str.encode)]


def draw_firms(notice: Mapping[str, Any], notice_hash: str, frame_rows: Sequence[Row], seed: str) -> dict[str, Any]:
    """Return the outcome. Raises DrawError when the notice's cells are not those that follow from its policy and frame."""
    policy = parse_policy(notice["policy"])
    cells, excluded = cells_of_notice(frame_rows, policy)
    if notice["cells"] != cells or notice["excluded"] != excluded:
        raise DrawError("cells_differ", "公告中的抽签单元或排除统计与名录、规则不符。")
    members = classify(frame_rows, policy).members
    quotas = {entry["cell"]: Fraction(*entry["quota"]) for entry in cells}
    numbers, t, denominator = round_quotas(quotas, seed)
    outcome: dict[str, Any] = {
        "format": "sunlot/1 outcome",
        "stage": "firms",
        "draw": notice["draw"],
        "notice": notice_hash,
        "seed": seed,
        "t": t,
        "of": denominator,
        "cells": [],
        "selected": [],
        "reserves": [],
    }
    for path, ids in members.items():
        _draw_cell(outcome, path, ids, numbers[path], policy, seed)
    return outcome


def _draw_cell(outcome: dict[str, Any], path: str, ids: list[str], number: int, policy: Policy, seed: str) -> None:
    """Add one cell: the smallest tickets are selected, the next ones are reserves in that order (section 4.6)."""
    depth = max(policy.reserves_least, ceil(number * policy.reserves_part)) if number else 0
    reserves = min(len(ids) - number, depth)
    ranked = [
        {"cell": path, "id": identity, "rank": rank, "ticket": ticket}
        for rank, (ticket, identity) in enumerate(smallest(seed, ids, number + reserves), 1)
    ]
    outcome["selected"] += ranked[:number]
    outcome["reserves"] += ranked[number:]
    cutoff = ranked[number - 1]["ticket"] if number else ""
    outcome["cells"].append(
        {"cell": path, "count": len(ids), "cutoff": cutoff, "reserves": reserves, "selected": number}
    )
