"""How often each firm has been visited this year by anybody, what the plan adds, and the cap it must stay under (频次上限)."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from django.utils.translation import gettext_noop as noop

from sunlot.office.plan.known import FirmFact, VisitCount
from sunlot.policy.in_force import Cap, Policy


class Standing(NamedTuple):
    """Visits made that count, visits made that do not, visits the key list plans in the year, and the cap of such a firm; many firms share one."""

    made: int
    uncounted: int
    planned: int
    cap: Cap

    @property
    def left(self) -> int:
        """How many counted visits the year still allows, negative when there were too many."""
        return self.cap.visits - self.made

    @property
    def state(self) -> str:
        """`over`: more made than allowed; `exceeds`: the plan would; `full`: no visit left; else `free`."""
        if self.left < 0:
            return "over"
        if max(self.made, self.planned) > self.cap.visits:
            return "exceeds"
        return "full" if self.left == 0 else "free"


class Burden(NamedTuple):
    """One firm and how it stands. A flat tuple, for an office has tens of thousands."""

    pk: str
    name: str
    standing: Standing

    @property
    def state(self) -> str:
        """Where it stands, a key of STATES."""
        return self.standing.state


ORDER = {"over": 0, "exceeds": 1, "full": 2, "free": 3}
STATES = {"over": noop("已超上限"), "exceeds": noop("计划超上限"), "full": noop("已到上限"), "free": noop("尚有余量")}


def burdens(
    visits: Iterable[VisitCount], planned: Mapping[str, int], firms: Mapping[str, FirmFact], policy: Policy
) -> list[Burden]:
    """Return the firms that were visited or are planned, those in trouble first. `planned`: key visits of the year by firm.

    Planned visits are not added to those made: the ledger already holds the planned ones that took place. `firms`: those planned.
    """
    made: dict[str, int] = {}
    uncounted: dict[str, int] = {}
    known = {name: firms[name] for name in planned}
    tally = cache(lambda kind: made if policy.counted(kind) else uncounted)
    for firm, kind, number in visits:
        name = firm.id
        counts = tally(kind)
        counts[name] = counts.get(name, 0) + number
        if name not in known or firm.name:
            known[name] = firm
    ranks: defaultdict[tuple[int, int], list[Burden]] = defaultdict(list)

    @cache
    def place(facts: tuple[str, str, str], done: int, apart: int, expected: int) -> tuple[Standing, list[Burden]]:
        standing = Standing(done, apart, expected, policy.cap_rule(*facts))
        return standing, ranks[ORDER[standing.state], standing.left]

    for name in sorted(known):
        firm = known[name]
        standing, alike = place(firm[2:], made.get(name, 0), uncounted.get(name, 0), planned.get(name, 0))
        alike.append(Burden(name, firm.name, standing))
    return [burden for rank in sorted(ranks) for burden in ranks[rank]]


def by_state(found: Sequence[Burden]) -> dict[str, int]:
    """Return how many of the firms, in the order of `burdens`, are in each state: where one state ends is looked for, not counted."""
    ends = [bisect_right(found, rank, key=lambda burden: ORDER[burden.state]) for rank in range(len(ORDER))]
    return {state: ends[rank] - (ends[rank - 1] if rank else 0) for state, rank in ORDER.items()}
