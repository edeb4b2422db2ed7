"""How often each firm has been visited this year by anybody, what the plan adds, and the cap it must stay under (频次上限)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext_noop as noop

from sunlot.office.plan.known import FirmFact, VisitCount
from sunlot.policy.in_force import Cap, Policy


@dataclass(frozen=True)
class Burden:
    """One firm: visits made that count, visits made that do not, visits the key list plans in the year, and its cap."""

    firm: FirmFact
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


ORDER = {"over": 0, "exceeds": 1, "full": 2, "free": 3}
STATES = {"over": noop("已超上限"), "exceeds": noop("计划超上限"), "full": noop("已到上限"), "free": noop("尚有余量")}


def burdens(
    visits: Sequence[VisitCount], planned: Mapping[str, int], firms: Mapping[str, FirmFact], policy: Policy
) -> list[Burden]:
    """Return the firms that were visited or are planned, those in trouble first. `planned`: key visits of the year by firm.

    Planned visits are not added to those made: the ledger already holds the planned ones that took place.
    """
    made: Counter[str] = Counter()
    uncounted: Counter[str] = Counter()
    counted = {kind: policy.counted(kind) for kind in {visit.kind for visit in visits}}
    for visit in visits:
        (made if counted[visit.kind] else uncounted)[visit.firm] += visit.visits
    cap = cache(policy.cap_rule)
    found = [
        Burden(firm, made[name], uncounted[name], planned.get(name, 0), cap(*firm.cap_facts))
        for name in sorted(made.keys() | uncounted.keys() | planned.keys())
        for firm in [firms.get(name, FirmFact(name, ""))]
    ]
    return sorted(found, key=lambda burden: (ORDER[burden.state], burden.left, burden.firm.id))
