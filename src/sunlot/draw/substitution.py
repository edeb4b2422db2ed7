"""Substitution (替换): a typed event that takes the next reserve in the order the draw fixed. There is no redraw."""

from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sunlot.draw.canonical import read_table
from sunlot.draw.errors import DrawError

if TYPE_CHECKING:
    from sunlot.draw.state import Draw

FIRM_REASONS = {"closed": "注销、吊销或停业", "moved": "迁出本辖区", "merged": "与其他单位合并"}
INSPECTOR_REASONS = {"illness": "因病不能参加", "recusal": "经批准回避", "transfer": "工作调动"}
NEVER = {"refused": "拒绝检查", "no_answer": "联系不上"}


def decide(draw: "Draw", request: Mapping[str, str], at: str) -> dict[str, Any]:
    """Return the substitution's record. `request`: out (id), reason, evidence, by, and for an inspector visit.

    Raises DrawError for a reason that is none, for somebody who was not drawn, and when the reserves are used up.
    """
    if not request.get("evidence", "").strip() or not request.get("by", "").strip():
        raise DrawError("evidence_missing", "替换必须写明证明材料和经办人。")
    comes_in = next_inspector(draw, request) if request.get("visit") else next_firm(draw, request)
    record = {key: request[key].strip() for key in ("out", "reason", "evidence", "by")}
    return {
        "format": "sunlot/1 substitution",
        "draw": draw.name,
        "at": at,
        "kind": "inspector" if request.get("visit") else "firm",
        "visit": request.get("visit", ""),
        **record,
        "in": comes_in,
    }


def next_firm(draw: "Draw", request: Mapping[str, str]) -> str:
    """Return the reserve firm whose turn it is: same cell, next rank, not used and not itself out of scope."""
    _check_reason(request["reason"], FIRM_REASONS)
    outcome = draw.need("outcome", "还没有抽取结果，不能替换。").read_json("outcome.json")
    if request["out"] not in firms_now(draw):
        raise DrawError("not_drawn", f"{request['out']} 不在现在的抽中名单里。")
    return next_reserve(draw, outcome, request["out"])


def next_reserve(draw: "Draw", outcome: Mapping[str, Any], firm: str) -> str:
    """Return the first reserve by rank of a firm's cell that neither came in nor went out before. Raises DrawError when none is left."""
    cells = {entry["id"]: entry["cell"] for entry in [*outcome["selected"], *outcome["reserves"]]}
    used = {identity for record in substitutions(draw, "firm") for identity in (record["out"], record["in"])}
    used |= {record["in"] for record in additions(draw)}
    for entry in outcome["reserves"]:
        if entry["cell"] == cells[firm] and entry["id"] not in used:
            return str(entry["id"])
    raise DrawError("reserves_used_up", f"抽签单元 {cells[firm]} 的候补已经用完；请另发公告补抽。")


def firms_now(draw: "Draw") -> list[str]:
    """Return the firms to be visited, bytewise: the selected ones with every substitution and addition applied."""
    return sorted(places_now(draw))


def places_now(draw: "Draw") -> dict[str, str]:
    """Return by firm to be visited the visit of the teams' stage whose team goes there.

    Who comes in after the teams were announced is visited by the team of whom he replaces, or for whom he is added.
    """
    outcome = draw.need("outcome", "还没有抽取结果。").read_json("outcome.json")
    places = {entry["id"]: entry["id"] for entry in outcome["selected"]}
    announced = draw.step("teams-notice")
    for step in draw.steps:
        if step.what not in ("substitution", "addition"):
            continue
        record = step.read_json(f"{step.what}.json")
        if step.what == "addition":
            place = places[record["for"]]
        elif record["kind"] == "firm":
            place = places.pop(record["out"])
        else:
            continue
        places[record["in"]] = place if announced and announced.number < step.number else record["in"]
    return places


def next_inspector(draw: "Draw", request: Mapping[str, str]) -> str:
    """Return the reserve inspector whose turn it is on a visit: same group, by the seed's order, below his maximum."""
    _check_reason(request["reason"], INSPECTOR_REASONS)
    teams = teams_now(draw)
    visit = request["visit"]
    if request["out"] not in teams.get(visit, []):
        raise DrawError("not_drawn", f"{request['out']} 不在 {visit} 的检查组里。")
    notice = draw.need("teams-notice", "").read_json("notice.json")
    limits = {person["id"]: person["max"] for person in notice["inspectors"]}
    gone = {record["out"] for record in substitutions(draw, "inspector") if record["visit"] == visit}
    for candidate in reserve_order(draw, visit, request["out"]):
        load = sum(candidate in team for team in teams.values())
        if candidate not in teams[visit] and candidate not in gone and load < limits[candidate]:
            return candidate
    raise DrawError("reserves_used_up", f"{visit} 这一组的候补人员已经用完；请另发公告补抽检查组。")


def reserve_order(draw: "Draw", visit: str, out: str) -> list[str]:
    """Return everyone with an edge in the group of `out`, by SHA-256(seed|S|visit|inspector)."""
    rows = read_table(
        draw.need("teams-notice", "").read("edges.csv"),
        ("visit", "inspector", "group", "bucket", "f"),
        ("visit", "inspector"),
    )
    group = next((row["group"] for row in rows if row["visit"] == visit and row["inspector"] == out), "")
    seed = draw.need("teams-outcome", "").read_json("outcome.json")["seed"]
    people = [row["inspector"] for row in rows if row["visit"] == visit and row["group"] == group]
    return sorted(people, key=lambda person: (sha256(f"{seed}|S|{visit}|{person}".encode()).hexdigest(), person))


def teams_now(draw: "Draw") -> dict[str, list[str]]:
    """Return the teams by visit with every substitution of inspectors applied."""
    outcome = draw.need("teams-outcome", "检查组还没有抽取，不能替换人员。").read_json("outcome.json")
    teams = {team["visit"]: list(team["members"]) for team in outcome["teams"]}
    for record in substitutions(draw, "inspector"):
        team = teams[record["visit"]]
        teams[record["visit"]] = sorted([*(person for person in team if person != record["out"]), record["in"]])
    return teams


def substitutions(draw: "Draw", kind: str) -> list[dict[str, Any]]:
    """Return the records of one kind, oldest first."""
    records = [step.read_json("substitution.json") for step in draw.steps if step.what == "substitution"]
    return [record for record in records if record["kind"] == kind]


def additions(draw: "Draw") -> list[dict[str, Any]]:
    """Return the records of additions (addition.py), oldest first."""
    return [step.read_json("addition.json") for step in draw.steps if step.what == "addition"]


def _check_reason(reason: str, allowed: Mapping[str, str]) -> None:
    if reason in NEVER:
        raise DrawError("reason_never", f"“{NEVER[reason]}”不是替换的理由：拒查、联系不上要如实记录为检查结果。")
    if reason not in allowed:
        known = "、".join(f"{code}（{text}）" for code, text in allowed.items())
        raise DrawError("reason_unknown", f"替换理由只能是：{known}。")
