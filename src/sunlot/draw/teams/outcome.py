"""The outcome of the teams stage: members, leader, reserves, loads, repeated pairs (docs/draw-format.md sections 5.3 and 5.4)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from sunlot.draw.canonical import hash_of
from sunlot.draw.teams.network import Edge, Network, check_probabilities, from_notice
from sunlot.draw.teams.rounding import round_teams
from sunlot.draw.teams.swaps import swap_repeated

Teams = dict[str, list[str]]


def draw_teams(
    notice: Mapping[str, Any], notice_hash: str, edge_rows: Sequence[Mapping[str, str]], seed: str
) -> dict[str, Any]:
    """Return the outcome that notice and seed determine. Raises DrawError when the probabilities break a bound."""
    network, f = from_notice(notice, edge_rows)
    check_probabilities(network, f)
    teams = round_teams(network, f, seed)
    previous = {tuple(sorted(pair)) for pair in notice["pairs"]["previous"]}
    swaps = swap_repeated(network, teams, previous, seed) if notice["pairs"]["mode"] == "swap" else 0
    by_visit: dict[str, list[Edge]] = {visit.id: [] for visit in network.visits}
    for edge in network.edges:
        by_visit[edge.visit].append(edge)
    loads = Counter(person for team in teams.values() for person in team)
    return {
        "format": "sunlot/1 outcome",
        "stage": "teams",
        "draw": notice["draw"],
        "notice": notice_hash,
        "seed": seed,
        "swaps": swaps,
        "loads": [{"id": person.id, "visits": loads[person.id]} for person in network.inspectors],
        "repeats": [
            {"visit": visit, "pair": list(pair)}
            for visit in teams
            for pair in combinations(teams[visit], 2)
            if pair in previous
        ],
        "teams": _described(network, teams, by_visit, seed, notice["reserve_depth"]),
    }


def _described(
    network: Network, teams: Teams, by_visit: Mapping[str, list[Edge]], seed: str, depth: int
) -> list[dict[str, Any]]:
    lead = {person.id for person in network.inspectors if person.lead}
    rows = []
    for visit in network.visits:
        members, edges = teams[visit.id], by_visit[visit.id]
        reserves = [
            {"group": group.name, "inspectors": reserves_of(seed, visit.id, group.name, members, edges)[:depth]}
            for group in visit.groups
            if any(edge.group == group.name for edge in edges)
        ]
        rows.append(
            {
                "visit": visit.id,
                "members": members,
                "leader": leader_of(seed, visit.id, members, lead),
                "reserves": reserves,
            }
        )
    return rows


def leader_of(seed: str, visit: str, members: Sequence[str], lead: set[str]) -> str:
    """Return the qualified member with the smallest SHA-256(seed|L|visit|inspector), empty when nobody is qualified."""
    qualified = [person for person in members if person in lead]
    return min(qualified, key=lambda person: (hash_of(f"{seed}|L|{visit}|{person}"), person), default="")


def reserves_of(seed: str, visit: str, group: str, members: Sequence[str], edges: Sequence[Edge]) -> list[str]:
    """Return everyone who could sit in the group and is no member, by SHA-256(seed|S|visit|inspector)."""
    people = [edge.inspector for edge in edges if edge.group == group and edge.inspector not in members]
    return sorted(people, key=lambda person: (hash_of(f"{seed}|S|{visit}|{person}"), person))
