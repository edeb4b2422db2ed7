"""From the drawn firms and the committed inspectors to the network of who may visit whom (docs/draw-format.md section 5.1)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sunlot.draw.tables import Row
from sunlot.draw.teams.network import Edge, Group, Network, Person, Visit
from sunlot.draw.teams.shortage import Absent

ANY, SPECIALIST, OTHER = "certified", "specialist", "other"


def build_network(
    visits: Sequence[Row],
    staff: Iterable[Row],
    private: Mapping[str, Mapping[str, Any]],
    rules: Mapping[str, Any],
    window: tuple[str, str],
    last_round: frozenset[tuple[str, str]] = frozenset(),
) -> tuple[Network, list[Absent]]:
    """Return the network and every absent edge with its reason: `recusal`, `territory`, `repeat`.

    `visits` are rows of the firms' frame, `staff` of the inspectors' frame; `last_round` holds (firm, inspector) pairs of the round before.
    """
    people = [person for person in staff if person["drawable"] == "yes"]
    edges: list[Edge] = []
    absent: list[Absent] = []
    for firm in visits:
        for person in people:
            reason = _why_absent(firm, person, private.get(person["id"], {}), rules, last_round)
            if reason:
                absent.append(Absent(firm["id"], person["id"], reason))
            else:
                edges.append(Edge(firm["id"], person["id"], seat_of(firm, person, rules)))
    network = Network(
        visits=tuple(_visit(firm, rules) for firm in visits),
        inspectors=tuple(_person(person, private.get(person["id"], {}), rules, window) for person in people),
        edges=tuple(edges),
    )
    return network, absent


def _why_absent(
    firm: Row, person: Row, private: Mapping[str, Any], rules: Mapping[str, Any], last_round: frozenset[tuple[str, str]]
) -> str:
    if firm["id"] in private.get("recusals", ()):
        return "recusal"
    if rules.get("avoid_home_territory") and private.get("home") and private["home"] == firm["territory"]:
        return "territory"
    if (firm["id"], person["id"]) in last_round:
        return "repeat"
    return ""


def specialist_in(person: Row, hazard_class: str) -> bool:
    """Return whether the hazard class is among a person's specialities (joined by ；、 or ,)."""
    parts = person["specialities"].replace("、", "；").replace(",", "；").replace(";", "；").split("；")
    return hazard_class in [part.strip() for part in parts]


def seat_of(firm: Row, person: Row, rules: Mapping[str, Any]) -> str:
    """Return the name of the group in which the person could sit on a visit to the firm."""
    if firm["hazard_class"] not in rules["special"]:
        return ANY
    return SPECIALIST if specialist_in(person, firm["hazard_class"]) else OTHER


def groups_of(firm: Row, rules: Mapping[str, Any]) -> tuple[Group, ...]:
    """Return the seats of one visit: any certified inspectors, or at least one specialist where the class asks for it."""
    size = rules["size"]
    if firm["hazard_class"] in rules["special"]:
        return (Group(SPECIALIST, 1, size), Group(OTHER, 0, size - 1))
    return (Group(ANY, size, size),)


def _visit(firm: Row, rules: Mapping[str, Any]) -> Visit:
    return Visit(firm["id"], rules["size"], groups_of(firm, rules))


def _person(person: Row, private: Mapping[str, Any], rules: Mapping[str, Any], window: tuple[str, str]) -> Person:
    """A leave that takes part of the window lowers the capacity in proportion, rounded down."""
    days = _days(*window)
    away = sum(_days(max(start, window[0]), min(end, window[1])) for start, end in private.get("leaves", ()))
    return Person(person["id"], maximum=rules["capacity"] * max(0, days - away) // days)


def _days(first: str, last: str) -> int:
    return max(0, (date.fromisoformat(last) - date.fromisoformat(first)).days + 1)
