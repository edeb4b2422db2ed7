"""What a plan is measured by: the share drawn by lot, the coverage of key firms, the rounds of a year. The floors come from the policy pack."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from sunlot.policy.arithmetic.numbers import days_text, percent
from sunlot.policy.arithmetic.visits import VisitGroup, person_days


@dataclass(frozen=True)
class Meter:
    """A part of a whole against a floor. `unit`: 户, 户次, 天 or 轮."""

    name: str
    part: Fraction
    whole: Fraction
    floor: Fraction
    unit: str

    @property
    def share(self) -> Fraction | None:
        """Return part over whole, None when there is nothing to measure."""
        return self.part / self.whole if self.whole else None

    @property
    def met(self) -> bool:
        """Return whether the floor is reached; where there is nothing to measure, nothing is missing."""
        return self.part >= self.floor * self.whole

    @property
    def missing(self) -> int:
        """Return how many more of the whole must become part of it to reach the floor."""
        return max(0, ceil(self.floor * self.whole - self.part))

    @property
    def missing_if_added(self) -> int | None:
        """Return how many to add, to part and whole alike, to reach the floor; None when no number would do."""
        if self.met:
            return 0
        if self.floor >= 1:
            return None
        return ceil((self.floor * self.whole - self.part) / (1 - self.floor))

    @property
    def sentence(self) -> str:
        """Return the reading in Chinese."""
        if self.share is None:
            return f"{self.name}：计划中没有可计算的{self.unit}数。"
        reading = f"{self.name}：{days_text(self.part)}{self.unit} ÷ {days_text(self.whole)}{self.unit} = {percent(self.share)}"
        if self.met:
            return f"{reading}，达到 {percent(self.floor, 0)}。"
        return f"{reading}，低于 {percent(self.floor, 0)}，还差 {self.missing} {self.unit}。"


def random_share(groups: Sequence[VisitGroup], floor: Fraction) -> tuple[Meter, Meter, Meter]:
    """Return the share drawn by lot (双随机比例) of the planned firms, visits and person-days, in this order."""
    drawn = [group for group in groups if group.random]
    return (
        Meter("双随机比例（按户数）", _firms(drawn), _firms(groups), floor, "户"),
        Meter("双随机比例（按户次）", _visits(drawn), _visits(groups), floor, "户次"),
        Meter("双随机比例（按工作日）", person_days(drawn), person_days(groups), floor, "天"),
    )


def key_coverage(groups: Sequence[VisitGroup], floor: Fraction) -> Meter:
    """Return how many of the key firms (重点单位) have a visit in the plan."""
    key = [group for group in groups if group.key]
    population = Fraction(sum(group.population for group in key))
    return Meter("重点单位覆盖率", _firms(key), population, floor, "户")


def rounds_meter(rounds: int, a_year: int) -> Meter:
    """Return the rounds of random checks (随机抽查轮次), planned or held, against those a year must have."""
    return Meter("随机抽查轮次", Fraction(rounds), Fraction(a_year), Fraction(1), "轮")


def _firms(groups: Sequence[VisitGroup]) -> Fraction:
    return Fraction(sum(group.firms for group in groups))


def _visits(groups: Sequence[VisitGroup]) -> Fraction:
    return Fraction(sum(group.visits for group in groups))
