"""A group of visits in a plan (一类检查): who is visited, how often, how long and by how many."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from sunlot.policy.arithmetic.numbers import PlanError, natural


@dataclass(frozen=True)
class VisitGroup:
    """Visits planned alike.

    `population`: firms of the kind on the roster; `firms`: how many of them are to be visited; `visits`: all visits to them in the year;
    `days`: days of one visit, for each of its `officers`; `key`: every firm must be visited; `random`: the firms are drawn by lot.
    """

    name: str
    population: int
    firms: int
    visits: int
    days: Fraction = Fraction(1)
    officers: int = 2
    key: bool = False
    random: bool = False

    def __post_init__(self) -> None:
        for value, what in ((self.population, "名录户数"), (self.firms, "计划户数"), (self.visits, "计划户次")):
            natural(value, f"“{self.name}”的{what}")
        natural(self.officers, f"“{self.name}”每次检查的人数", 1)
        if self.days <= 0:
            raise PlanError("not_a_duration", f"“{self.name}”每次检查的天数应大于 0，现为 {self.days}。")
        if self.firms > self.population:
            raise PlanError(
                "more_than_there_are", f"“{self.name}”计划检查 {self.firms} 户，名录中只有 {self.population} 户。"
            )
        if self.visits < self.firms:
            raise PlanError(
                "fewer_visits_than_firms", f"“{self.name}”计划 {self.visits} 户次，少于计划户数 {self.firms} 户。"
            )

    @property
    def days_per_visit(self) -> Fraction:
        """Return the person-days of one visit."""
        return self.days * self.officers

    @property
    def person_days(self) -> Fraction:
        """Return the person-days of all its visits."""
        return self.visits * self.days_per_visit


def person_days(groups: Iterable[VisitGroup]) -> Fraction:
    """Return the person-days of all the groups."""
    return sum((group.person_days for group in groups), Fraction(0))
