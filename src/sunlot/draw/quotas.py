"""From rates to whole numbers: expected quotas in exact fractions, and their rounding by one public number."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import accumulate
from math import ceil, floor, lcm

from sunlot.draw.canonical import LARGEST, hash_of
from sunlot.draw.eligibility import Cell
from sunlot.draw.errors import DrawError
from sunlot.draw.generator import Generator
from sunlot.draw.policy_rules import Policy


def expected_quotas(cells: Mapping[str, Cell], policy: Policy) -> dict[str, Fraction]:
    """Return each cell's quota, after `ceil` and `floor` (docs/draw-format.md section 4.4). Raises DrawError when more is asked than there is."""
    quotas: dict[str, Fraction] = {}
    for cell in cells.values():
        if cell.rule.direction == "all":
            quotas[cell.path] = Fraction(len(cell.eligible))
    for rule in policy.rules:
        own = [cell for cell in cells.values() if cell.rule.name == rule.name and cell.path not in quotas]
        if rule.count and not own and rule.direction != "all":
            raise DrawError("quota_too_large", f"规则“{rule.name}”要抽 {rule.count} 户，但没有符合条件的单位。")
        if rule.count is not None and own:
            quotas |= water_fill(rule.count, _weighted(own, policy, by_rate=False), f"规则“{rule.name}”")
    rest = [cell for cell in cells.values() if cell.path not in quotas]
    if policy.budget:
        if (left := policy.budget - sum(quotas.values())) < 0:
            raise DrawError("budget_too_small", f"总户数 {policy.budget} 少于必须抽取的户数，请增加总户数或调整规则。")
        quotas |= water_fill(int(left), _weighted(rest, policy, by_rate=True), "本次抽查")
    else:
        quotas |= {cell.path: _by_rate(cell, policy) for cell in rest}
    final = {path: _directed(quotas[path], cell) for path, cell in cells.items()}
    if rounding_frame(final)[1] >= LARGEST:
        raise DrawError(
            "quota_too_fine", "各规则的比例分母差别太大，取整时无法精确保存；请改用较整的比例，如百分之几。"
        )
    return final


def _weighted(cells: list[Cell], policy: Policy, by_rate: bool) -> dict[str, tuple[int, Fraction]]:
    return {
        cell.path: (len(cell.eligible), (cell.rule.rate if by_rate else Fraction(1)) * policy.intensity[cell.intensity])
        for cell in cells
    }


def _by_rate(cell: Cell, policy: Policy) -> Fraction:
    eligible = len(cell.eligible)
    rate = min(Fraction(1), cell.rule.rate * policy.intensity[cell.intensity])
    if policy.rounds == 1:
        return eligible * rate
    if policy.round == 1:
        return min(Fraction(eligible), eligible * rate * policy.share)
    if cell.rule.rate >= 1:
        return Fraction(eligible)
    return min(Fraction(eligible), max(Fraction(0), (eligible + cell.drawn) * rate - cell.drawn))


def _directed(quota: Fraction, cell: Cell) -> Fraction:
    if cell.rule.direction == "ceil":
        return Fraction(min(ceil(quota), len(cell.eligible)))
    return Fraction(floor(quota)) if cell.rule.direction == "floor" else quota


def water_fill(n: int, cells: Mapping[str, tuple[int, Fraction]], what: str) -> dict[str, Fraction]:
    """Return quotas that sum to n, in proportion to size × weight, none above its size. `cells`: path → (size, weight)."""
    available = sum(size for size, weight in cells.values() if weight > 0)
    if n > available:
        raise DrawError(
            "quota_too_large", f"{what}要抽 {n} 户，但符合条件的只有 {available} 户；请减少数量或核对排除原因。"
        )
    full: set[str] = set()
    while True:
        left = n - sum(cells[path][0] for path in full)
        weight = sum((size * weight for path, (size, weight) in cells.items() if path not in full), Fraction(0))
        scale = left / weight if weight else Fraction(0)
        more = {path for path, (size, weight) in cells.items() if path not in full and size and scale * weight >= 1}
        if not more:
            return {
                path: Fraction(size) if path in full else scale * weight * size
                for path, (size, weight) in cells.items()
            }
        full |= more


def order_of_cells(paths: list[str], seed: str) -> list[str]:
    """Return the paths in hierarchical order, siblings shuffled by SHA-256(seed|C|path)."""

    def key(path: str) -> list[str]:
        parts = path.split("/")
        return [hash_of(f"{seed}|C|{'/'.join(parts[: depth + 1])}") for depth in range(len(parts))]

    return sorted(paths, key=key)


def rounding_frame(quotas: Mapping[str, Fraction]) -> tuple[list[str], int]:
    """Return the cells whose quota is not whole, and the common denominator D (0 when there is none)."""
    fractional = [path for path, quota in quotas.items() if quota.denominator != 1]
    return fractional, lcm(*(quotas[path].denominator for path in fractional)) if fractional else 0


def round_quotas(quotas: Mapping[str, Fraction], seed: str) -> tuple[dict[str, int], int, int]:
    """Return whole numbers by cell, t and D: m_c = ⌊(C_c+t)/D⌋ − ⌊(C_{c−1}+t)/D⌋ for one t uniform below D (section 4.5)."""
    fractional, denominator = rounding_frame(quotas)
    t = Generator(seed, "quota").below(denominator) if denominator else 0
    whole = {path: int(quota) for path, quota in quotas.items() if quota.denominator == 1}
    return whole | spread_out(quotas, order_of_cells(fractional, seed), denominator, t), t, denominator


def spread_out(quotas: Mapping[str, Fraction], order: list[str], denominator: int, t: int) -> dict[str, int]:
    """Return the whole numbers for the cells in `order` and one t."""
    cumulative = [0, *accumulate(int(quotas[path] * denominator) for path in order)]
    steps = [(total + t) // denominator for total in cumulative] if denominator else [0]
    return {path: steps[position + 1] - steps[position] for position, path in enumerate(order)}
