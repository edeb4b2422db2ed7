"""The seeded swap stage: repeated pairs of inspectors are parted where the policy asks for it (docs/draw-format.md section 5.3)."""

from itertools import combinations

from sunlot.draw.canonical import hash_of
from sunlot.draw.teams.network import Edge, Network

Teams = dict[str, list[str]]
Pairs = set[tuple[str, ...]]


def swap_repeated(network: Network, teams: Teams, previous: Pairs, seed: str) -> int:
    """Exchange members between visits until no swap parts another repeated pair; change `teams` in place, return the number of swaps.

    Loads, groups and buckets stay as they are.
    """
    seats = {(edge.visit, edge.inspector): edge for edge in network.edges}
    order = sorted(teams, key=lambda visit: (hash_of(f"{seed}|W|{visit}"), visit))
    swaps = 0
    for visit in order:
        if exchange := _first_exchange(visit, order, teams, seats, previous):
            leaves, other, comes = exchange
            teams[visit] = sorted([*(set(teams[visit]) - {leaves}), comes])
            teams[other] = sorted([*(set(teams[other]) - {comes}), leaves])
            swaps += 1
    return swaps


def _first_exchange(
    visit: str, order: list[str], teams: Teams, seats: dict[tuple[str, str], Edge], previous: Pairs
) -> tuple[str, str, str] | None:
    """Return (who leaves, the other visit, who comes) of the first exchange that is allowed, or None."""
    for pair in repeated(teams[visit], previous):
        for leaves in pair:
            for other in order:
                for comes in teams[other] if other != visit else []:
                    if _allowed(visit, leaves, other, comes, teams, seats, previous):
                        return leaves, other, comes
    return None


def repeated(team: list[str], previous: Pairs) -> list[tuple[str, str]]:
    """Return the team's pairs that stand in `previous`, bytewise."""
    return [pair for pair in combinations(sorted(team), 2) if pair in previous]


def _allowed(
    visit: str, leaves: str, other: str, comes: str, teams: Teams, seats: dict[tuple[str, str], Edge], previous: Pairs
) -> bool:
    into, out = seats.get((visit, comes)), seats.get((other, leaves))
    if into is None or out is None or comes in teams[visit] or leaves in teams[other]:
        return False
    here, there = seats[visit, leaves], seats[other, comes]
    if (into.group, out.group, into.bucket, out.bucket) != (here.group, there.group, there.bucket, here.bucket):
        return False
    new_here = [*(set(teams[visit]) - {leaves}), comes]
    new_there = [*(set(teams[other]) - {comes}), leaves]
    return not repeated(new_here, previous) and not repeated(new_there, previous)
