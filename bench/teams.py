"""Teams prepared, drawn and verified: 100 visits × 50 inspectors, and 10,000 × 1,000."""

import sys
import time
from random import Random

from sunlot.draw.teams.network import Edge, Group, Network, Person, Visit, to_notice
from sunlot.draw.teams.outcome import draw_teams
from sunlot.draw.teams.prepare import prepare


def instance(visits: int, people: int) -> Network:
    """Two inspectors a visit, a specialist needed on 60 % of visits, 2 % recusals, 35 % spare capacity.

    Above 100 inspectors there are ten territories with their own inspectors, as a province has: about a million edges at 10,000 × 1,000.
    """
    dice = Random(visits)
    seats, edges = [], []
    for v in range(visits):
        special = dice.random() < 0.6
        skill = dice.randrange(3)
        groups = (Group("specialist", 1, 2), Group("other", 0, 1)) if special else (Group("certified", 2, 2),)
        seats.append(Visit(f"V{v:05d}", 2, groups))
        for p in range(people):
            if (people <= 100 or p % 10 == v % 10) and dice.random() >= 0.02:
                kind = ("specialist" if p // 10 % 3 == skill else "other") if special else "certified"
                edges.append(Edge(f"V{v:05d}", f"P{p:04d}", kind))
    capacity = -(-2 * visits * 135 // (100 * people))
    return Network.of(seats, [Person(f"P{p:04d}", capacity) for p in range(people)], edges)


def main(quick: bool) -> None:
    for visits, people, together, prepared_target, drawn_target in ((100, 50, 1, 1, 1), (10_000, 1_000, None, 60, 15)):
        if quick and visits > 100:
            continue
        net = instance(visits, people)
        start = time.perf_counter()
        prepared = prepare(net)
        middle = time.perf_counter()
        fields, rows = to_notice(net, prepared.f, prepared.maxima, {"mode": "report", "previous": []}, 5)
        notice = {"stage": "teams", "draw": "bench", **fields}
        write = time.perf_counter()
        first = draw_teams(notice, "n", rows, "ab" * 32)
        drawn = time.perf_counter()
        assert draw_teams(notice, "n", rows, "ab" * 32) == first
        end = time.perf_counter()
        print(f"{visits} visits × {people} inspectors, {len(net.edges)} edges")
        claim("prepared", middle - start, prepared_target)
        claim("drawn", drawn - write, drawn_target)
        if together:
            claim("prepared, drawn and verified", end - start, together)


def claim(what: str, seconds: float, target: float) -> None:
    print(f"  {what}: {seconds:.2f} s (under {target} s: {'met' if seconds < target else 'NOT met'})")


if __name__ == "__main__":
    main("--quick" in sys.argv)
