"""Do the days suffice for the visits (能力测算), and if not, how many would: key firms first, all others cut alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from sunlot.policy.arithmetic.numbers import PlanError, days_text, percent
from sunlot.policy.arithmetic.visits import VisitGroup, person_days


@dataclass(frozen=True)
class Fit:
    """What the days allow to a group: `visits` in the year, `ratio` of them to its roster, None for an empty roster."""

    name: str
    visits: int
    ratio: Fraction | None


@dataclass(frozen=True)
class Capacity:
    """Person-days there are and are needed. `scale`: by how much all that is not key may grow (> 1) or must shrink, None when there is none.

    `fits`: the visits that fill the days at that scale; `lines` explain it.
    """

    available: Fraction
    needed: Fraction
    scale: Fraction | None
    fits: tuple[Fit, ...]
    lines: tuple[str, ...]

    @property
    def enough(self) -> bool:
        """Return whether the plan as it stands can be done."""
        return self.needed <= self.available


def capacity(inspection_days: int, groups: Sequence[VisitGroup], reserve: Fraction = Fraction(0)) -> Capacity:
    """Return whether the inspection days suffice. `reserve`: the share of them to keep free (留有余地). Raises PlanError."""
    if not 0 <= reserve < 1:
        raise PlanError("not_a_reserve", f"预留的比例应不小于 0、小于 1，现为 {reserve}。")
    available = inspection_days * (1 - reserve)
    needed = person_days(groups)
    fixed = person_days(group for group in groups if group.key)
    free = needed - fixed
    scale = max(Fraction(0), available - fixed) / free if free else None
    fits = tuple(_fit(group, scale) for group in groups)
    lines = (*(_line(group) for group in groups), *_verdict(inspection_days, available, needed, fixed, reserve))
    if scale is not None and needed > available >= fixed:
        lines += tuple(_fit_line(fit) for group, fit in zip(groups, fits, strict=True) if not group.key)
    return Capacity(available, needed, scale, fits, lines)


def _fit(group: VisitGroup, scale: Fraction | None) -> Fit:
    visits = group.visits if group.key or scale is None else int(group.visits * scale)
    return Fit(group.name, visits, Fraction(visits, group.population) if group.population else None)


def _line(group: VisitGroup) -> str:
    return (
        f"{group.name}：{group.visits} 户次 × 每次 {days_text(group.days)} 天 × {group.officers} 人"
        f" = {days_text(group.person_days)} 天"
    )


def _verdict(
    inspection_days: int, available: Fraction, needed: Fraction, fixed: Fraction, reserve: Fraction
) -> list[str]:
    lines = []
    if reserve:
        kept = f"监督检查工作日 {inspection_days} 天，预留 {percent(reserve, 0)}，可用 {days_text(available)} 天"
        lines.append(kept)
    comparison = f"共需 {days_text(needed)} 天，可用 {days_text(available)} 天"
    if needed <= available:
        lines.append(f"{comparison}，够用，余 {days_text(available - needed)} 天")
    elif fixed > available:
        lines.append(f"{comparison}；仅重点检查就需 {days_text(fixed)} 天，应增加人员或减少其他工作日")
    else:
        lines.append(f"{comparison}，不够，差 {ceil(needed - available)} 天")
    return lines


def _fit_line(fit: Fit) -> str:
    ratio = f"，抽查比例 {percent(fit.ratio)}" if fit.ratio is not None else ""
    return f"可行的安排：{fit.name} {fit.visits} 户次{ratio}"
