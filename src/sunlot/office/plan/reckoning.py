"""A plan measured: its days derived, its visits against them, its meters against the floors of the policy, and what is wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sunlot.office.plan.items import unlisted
from sunlot.office.plan.known import FirmFact, ItemFact
from sunlot.office.plan.models import Kind, Plan, PlannedRound
from sunlot.policy.arithmetic.capacity import Capacity, capacity
from sunlot.policy.arithmetic.days import PlanDays, Workload, plan_days
from sunlot.policy.arithmetic.meters import Meter, key_coverage, random_share, rounds_meter
from sunlot.policy.arithmetic.visits import VisitGroup, person_days
from sunlot.policy.in_force import Policy
from sunlot.policy.rules import Rule

NAMED = 10  # firms a sentence names


@dataclass(frozen=True)
class RuledMeter:
    """A meter and the rule its floor comes from."""

    meter: Meter
    rule: Rule

    @property
    def marks(self) -> tuple[int, int, int]:
        """Return part, floor and whole in tenths of what is counted, for the <meter> of a page."""
        scale = 10
        return (
            int(self.meter.part * scale),
            int(self.meter.floor * self.meter.whole * scale),
            int(self.meter.whole * scale),
        )


@dataclass(frozen=True)
class Reckoning:
    """`obstacles` keep a plan from being submitted; `warnings` must be explained to whoever approves it."""

    days: PlanDays
    capacity: Capacity
    meters: tuple[RuledMeter, ...]
    obstacles: tuple[str, ...]
    warnings: tuple[str, ...]


def reckon(
    plan: Plan,
    rounds: Sequence[PlannedRound],
    placed: Mapping[int | None, int],
    policy: Policy,
    items: Mapping[str, ItemFact],
    left_out: Sequence[FirmFact] = (),
) -> Reckoning:
    """Return the plan measured. Raises PlanError.

    `placed`: how many key firms on the list each round visits, those in none under None. `left_out`: key units of the roster that are not on it.
    """
    groups = [round_.group for round_ in rounds]
    days = days_of(plan, rounds)
    fits = capacity(max(0, days.inspection), groups, Fraction(plan.reserve, 100))
    meters = meters_of(rounds, placed.get(None, 0), policy)
    impossible = days.problems if days.inspection < 0 else ()
    return Reckoning(
        days=days,
        capacity=fits,
        meters=meters,
        obstacles=(*impossible, *_obstacles(plan, rounds, policy, items)),
        warnings=(
            *(days.problems if not impossible else ()),
            *_warnings(fits, meters, rounds, placed),
            *_missing(left_out),
        ),
    )


def days_of(plan: Plan, rounds: Sequence[PlannedRound]) -> PlanDays:
    """Return the days of the plan with their derivation. Raises PlanError."""
    key = person_days(round_.group for round_ in rounds if round_.kind == Kind.KEY) if rounds else None
    return plan_days(
        Workload(plan.year, plan.officers, plan.days_each, dict(plan.other), dict(plan.non_enforcement), key)
    )


def meters_of(rounds: Sequence[PlannedRound], unplaced: int, policy: Policy) -> tuple[RuledMeter, ...]:
    """Return the share drawn by lot three ways, the coverage of key firms, the rounds; `unplaced` key firms are in none."""
    groups = [round_.group for round_ in rounds]
    key = [*groups, VisitGroup("未列入轮次的重点单位", unplaced, 0, 0, key=True)]
    drawn = sum(round_.kind == Kind.RANDOM and round_.by_lot for round_ in rounds)
    share, coverage, number = (policy.rule(f"plan.{name}") for name in ("random_share", "key_coverage", "rounds"))
    return (
        *(RuledMeter(meter, share) for meter in random_share(groups, policy.share("plan.random_share"))),
        RuledMeter(key_coverage(key, policy.share("plan.key_coverage")), coverage),
        RuledMeter(rounds_meter(drawn, policy.count("plan.rounds")), number),
    )


def _obstacles(
    plan: Plan, rounds: Sequence[PlannedRound], policy: Policy, items: Mapping[str, ItemFact]
) -> Iterator[str]:
    if not rounds:
        yield "计划中还没有任何检查轮次。"
    least = policy.count("visit.min_inspectors")
    for each in rounds:
        if each.officers < least:
            yield f"{each}：每次 {each.officers} 人，不得少于 {least} 人（{policy.rule('visit.min_inspectors').source}）。"
        if each.first_day.year != plan.year or each.last_day.year != plan.year:
            yield f"{each}：检查时间 {each.first_day} 至 {each.last_day} 不在 {plan.year} 年内。"
        if policy.flag("visit.listed_items_only") and (wrong := unlisted(each.items, items)):
            yield f"{each}：事项 {'、'.join(wrong)} 不在现行清单中（{policy.rule('visit.listed_items_only').source}）。"


def _warnings(
    fits: Capacity, meters: Sequence[RuledMeter], rounds: Sequence[PlannedRound], placed: Mapping[int | None, int]
) -> Iterator[str]:
    if not fits.enough:
        yield next(line for line in fits.lines if line.startswith("共需"))
    yield from (ruled.meter.sentence for ruled in meters if not ruled.meter.met)
    for each in rounds:
        if placed.get(each.pk, each.firms) != each.firms:
            yield f"{each}：计划检查 {each.firms} 户，重点单位名单中列入本轮的有 {placed[each.pk]} 户。"


def _missing(left_out: Sequence[FirmFact]) -> Iterator[str]:
    if left_out:
        names = "、".join(firm.name for firm in left_out[:NAMED])
        more = "等" if len(left_out) > NAMED else ""
        yield f"名录标记为重点单位而未列入重点单位名单的有 {len(left_out)} 户：{names}{more}。"
