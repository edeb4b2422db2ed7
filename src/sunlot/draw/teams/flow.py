"""Feasible integer flows with lower bounds: OR-Tools where it is installed, a pure Dinic else. Used before the seed only.

Which of several feasible flows comes out is not specified and nothing relies on it.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sunlot.draw.teams.arcs import Arcs

Numbers = NDArray[Any]  # whole numbers


@dataclass(frozen=True)
class Flow:
    """A flow's value on every arc, and how much of the demand could not be carried (0: feasible)."""

    values: Numbers
    missing: int


def feasible_flow(arcs: Arcs, lowers: Numbers, uppers: Numbers, unit: int, pure: bool = False) -> Flow:
    """Return a flow in which every visit sends `size · unit` to the sink within the bounds, or the largest one there is.

    Lower bounds become demands of a super source and sink (Ford and Fulkerson 1962, I.8).
    """
    excess = np.zeros(arcs.nodes, dtype=np.int64)
    supplies = np.asarray(arcs.supplies, dtype=np.int64) * unit
    excess[: len(supplies)] += supplies
    excess[arcs.sink] -= supplies.sum()
    np.add.at(excess, np.asarray(arcs.heads), lowers)
    np.subtract.at(excess, np.asarray(arcs.tails), lowers)
    source, sink = arcs.nodes, arcs.nodes + 1
    giving, taking = np.flatnonzero(excess > 0), np.flatnonzero(excess < 0)
    tails = np.concatenate([np.asarray(arcs.tails), np.full(len(giving), source), taking]).astype(np.int32)
    heads = np.concatenate([np.asarray(arcs.heads), giving, np.full(len(taking), sink)]).astype(np.int32)
    room = np.concatenate([uppers - lowers, excess[giving], -excess[taking]])
    if (room < 0).any():
        return Flow(lowers, int(excess[giving].sum()) or 1)
    solve = _dinic if pure else _solver()
    values = solve(tails, heads, room, source, sink, arcs.nodes + 2)
    carried = int(values[len(arcs.tails) : len(arcs.tails) + len(giving)].sum())
    return Flow(values[: len(arcs.tails)] + lowers, int(excess[giving].sum()) - carried)


def _solver() -> Callable[[Numbers, Numbers, Numbers, int, int, int], Numbers]:
    try:
        import ortools.graph.python.max_flow  # noqa: F401
    except ImportError:
        return _dinic
    return _ortools


def _ortools(tails: Numbers, heads: Numbers, room: Numbers, source: int, sink: int, nodes: int) -> Numbers:
    from ortools.graph.python import max_flow

    solver = max_flow.SimpleMaxFlow()
    arcs = solver.add_arcs_with_capacity(tails, heads, room)
    if solver.solve(source, sink) != solver.OPTIMAL:
        raise ArithmeticError("max-flow solver failed")
    return np.asarray(solver.flows(arcs), dtype=np.int64)


def _dinic(tails: Numbers, heads: Numbers, room: Numbers, source: int, sink: int, nodes: int) -> Numbers:
    """Dinic 1970: blocking flows along shortest paths; arc 2a is a, arc 2a+1 its reverse."""
    to: list[int] = []
    left: list[int] = []
    out: list[list[int]] = [[] for _ in range(nodes)]
    for tail, head, space in zip(tails, heads, room, strict=True):
        out[int(tail)].append(len(to))
        out[int(head)].append(len(to) + 1)
        to += [int(head), int(tail)]
        left += [int(space), 0]
    while (level := _levels(to, left, out, source, sink)) is not None:
        place = [0] * nodes
        while _augment(to, left, out, level, place, source, sink):
            pass
    return np.asarray([left[2 * at + 1] for at in range(len(tails))], dtype=np.int64)


def _levels(to: list[int], left: list[int], out: list[list[int]], source: int, sink: int) -> list[int] | None:
    level = [-1] * len(out)
    level[source] = 0
    queue = deque([source])
    while queue:
        node = queue.popleft()
        for at in out[node]:
            if left[at] and level[to[at]] < 0:
                level[to[at]] = level[node] + 1
                queue.append(to[at])
    return level if level[sink] >= 0 else None


def _augment(
    to: list[int], left: list[int], out: list[list[int]], level: list[int], place: list[int], source: int, sink: int
) -> bool:
    """Push along one shortest path; return False when none is left at these levels."""
    path: list[int] = []
    node = source
    while node != sink:
        while place[node] < len(out[node]):
            at = out[node][place[node]]
            if left[at] and level[to[at]] == level[node] + 1:
                break
            place[node] += 1
        else:
            if not path:
                return False
            node = to[path.pop() ^ 1]
            place[node] += 1
            continue
        path.append(at)
        node = to[at]
    amount = min(left[at] for at in path)
    for at in path:
        left[at] -= amount
        left[at ^ 1] += amount
    return True
