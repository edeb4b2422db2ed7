"""Who may visit whom: visits with their seats, inspectors with their limits, and the edges between (docs/draw-format.md section 5.1)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sunlot.draw.errors import DrawError

SCALE = 1 << 20
EDGE_COLUMNS = ("visit", "inspector", "group", "bucket", "f")


@dataclass(frozen=True)
class Group:
    """Seats of one kind on a visit, from `minimum` to `maximum`; `parent` names the group around it, empty for none."""

    name: str
    minimum: int
    maximum: int
    parent: str = ""


@dataclass(frozen=True)
class Visit:
    """One visit of `size` inspectors."""

    id: str
    size: int
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Bucket:
    """A part of an inspector's work (a week, a class of visit) with its own limit."""

    name: str
    maximum: int


@dataclass(frozen=True)
class Person:
    """An inspector; `lead`: may lead a team."""

    id: str
    maximum: int
    minimum: int = 0
    lead: bool = True
    buckets: tuple[Bucket, ...] = ()


@dataclass(frozen=True)
class Edge:
    """The inspector may be drawn for the visit, on a seat of that group."""

    visit: str
    inspector: str
    group: str
    bucket: str = ""


@dataclass(frozen=True)
class Network:
    """Everything in canonical order: visits and inspectors by id, edges by visit then inspector, bytewise."""

    visits: tuple[Visit, ...]
    inspectors: tuple[Person, ...]
    edges: tuple[Edge, ...]

    @staticmethod
    def of(visits: Iterable[Visit], inspectors: Iterable[Person], edges: Iterable[Edge]) -> "Network":
        """Return the network in canonical order. Raises DrawError for an edge that names nobody, or twice the same pair."""
        network = Network(
            tuple(sorted(visits, key=lambda visit: visit.id.encode())),
            tuple(sorted(inspectors, key=lambda person: person.id.encode())),
            tuple(sorted(edges, key=lambda edge: (edge.visit.encode(), edge.inspector.encode()))),
        )
        network.check()
        return network

    def check(self) -> None:
        """Raise DrawError unless every edge names a leaf group of its visit and a bucket of its inspector, each pair once."""
        parents = {(visit.id, group.parent) for visit in self.visits for group in visit.groups}
        leaves = {(visit.id, group.name) for visit in self.visits for group in visit.groups} - parents
        buckets = {(person.id, name) for person in self.inspectors for name in ("", *(b.name for b in person.buckets))}
        pairs = {(edge.visit, edge.inspector) for edge in self.edges}
        sound = all(
            (edge.visit, edge.group) in leaves and (edge.inspector, edge.bucket) in buckets for edge in self.edges
        )
        if not sound or len(pairs) != len(self.edges) or not self.visits:
            raise DrawError(
                "network_malformed",
                "检查组网络不完整：没有检查任务，或有机会指向不存在的席位、人员，或同一组合写了两次。",
            )


def from_notice(notice: Mapping[str, Any], edge_rows: Sequence[Mapping[str, str]]) -> tuple[Network, list[int]]:
    """Return the network and the probabilities f (units of 2^-20) parallel to its edges."""
    visits = tuple(
        Visit(
            visit["id"],
            visit["size"],
            tuple(Group(g["name"], g["min"], g["max"], g["parent"]) for g in visit["groups"]),
        )
        for visit in notice["visits"]
    )
    people = tuple(
        Person(
            person["id"],
            person["max"],
            person["min"],
            person["lead"],
            tuple(Bucket(b["name"], b["max"]) for b in person["buckets"]),
        )
        for person in notice["inspectors"]
    )
    edges = tuple(Edge(row["visit"], row["inspector"], row["group"], row["bucket"]) for row in edge_rows)
    network = Network(visits, people, edges)
    network.check()
    if Network.of(visits, people, edges) != network:
        raise DrawError("network_malformed", "检查组公告中的任务、人员或机会没有按编号排序。")
    try:
        return network, [int(row["f"]) for row in edge_rows]
    except ValueError:
        raise DrawError("network_malformed", "机会 f 应为整数。") from None


def to_notice(
    network: Network, f: Sequence[int], maxima: Mapping[str, int], pairs: Mapping[str, Any], reserve_depth: int
) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """Return the notice's fields and the rows of edges.csv. Edges of probability 0 are left out; `maxima` are the load limits used."""
    fields = {
        "scale": SCALE,
        "visits": [
            {
                "id": visit.id,
                "size": visit.size,
                "groups": [
                    {"name": g.name, "min": g.minimum, "max": g.maximum, "parent": g.parent} for g in visit.groups
                ],
            }
            for visit in network.visits
        ],
        "inspectors": [
            {
                "id": person.id,
                "min": person.minimum,
                "max": maxima[person.id],
                "lead": person.lead,
                "buckets": [{"name": bucket.name, "max": bucket.maximum} for bucket in person.buckets],
            }
            for person in network.inspectors
        ],
        "pairs": dict(pairs),
        "reserve_depth": reserve_depth,
    }
    rows = [
        {"visit": edge.visit, "inspector": edge.inspector, "group": edge.group, "bucket": edge.bucket, "f": str(value)}
        for edge, value in zip(network.edges, f, strict=True)
        if value
    ]
    return fields, rows


def check_probabilities(network: Network, f: Sequence[int]) -> None:
    """Raise DrawError unless the probabilities fill every visit exactly and keep every bound of groups, buckets and inspectors."""
    if any(not 1 <= value <= SCALE for value in f):
        raise DrawError("probabilities_differ", "有的机会不在 0 到 1 之间。")
    sums: dict[tuple[str, ...], int] = {}
    parent_of = {(visit.id, group.name): group.parent for visit in network.visits for group in visit.groups}
    for edge, value in zip(network.edges, f, strict=True):
        keys: list[tuple[str, ...]] = [("v", edge.visit), ("i", edge.inspector), ("b", edge.inspector, edge.bucket)]
        name = edge.group
        while name:
            keys.append(("g", edge.visit, name))
            name = parent_of[edge.visit, name]
        for key in keys:
            sums[key] = sums.get(key, 0) + value
    for key, low, high in _bounds(network):
        if not low * SCALE <= sums.get(key, 0) <= high * SCALE:
            raise DrawError(
                "probabilities_differ",
                f"{'/'.join(key[1:])} 的机会合计 {sums.get(key, 0)} 超出规定的 {low} 到 {high}。",
            )


def _bounds(network: Network) -> Iterable[tuple[tuple[str, ...], int, int]]:
    for visit in network.visits:
        yield ("v", visit.id), visit.size, visit.size
        for group in visit.groups:
            yield ("g", visit.id, group.name), group.minimum, group.maximum
    for person in network.inspectors:
        yield ("i", person.id), person.minimum, person.maximum
        for bucket in person.buckets:
            yield ("b", person.id, bucket.name), 0, bucket.maximum
