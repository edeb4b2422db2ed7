"""Why no teams can be formed: who lacks whom, in Chinese sentences, and what would cure it (draw.md section 6; Hall's theorem)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sunlot.draw.errors import DrawError
from sunlot.draw.teams.arcs import arcs_of
from sunlot.draw.teams.network import Edge, Group, Network

REASONS = {"recusal": "回避", "territory": "居住地同镇街", "repeat": "上一轮检查过", "leave": "请假"}
NAMES = {"specialist": "专业人员", "other": "其他人员", "certified": "持证执法人员"}
SHOWN = 8


@dataclass(frozen=True)
class Absent:
    """A pair that may not be drawn, and why: recusal, territory, repeat, leave."""

    visit: str
    inspector: str
    reason: str


class TeamsInfeasible(DrawError):
    """No assignment keeps all rules. `visits` and `inspectors` are an irreducible Hall set; `shortage` counts missing seats."""

    def __init__(
        self, sentence: str, visits: list[str], inspectors: list[str], shortage: int, cures: list[str]
    ) -> None:
        super().__init__("teams_infeasible", sentence)
        self.visits, self.inspectors, self.shortage, self.cures = visits, inspectors, shortage, cures


def missing_seats(network: Network) -> int:
    """Return how many seats cannot be filled, 0 when an assignment exists."""
    import numpy as np

    from sunlot.draw.teams.flow import feasible_flow

    arcs = arcs_of(network)
    return feasible_flow(
        arcs, np.asarray(arcs.lowers, dtype=np.int64), np.asarray(arcs.uppers, dtype=np.int64), 1
    ).missing


def explain_shortage(network: Network, absent: Sequence[Absent], names: Mapping[str, str]) -> TeamsInfeasible:
    """Return the refusal. Legal minimums (two certified inspectors, recusal, certificates) are never offered for relaxation."""
    hall = _irreducible(network)
    needed, people = _seats_and_people(hall)
    limits = {person.id: person.maximum for person in network.inspectors}
    offered = _capacity(hall, people, limits)
    cures = _cures(network, absent, people, names)
    short = max(1, sum(needed.values()) - offered) if people else sum(needed.values())
    sentence = (
        _sentence(hall, needed, people, offered, short, limits, names, absent) + "可选：" + "；".join(cures) + "。"
    )
    return TeamsInfeasible(sentence, [visit.id for visit in hall.visits], people, short, cures)


def _irreducible(network: Network) -> Network:
    """Return a part of the visits that cannot be staffed, none of which can be left out: halves first, then one by one."""
    kept = list(network.visits)
    size = max(1, len(kept) // 2)
    while size:
        start = 0
        while start < len(kept):
            fewer = kept[:start] + kept[start + size :]
            if fewer and missing_seats(_only(network, {visit.id for visit in fewer})):
                kept = fewer
            else:
                start += size
        size //= 2
    return _only(network, {visit.id for visit in kept})


def _only(network: Network, visits: set[str]) -> Network:
    """Return the network of some visits; an inspector's own minimum is no reason for their shortage."""
    people = tuple(replace(person, minimum=0) for person in network.inspectors)
    return Network(
        tuple(visit for visit in network.visits if visit.id in visits),
        people,
        tuple(e for e in network.edges if e.visit in visits),
    )


def _seats_and_people(hall: Network) -> tuple[dict[str, int], list[str]]:
    """Return the seats that lack people, by visit, and who could sit there: only one kind of seat where that kind alone falls short."""
    for kind in sorted({group.name for visit in hall.visits for group in visit.groups}):
        visits = tuple(
            replace(visit, size=group.minimum, groups=(replace(group, maximum=group.minimum, parent=""),))
            for visit in hall.visits
            for group in visit.groups
            if group.name == kind and group.minimum
        )
        edges = tuple(edge for edge in hall.edges if edge.group == kind)
        if len(visits) == len(hall.visits) and missing_seats(Network(visits, hall.inspectors, edges)):
            return {visit.id: visit.size for visit in visits}, sorted({edge.inspector for edge in edges})
    return {visit.id: visit.size for visit in hall.visits}, sorted({edge.inspector for edge in hall.edges})


def _capacity(hall: Network, people: list[str], limits: Mapping[str, int]) -> int:
    """Return how many seats these people could fill at most: nobody twice on one visit."""
    reach = {person: len({edge.visit for edge in hall.edges if edge.inspector == person}) for person in people}
    return sum(min(limits[person], reach[person]) for person in people)


def _sentence(
    hall: Network,
    needed: Mapping[str, int],
    people: list[str],
    offered: int,
    short: int,
    limits: Mapping[str, int],
    names: Mapping[str, str],
    absent: Sequence[Absent],
) -> str:
    visits = _list([names.get(visit, visit) for visit in needed])
    kinds = {group.name for visit in hall.visits for group in visit.groups if group.minimum}
    kind = NAMES.get(next(iter(kinds)), "执法人员") if len(kinds) == 1 else "执法人员"
    who = _list([f"{names.get(person, person)}（限 {limits[person]} 次）" for person in people]) or "没有人"
    text = (
        f"无法组成检查组：{len(needed)} 户（{visits}）共需 {sum(needed.values())} 个{kind}席位，"
        f"可用者 {who}，最多 {offered} 席，缺 {short} 席。"
    )
    if len(hall.visits) == 1:
        gaps = [gap for gap in absent if gap.visit == hall.visits[0].id]
        text += "".join(
            f"{names.get(gap.inspector, gap.inspector)} 不能去：{REASONS.get(gap.reason, gap.reason)}。"
            for gap in gaps[:SHOWN]
        )
    return text


def _list(words: Sequence[str]) -> str:
    return "、".join(words[:SHOWN]) + (f"等 {len(words)} 个" if len(words) > SHOWN else "")


def _cures(network: Network, absent: Sequence[Absent], people: list[str], names: Mapping[str, str]) -> list[str]:
    """Return what would make the whole network feasible, each tried by itself, the mildest first."""
    cures = []
    raised = {person: _with_capacity(network, {person}) for person in people[:SHOWN]}
    single = [names.get(person, person) for person, relaxed in raised.items() if not missing_seats(relaxed)]
    if single:
        cures.append(f"把 {'或 '.join(single)} 的次数上限增加 1 次")
    elif people and not missing_seats(_with_capacity(network, set(people), 10**6)):
        cures.append("提高上述人员的次数上限")
    for reason, text in (("territory", "放宽同镇街回避（异地检查规则）"), ("repeat", "允许上一轮检查过的人员再去")):
        back = [gap for gap in absent if gap.reason == reason]
        if back and not missing_seats(_with_edges(network, back)):
            cures.append(text)
    if not missing_seats(_any_seat(network)):
        cures.append("不要求专业人员（须由政策允许），或为相关人员登记专业特长")
    return [*cures, "向邻近县区借调持证人员", "分两轮检查"]


def _with_capacity(network: Network, people: set[str], more: int = 1) -> Network:
    raised = tuple(
        replace(person, maximum=person.maximum + more) if person.id in people else person
        for person in network.inspectors
    )
    return Network(network.visits, raised, network.edges)


def _with_edges(network: Network, back: Sequence[Absent]) -> Network:
    leaf = {visit.id: visit.groups[-1].name for visit in network.visits}
    more = [Edge(gap.visit, gap.inspector, leaf[gap.visit]) for gap in back if gap.visit in leaf]
    return Network.of(network.visits, network.inspectors, [*network.edges, *more])


def _any_seat(network: Network) -> Network:
    visits = tuple(replace(visit, groups=(Group("certified", visit.size, visit.size),)) for visit in network.visits)
    return Network(visits, network.inspectors, tuple(replace(edge, group="certified") for edge in network.edges))
