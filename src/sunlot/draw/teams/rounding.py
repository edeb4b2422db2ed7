"""From probabilities to one assignment: integer flow rounding (Gandhi et al. 2006; docs/draw-format.md section 5.2).

Every step keeps each expectation and brings at least one arc to a whole number, so P(inspector on visit) is f / 2^20 exactly.
"""

from array import array
from collections.abc import Sequence

from sunlot.draw.generator import Generator
from sunlot.draw.teams.arcs import Arcs, arcs_of, flows_of
from sunlot.draw.teams.network import SCALE, Network
from sunlot.draw.tickets import native_engine

WORTH_A_KERNEL = 20_000


def round_teams(network: Network, f: Sequence[int], seed: str) -> dict[str, list[str]]:
    """Return the members of every visit, bytewise."""
    arcs = arcs_of(network)
    flows = round_arcs(seed, arcs, flows_of(arcs, list(f)))
    members: dict[str, list[str]] = {visit.id: [] for visit in network.visits}
    for edge, at in zip(network.edges, arcs.edge_at, strict=True):
        if flows[at]:
            members[edge.visit].append(edge.inspector)
    return members


def round_arcs(seed: str, arcs: Arcs, flows: list[int]) -> list[int]:
    """Return flows that are all multiples of 2^20; the kernel does the same work when there is much of it."""
    if len(flows) >= WORTH_A_KERNEL and (native := native_engine()):
        tails, heads = array("i", arcs.tails), array("i", arcs.heads)
        return list(native.round_arcs(seed, tails, heads, array("q", flows), arcs.nodes))
    return _Rounding(seed, arcs, flows).run()


class _Rounding:
    def __init__(self, seed: str, arcs: Arcs, flows: list[int]) -> None:
        self.tails, self.heads, self.flows = arcs.tails, arcs.heads, list(flows)
        self.words = Generator(seed, "team")
        self.order = self._shuffled()
        self.incident: list[list[int]] = [[] for _ in range(arcs.nodes)]
        for at in self.order:
            self.incident[self.tails[at]].append(at)
            self.incident[self.heads[at]].append(at)
        self.first = [0] * arcs.nodes  # every arc before this place in a node's list is closed for good

    def _shuffled(self) -> list[int]:
        order = [at for at, flow in enumerate(self.flows) if flow % SCALE]
        for j in range(len(order) - 1, 0, -1):
            k = self.words.below(j + 1)
            order[j], order[k] = order[k], order[j]
        return order

    def run(self) -> list[int]:
        for start in self.order:
            while self.flows[start] % SCALE:
                self._walk(start)
        return self.flows

    def _walk(self, start: int) -> None:
        """Walk from `start` along open arcs; whenever the walk meets itself, shift the cycle and drop it."""
        nodes, path = [self.tails[start]], [start]
        place = {nodes[0]: 0}
        while path:
            at = path[-1]
            node = self.heads[at] if self.tails[at] == nodes[-1] else self.tails[at]
            if node in place:
                cut = place[node]
                self._shift(path[cut:], nodes[cut:])
                for gone in nodes[cut + 1 :]:
                    del place[gone]
                del path[cut:], nodes[cut + 1 :]
                if not path:
                    return
            else:
                place[node] = len(nodes)
                nodes.append(node)
            path.append(self._next(nodes[-1], path[-1]))

    def _next(self, node: int, last: int) -> int:
        incident, flows = self.incident[node], self.flows
        place = self.first[node]
        while flows[incident[place]] % SCALE == 0:
            place += 1
        self.first[node] = place
        while incident[place] == last or flows[incident[place]] % SCALE == 0:
            place += 1
        return incident[place]

    def _shift(self, cycle: list[int], from_nodes: list[int]) -> None:
        """Move the cycle's flow up or down to the first whole number on it; the two chances keep the expectation."""
        along = [self.tails[at] == node for at, node in zip(cycle, from_nodes, strict=True)]
        above = [SCALE - self.flows[at] % SCALE for at in cycle]
        up = min(a if forward else SCALE - a for a, forward in zip(above, along, strict=True))
        down = min(SCALE - a if forward else a for a, forward in zip(above, along, strict=True))
        change = up if self.words.below(up + down) < down else -down
        for at, forward in zip(cycle, along, strict=True):
            self.flows[at] += change if forward else -change
