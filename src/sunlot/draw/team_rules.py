"""What a verifier can check of the teams' network without the office's secrets."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sunlot.draw import substitution
from sunlot.draw.errors import DrawError
from sunlot.draw.steps import Step
from sunlot.draw.tables import Row
from sunlot.draw.team_network import groups_of, seat_of
from sunlot.draw.teams.network import check_probabilities, from_notice

if TYPE_CHECKING:
    from sunlot.draw.state import Draw

PUBLIC_REASONS = ("repeat", "zero", "withheld")  # recusal, leave and home township are personal: `withheld`


def check_network(
    draw: "Draw", step: Step, notice: Mapping[str, Any], edges: Sequence[Row], gaps: Sequence[Row]
) -> None:
    """Raise DrawError unless visits, seats, people and pairs follow from what the firms' stage fixed, and the probabilities fit."""
    frame = {row["id"]: row for row in draw.frame()}
    staff = {row["id"]: row for row in draw.inspectors()}
    rules = draw.firms_notice["teams"]
    before = type(draw)(draw.folder, draw.steps[: step.number - 1])
    _same("检查对象", [visit["id"] for visit in notice["visits"]], substitution.firms_now(before))
    drawable = sorted(name for name, row in staff.items() if row["drawable"] == "yes")
    _same("检查人员", [person["id"] for person in notice["inspectors"]], drawable)
    for visit in notice["visits"]:
        seats = [_group_fields(asdict(group)) for group in groups_of(frame[visit["id"]], rules)]
        _same(f"{visit['id']} 的席位", [visit["size"], visit["groups"]], [rules["size"], seats])
    for row in edges:
        _same(
            f"{row['visit']}/{row['inspector']} 的席位",
            row["group"],
            seat_of(frame[row["visit"]], staff[row["inspector"]], rules),
        )
    listed = sorted((row["visit"], row["inspector"]) for row in [*edges, *gaps])
    _same(
        "人员与检查的组合", listed, sorted((visit["id"], person) for visit in notice["visits"] for person in drawable)
    )
    for row in gaps:
        if row["reason"] not in PUBLIC_REASONS:
            raise DrawError(
                "network_differs",
                f"absent.csv 里 {row['visit']}/{row['inspector']} 的理由 {row['reason']} 不在公布的理由之列。",
            )
    check_probabilities(*from_notice(notice, list(edges)))


def _group_fields(group: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": group["name"], "min": group["minimum"], "max": group["maximum"], "parent": group["parent"]}


def _same(what: str, found: Any, expected: Any) -> None:
    if found != expected:
        raise DrawError("network_differs", f"检查组公告中{what}与名录、规则不符。")
