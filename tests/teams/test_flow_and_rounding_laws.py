"""What must hold on any network: both solvers agree, every bound is kept in every outcome, the order of input does not matter."""

from collections import Counter
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as some

from sunlot.draw.teams.arcs import arcs_of
from sunlot.draw.teams.flow import feasible_flow
from sunlot.draw.teams.network import SCALE, Edge, Group, Network, Person, Visit
from sunlot.draw.teams.prepare import prepare
from sunlot.draw.teams.rounding import round_teams
from sunlot.draw.teams.shortage import TeamsInfeasible, missing_seats
from sunlot.draw.teams.swaps import repeated, swap_repeated


def network(number: int, visits: int = 8, people: int = 7) -> Network:
    dice = Random(number)
    seats, edges = [], []
    for v in range(visits):
        special = dice.random() < 0.5
        groups = (Group("specialist", 1, 2), Group("other", 0, 1)) if special else (Group("certified", 2, 2),)
        seats.append(Visit(f"V{v}", 2, groups))
        for p in range(people):
            if dice.random() < 0.8:
                edges.append(Edge(f"V{v}", f"P{p}", ("specialist" if p % 2 else "other") if special else "certified"))
    return Network.of(seats, [Person(f"P{p}", dice.randint(2, 4)) for p in range(people)], edges)


@settings(max_examples=40, deadline=None)
@given(some.integers(0, 10**6))
def test_ortools_and_dinic_carry_the_same(number: int) -> None:
    arcs = arcs_of(network(number))
    lowers, uppers = np.asarray(arcs.lowers, dtype=np.int64), np.asarray(arcs.uppers, dtype=np.int64)
    assert feasible_flow(arcs, lowers, uppers, 1).missing == feasible_flow(arcs, lowers, uppers, 1, pure=True).missing


@settings(max_examples=25, deadline=None)
@given(some.integers(0, 10**6))
def test_every_outcome_keeps_every_bound(number: int) -> None:
    net = network(number)
    try:
        prepared = prepare(net)
    except TeamsInfeasible as refusal:
        assert refusal.shortage > 0
        assert missing_seats(net)
        return
    kept = Network(net.visits, net.inspectors, tuple(e for e, f in zip(net.edges, prepared.f, strict=True) if f))
    f = [value for value in prepared.f if value]
    group_of = {(edge.visit, edge.inspector): edge.group for edge in kept.edges}
    expected = Counter[str]()
    for edge, value in zip(kept.edges, f, strict=True):
        expected[edge.inspector] += value
    for seed in range(5):
        teams = round_teams(kept, f, f"{seed:064x}")
        loads = Counter(person for team in teams.values() for person in team)
        assert all(expected[p] // SCALE <= loads[p] <= -(-expected[p] // SCALE) for p in expected)
        for visit in net.visits:
            seats = Counter(group_of[visit.id, person] for person in teams[visit.id])
            assert all(group.minimum <= seats[group.name] <= group.maximum for group in visit.groups)
        previous = {tuple(team) for team in teams.values()}
        before = sum(len(repeated(team, previous)) for team in teams.values())
        swap_repeated(kept, teams, previous, f"{seed:064x}")
        assert Counter(person for team in teams.values() for person in team) == loads
        assert sum(len(repeated(team, previous)) for team in teams.values()) <= before


def test_the_order_of_the_input_changes_nothing() -> None:
    net = network(5)
    shuffled = Network.of(net.visits[::-1], net.inspectors[::-1], net.edges[::-1])
    assert shuffled == net


@settings(max_examples=25, deadline=None)
@given(some.integers(0, 10**6), some.integers(0, 7), some.integers(0, 6))
def test_lifting_a_recusal_never_makes_it_harder(number: int, visit: int, person: int) -> None:
    net = network(number)
    if any(edge.visit == f"V{visit}" and edge.inspector == f"P{person}" for edge in net.edges):
        return
    leaf = next(v for v in net.visits if v.id == f"V{visit}").groups[-1].name
    more = Network.of(net.visits, net.inspectors, [*net.edges, Edge(f"V{visit}", f"P{person}", leaf)])
    assert missing_seats(more) <= missing_seats(net)
