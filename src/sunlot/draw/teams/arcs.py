"""The network as numbered arcs in canonical order, for flows before the seed and for the rounding after it."""

from dataclasses import dataclass, field

from sunlot.draw.teams.network import Network


@dataclass
class Arcs:
    """Parallel lists: tail and head node, lower and upper bound in visits; visits are the first nodes, with their sizes in `supplies`.

    `edge_at[e]` is the arc of the network's edge e, `group_at` the arcs into groups (parents first), `person_at` those out of buckets
    and inspectors (an inspector's buckets first).
    """

    supplies: list[int]
    tails: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    lowers: list[int] = field(default_factory=list)
    uppers: list[int] = field(default_factory=list)
    edge_at: list[int] = field(default_factory=list)
    group_at: list[int] = field(default_factory=list)
    person_at: list[int] = field(default_factory=list)
    sink: int = 0
    nodes: int = 0

    def add(self, tail: int, head: int, lower: int, upper: int) -> int:
        """Append an arc and return its number."""
        self.tails.append(tail)
        self.heads.append(head)
        self.lowers.append(lower)
        self.uppers.append(upper)
        return len(self.tails) - 1


def arcs_of(network: Network) -> Arcs:
    """Return the arcs in the order of docs/draw-format.md section 5.2."""
    number: dict[tuple[str, ...], int] = {}

    def node(*key: str) -> int:
        return number.setdefault(key, len(number))

    arcs = Arcs([visit.size for visit in network.visits])
    for visit in network.visits:
        node("v", visit.id)
    arcs.sink = node("sink")
    position = 0
    for visit in network.visits:
        for group in visit.groups:
            above = node("g", visit.id, group.parent) if group.parent else node("v", visit.id)
            arcs.group_at.append(arcs.add(above, node("g", visit.id, group.name), group.minimum, group.maximum))
        while position < len(network.edges) and network.edges[position].visit == visit.id:
            edge = network.edges[position]
            below = node("b", edge.inspector, edge.bucket) if edge.bucket else node("i", edge.inspector)
            arcs.edge_at.append(arcs.add(node("g", visit.id, edge.group), below, 0, 1))
            position += 1
    for person in network.inspectors:
        for bucket in person.buckets:
            arcs.person_at.append(arcs.add(node("b", person.id, bucket.name), node("i", person.id), 0, bucket.maximum))
        arcs.person_at.append(arcs.add(node("i", person.id), arcs.sink, person.minimum, person.maximum))
    arcs.nodes = len(number)
    return arcs


def flows_of(arcs: Arcs, f: list[int]) -> list[int]:
    """Return the flow on every arc that the edges' values determine, same unit as f."""
    flows = [0] * len(arcs.tails)
    through = [0] * arcs.nodes
    for at, value in zip(arcs.edge_at, f, strict=True):
        flows[at] = value
        through[arcs.tails[at]] += value
        through[arcs.heads[at]] += value
    for at in reversed(arcs.group_at):
        flows[at] = through[arcs.heads[at]]
        through[arcs.tails[at]] += flows[at]
    for at in arcs.person_at:
        flows[at] = through[arcs.tails[at]]
        through[arcs.heads[at]] += flows[at]
    return flows
