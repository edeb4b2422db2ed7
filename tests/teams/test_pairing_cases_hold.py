"""The twelve pairing cases with their exact fractions (within one unit of 2^-20), outcomes and shortages."""

import json
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from sunlot.draw.teams.network import SCALE, Edge, Group, Network, Person, Visit
from sunlot.draw.teams.prepare import prepare
from sunlot.draw.teams.rounding import round_teams
from sunlot.draw.teams.shortage import TeamsInfeasible

CASES = sorted((Path(__file__).resolve().parents[1] / "data" / "pairing").glob("*.json"))


def network_of(case: dict[str, Any]) -> Network:
    visits = [
        Visit(v["id"], v["k"], tuple(Group(g["name"], g["min"], g["max"]) for g in v["groups"])) for v in case["visits"]
    ]
    edges = [Edge(v["id"], person, g["name"]) for v in case["visits"] for g in v["groups"] for person in g["members"]]
    return Network.of(visits, [Person(i["id"], i["cap"]) for i in case["inspectors"]], edges)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = json.loads(path.read_text())
    expect, network = case["expect"], network_of(case)
    if not expect["feasible"]:
        with pytest.raises(TeamsInfeasible) as refusal:
            prepare(network)
        assert refusal.value.shortage == expect["deficit"]
        assert refusal.value.visits == expect["hall"]["visits"]
        assert not expect["hall"]["people"] or refusal.value.inspectors == expect["hall"]["people"]
        assert "可选" in refusal.value.sentence
        return
    prepared = prepare(network)
    for edge, f in zip(network.edges, prepared.f, strict=True):
        wanted = expect.get("p_all") or expect.get("p", {}).get(edge.visit, {}).get(edge.inspector)
        if wanted:
            assert abs(f - Fraction(wanted) * SCALE) <= 1, (edge, Fraction(f, SCALE), wanted)
    draws = 1500
    hits: Counter[tuple[str, str]] = Counter()
    seen = set()
    edges = Network(
        network.visits, network.inspectors, tuple(e for e, f in zip(network.edges, prepared.f, strict=True) if f)
    )
    for number in range(draws):
        teams = round_teams(edges, [f for f in prepared.f if f], f"{number:064x}")
        seen.add(json.dumps(teams))
        hits.update((visit, person) for visit, team in teams.items() for person in team)
        assert all(len(teams[visit.id]) == visit.size for visit in network.visits)
        loads = Counter(person for team in teams.values() for person in team)
        assert all(loads[person.id] <= prepared.maxima[person.id] for person in network.inspectors)
    if "outcomes" in expect:
        assert len(seen) == expect["outcomes"]
    for edge, f in zip(network.edges, prepared.f, strict=True):
        p = f / SCALE
        assert abs(hits[edge.visit, edge.inspector] - draws * p) <= 4.5 * (draws * p * (1 - p)) ** 0.5
