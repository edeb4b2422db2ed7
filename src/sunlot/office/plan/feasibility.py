"""What if: a plan with other people, days, teams or shares, and which of its rounds then no longer fit.

Key rounds come first, then the others in the order of their windows; a round fits while the days are not used up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from sunlot.office.plan.models import Plan, PlannedRound
from sunlot.policy.arithmetic.capacity import Capacity, capacity
from sunlot.policy.arithmetic.visits import VisitGroup


@dataclass(frozen=True)
class Change:
    """The plan as it might be. `elsewhere`: days of other duties; `pair`: persons at each visit, None as planned; `scale` of firms in percent; `firms` of single rounds."""

    officers: int
    days_each: int
    elsewhere: int
    reserve: int
    pair: int | None = None
    scale: int = 100
    firms: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Placed:
    """A round in the queue for days: what it needs, what is left after it, whether it fits."""

    round: PlannedRound
    group: VisitGroup
    left: Fraction

    @property
    def fits(self) -> bool:
        """Whether the days last for this round and all before it."""
        return self.left >= 0


@dataclass(frozen=True)
class Outlook:
    """The days for inspection, whether they suffice, and the rounds in the order in which they get days."""

    inspection: int
    capacity: Capacity
    placed: tuple[Placed, ...]

    @property
    def too_many(self) -> list[PlannedRound]:
        """The rounds that no longer fit."""
        return [each.round for each in self.placed if not each.fits]


def as_planned(plan: Plan) -> Change:
    """Return the plan as it stands."""
    elsewhere = sum(dict(plan.other).values()) + sum(dict(plan.non_enforcement).values())
    return Change(plan.officers, plan.days_each, elsewhere, plan.reserve)


def outlook(rounds: Sequence[PlannedRound], change: Change) -> Outlook:
    """Return what would become of the rounds. Raises PlanError for what cannot be."""
    inspection = change.officers * change.days_each - change.elsewhere
    groups = [(each, _changed(each, change)) for each in rounds]
    result = capacity(max(0, inspection), [group for _, group in groups], Fraction(change.reserve, 100))
    left, placed = result.available, []
    for each, group in sorted(groups, key=lambda pair: (not pair[1].key, pair[0].first_day, pair[0].number)):
        left -= group.person_days
        placed.append(Placed(each, group, left))
    return Outlook(inspection, result, tuple(placed))


def _changed(each: PlannedRound, change: Change) -> VisitGroup:
    group = replace(each.group, officers=change.pair or each.officers)
    if group.key:
        return group
    firms = change.firms.get(each.pk, min(group.population, -(-group.firms * change.scale // 100)))
    return replace(group, firms=firms, visits=firms * each.visits_each)
