"""Before the seed: is there an assignment at all, and which probabilities are the fairest that all rules allow (draw.md section 6).

Targets in order: smallest feasible largest load; smallest largest probability (times 11/10); largest smallest probability (times 9/10);
as even as possible in between. The result is data of the notice; whoever verifies checks its bounds and needs none of this file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from sunlot.draw.teams.arcs import Arcs, arcs_of
from sunlot.draw.teams.bounds import Bounds
from sunlot.draw.teams.entropy import even_out
from sunlot.draw.teams.flow import Flow, Numbers, feasible_flow
from sunlot.draw.teams.forced import free_edges
from sunlot.draw.teams.network import SCALE, Network, check_probabilities
from sunlot.draw.teams.shortage import Absent, explain_shortage

SLACK_UP, SLACK_DOWN = Fraction(11, 10), Fraction(9, 10)
FEW_CHOICES = 3
NEARLY = 0.01  # an aim this close to a whole number (units of 2^-20) means that number


@dataclass(frozen=True)
class Prepared:
    """f parallel to the network's edges (units of 2^-20, 0 where a rule leaves no chance), and what was aimed at."""

    f: list[int]
    maxima: dict[str, int]
    load: int
    ceiling: int
    floor: int
    warnings: list[str]

    def targets(self) -> dict[str, Any]:
        """Return the notice's field `targets`."""
        return {"load": self.load, "ceiling": self.ceiling, "floor": self.floor, "slack": [[11, 10], [9, 10]]}


def prepare(network: Network, absent: Sequence[Absent] = (), names: Mapping[str, str] | None = None) -> Prepared:
    """Return the probabilities. Raises TeamsInfeasible, which names who lacks whom and what would cure it, when nothing fits."""
    arcs = arcs_of(network)
    bounds = Bounds(arcs)
    if feasible_flow(arcs, bounds.lowers, bounds.uppers, 1).missing:
        raise explain_shortage(network, absent, names or {})
    load, whole = _smallest_load(arcs, bounds)
    free = free_edges(arcs, bounds, whole)
    bounds = bounds.scaled(SCALE)
    bounds.set_edges(
        np.where(free, 0, whole.values[arcs.edge_at] * SCALE), np.where(free, SCALE, whole.values[arcs.edge_at] * SCALE)
    )
    ceiling, floor = _ceiling(arcs, bounds, free), 0
    if free.any():
        bounds.raise_to(free, 0, min(SCALE, int(ceiling * SLACK_UP)))
        floor = _floor(arcs, bounds, free)
        bounds.raise_to(free, int(floor * SLACK_DOWN), min(SCALE, int(ceiling * SLACK_UP)))
    aim = even_out(arcs, bounds.lowers, bounds.uppers)
    f = [int(value) for value in _quantise(arcs, bounds, aim)]
    maxima = {person.id: min(person.maximum, load) for person in network.inspectors}
    kept = Network(
        network.visits, network.inspectors, tuple(e for e, value in zip(network.edges, f, strict=True) if value)
    )
    check_probabilities(kept, [value for value in f if value])
    return Prepared(f, maxima, load, ceiling, floor, warnings_of(network, f, names or {}))


def _smallest_load(arcs: Arcs, bounds: Bounds) -> tuple[int, Flow]:
    """Return the smallest uniform limit on loads that stays feasible, leave `bounds` with it, and an assignment that keeps it."""
    into_sink = np.asarray(arcs.heads) == arcs.sink
    people = max(1, int(into_sink.sum()))
    low = max(int(bounds.lowers[into_sink].max(initial=0)), -(-sum(arcs.supplies) // people))
    high = max(low, int(bounds.uppers[into_sink].max(initial=0)))
    middle = low  # the average load is tried first: roomy networks reach it
    while low < high:
        if feasible_flow(arcs, *_pair(bounds.limit_loads(middle)), 1).missing:
            low = middle + 1
        else:
            high = middle
        middle = (low + high) // 2
    limited = bounds.limit_loads(low)
    bounds.uppers = limited.uppers
    return low, feasible_flow(arcs, *_pair(limited), 1)


def _pair(bounds: Bounds) -> tuple[Numbers, Numbers]:
    return bounds.lowers, bounds.uppers


def _ceiling(arcs: Arcs, bounds: Bounds, free: Numbers) -> int:
    """Return the smallest c (units of 2^-20) such that no free pair needs a probability above it."""
    if not free.any():
        return SCALE
    return _search(arcs, bounds, free, _least_possible(arcs, free), SCALE, lambda c: (0, c), smallest=True)


def _floor(arcs: Arcs, bounds: Bounds, free: Numbers) -> int:
    """Return the largest t such that every free pair can have at least t."""
    top = int(bounds.uppers[np.asarray(arcs.edge_at)[free]].max())
    return _search(
        arcs, bounds, free, 0, min(top, _most_possible(arcs, free, bounds)), lambda t: (t, top), smallest=False
    )


def _search(arcs: Arcs, bounds: Bounds, free: Numbers, low: int, high: int, to_bounds, smallest: bool) -> int:  # type: ignore[no-untyped-def]
    """Bisect on max-flow; the easy end is tried first, since roomy networks reach it."""

    def fits(value: int) -> bool:
        bounds.raise_to(free, *to_bounds(value))
        return feasible_flow(arcs, bounds.lowers, bounds.uppers, SCALE).missing == 0

    best = low if smallest else high
    if fits(best):
        return best
    while low < high:
        middle = (low + high) // 2 if smallest else (low + high + 1) // 2
        if fits(middle):
            low, high = (low, middle) if smallest else (middle, high)
        else:
            low, high = (middle + 1, high) if smallest else (low, middle - 1)
    return low


def _least_possible(arcs: Arcs, free: Numbers) -> int:
    """Return a lower bound of the ceiling: the seats of a visit over its edges."""
    visit_of = _visit_of_edges(arcs)
    degree = np.bincount(visit_of, minlength=len(arcs.supplies))
    seats = np.asarray(arcs.supplies)
    return (
        min(SCALE, int(max(-(-int(k) * SCALE // int(d)) for k, d in zip(seats, degree, strict=True) if d)))
        if not (~free).any()
        else 1
    )


def _most_possible(arcs: Arcs, free: Numbers, bounds: Bounds) -> int:
    """Return an upper bound of the floor: the seats of a visit over its edges, the smallest such."""
    visit_of = _visit_of_edges(arcs)
    degree = np.bincount(visit_of[free], minlength=len(arcs.supplies))
    return int(min(int(k) * SCALE // int(d) for k, d in zip(arcs.supplies, degree, strict=True) if d))


def _visit_of_edges(arcs: Arcs) -> Numbers:
    """Return the visit's number for every edge: groups point to their visit through the arcs above them."""
    above = np.arange(arcs.nodes)
    for at in arcs.group_at:
        above[arcs.heads[at]] = above[arcs.tails[at]]
    return np.asarray(above[np.asarray(arcs.tails)[arcs.edge_at]], dtype=np.int64)


def _quantise(arcs: Arcs, bounds: Bounds, aim: Numbers) -> Numbers:
    """Return whole numbers near `aim` that keep every bound exactly: a flow inside windows that open until one exists.

    The first window is the floor and ceiling of each aim: it suffices when the aim keeps the bounds itself.
    """
    window = 0
    edges = np.asarray(arcs.edge_at)
    low, high = bounds.lowers[edges].copy(), bounds.uppers[edges].copy()
    while True:
        down, up = np.floor(aim + NEARLY).astype(np.int64), np.ceil(aim - NEARLY).astype(np.int64)
        bounds.set_edges(np.clip(down - window, low, high), np.clip(up + window, low, high))
        flow = feasible_flow(arcs, bounds.lowers, bounds.uppers, SCALE)
        if not flow.missing:
            return np.asarray(flow.values[edges])
        if window > SCALE:
            raise ArithmeticError("no flow within the bounds that a flow proved feasible")
        window = 4 * window or 1


def warnings_of(network: Network, f: Sequence[int], names: Mapping[str, str]) -> list[str]:
    """Return Chinese warnings: visits with fewer than three effective choices (k²/Σp²), and pairs that are certain."""
    squares: dict[str, int] = {}
    for edge, value in zip(network.edges, f, strict=True):
        squares[edge.visit] = squares.get(edge.visit, 0) + value * value
    out = []
    for visit in network.visits:
        pool = Fraction(visit.size**2 * SCALE**2, squares[visit.id])
        if pool < FEW_CHOICES:
            out.append(
                f"{names.get(visit.id, visit.id)}：有效人选只有 {float(pool):.1f} 人，随机性很小，请增加可用人员。"
            )
    certain = [edge for edge, value in zip(network.edges, f, strict=True) if value == SCALE]
    return out + [
        f"{names.get(e.inspector, e.inspector)} 必定参加 {names.get(e.visit, e.visit)}（别无人选）。" for e in certain
    ]
