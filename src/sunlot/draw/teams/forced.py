"""Which pairs have no choice: their flow is the same in every assignment."""

import numpy as np

from sunlot.draw.teams.arcs import Arcs
from sunlot.draw.teams.bounds import Bounds
from sunlot.draw.teams.flow import Flow, Numbers


def free_edges(arcs: Arcs, bounds: Bounds, whole: Flow) -> Numbers:
    """Return for every edge whether its flow can change: both ends lie in one strong component of the residual graph.

    `whole` is any assignment within `bounds` (units of one visit).
    """
    tails, heads = np.asarray(arcs.tails), np.asarray(arcs.heads)
    forward, backward = whole.values < bounds.uppers, whole.values > bounds.lowers
    component = _strong_components(
        arcs.nodes, np.concatenate([tails[forward], heads[backward]]), np.concatenate([heads[forward], tails[backward]])
    )
    at = np.asarray(arcs.edge_at)
    return np.asarray(component[tails[at]] == component[heads[at]])


def _strong_components(nodes: int, tails: Numbers, heads: Numbers) -> Numbers:
    """Return a component number for every node (Tarjan 1972, without recursion)."""
    order = np.argsort(tails, kind="stable")
    targets = heads[order].tolist()
    starts = np.searchsorted(tails[order], np.arange(nodes + 1)).tolist()
    index, low, component = [-1] * nodes, [0] * nodes, [-1] * nodes
    place = starts[:nodes]
    stack: list[int] = []
    counter = 0
    for first in range(nodes):
        if index[first] >= 0:
            continue
        path = [first]
        while path:
            node = path[-1]
            if index[node] < 0:
                index[node] = low[node] = counter
                counter += 1
                stack.append(node)
            advanced = False
            while place[node] < starts[node + 1]:
                target = targets[place[node]]
                place[node] += 1
                if index[target] < 0:
                    path.append(target)
                    advanced = True
                    break
                if component[target] < 0:
                    low[node] = min(low[node], index[target])
            if advanced:
                continue
            path.pop()
            if path:
                low[path[-1]] = min(low[path[-1]], low[node])
            if low[node] == index[node]:
                while True:
                    member = stack.pop()
                    component[member] = node
                    if member == node:
                        break
    return np.asarray(component, dtype=np.int64)
