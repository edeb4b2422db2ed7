"""A plan as a page, a document or a request reads it: its rows fetched once, and the reckoning of them."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count

from sunlot.office.plan import known
from sunlot.office.plan.known import FirmFact
from sunlot.office.plan.models import KeyListEntry, Plan, PlannedRound
from sunlot.office.plan.reckoning import Reckoning, reckon
from sunlot.office.plan.states import UNDECIDED, State
from sunlot.policy.in_force import Policy

OVER = (State.AMENDED, State.DROPPED)


@dataclass(frozen=True)
class Whole:
    """A plan with all that belongs to it on a day."""

    plan: Plan
    today: date

    @cached_property
    def rounds(self) -> list[PlannedRound]:
        """The rounds by number."""
        return list(self.plan.rounds.order_by("number"))

    @cached_property
    def key_list(self) -> list[KeyListEntry]:
        """The key firms by class and name."""
        return list(self.plan.key_list.order_by("key_class", "name", "pk"))

    @cached_property
    def placed(self) -> dict[int | None, int]:
        """How many key firms each round visits by the round's key, those in no round under None."""
        return dict(self.plan.key_list.values_list("round_id").annotate(n=Count("pk")).order_by("round_id"))

    @cached_property
    def left_out(self) -> list[FirmFact]:
        """The firms that the roster marks as key units (重点单位) and the plan's list has not; none for an edition that is over."""
        if self.plan.state in OVER:
            return []
        listed = {entry.firm for entry in self.key_list}
        return [firm for firm in known.key_firms() if firm.id not in listed]

    @cached_property
    def policy(self) -> Policy:
        """The policy of the plan's year as it was on the day of approval, today's while the plan is not approved."""
        return known.policy_for(self.plan.year, self.plan.approved_on or self.today)

    @cached_property
    def reckoning(self) -> Reckoning:
        """The plan measured. Raises PlanError."""
        return reckon(
            self.plan,
            self.rounds,
            self.placed,
            self.policy,
            known.plannable_items(self.plan.year, self.plan.approved_on or self.today),
            self.left_out if self.plan.state in UNDECIDED else (),
        )

    def key_counts(self) -> list[tuple[str, int]]:
        """Return how many key firms of each class there are, by its title."""
        titles = self.policy.labels("plan.key_classes")
        counts = self.plan.key_list.values_list("key_class").annotate(n=Count("pk")).order_by("key_class")
        return [(titles.get(code, code), n) for code, n in counts]
