"""Probabilities as even as the bounds allow: iterative scaling towards maximum entropy, in floating point, before the seed only.

What comes out is an aim; the quantised flow that follows is what is published and binding.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sunlot.draw.teams.arcs import Arcs
from sunlot.draw.teams.flow import Numbers
from sunlot.draw.teams.network import SCALE

Floats = NDArray[Any]
ROUNDS = 200
MANY = 100_000  # edges from which a rougher aim must do: the quantised flow keeps every bound all the same


def even_out(arcs: Arcs, lowers: Numbers, uppers: Numbers) -> Floats:
    """Return one value an edge (units of 2^-20) near the maximum-entropy point: p = clip(a_visit · g_group · b_person, lower, upper)."""
    at = np.asarray(arcs.edge_at)
    low, high = lowers[at].astype(float), uppers[at].astype(float)
    group, person = np.asarray(arcs.tails)[at], np.asarray(arcs.heads)[at]
    visit = _roots(arcs)[group]
    seats = np.asarray(arcs.supplies, dtype=float) * SCALE
    group_low, group_high = _node_bounds(arcs, lowers, uppers, arcs.group_at, arcs.heads)
    person_low, person_high = _node_bounds(arcs, lowers, uppers, arcs.person_at, arcs.tails)
    by_visit, by_group, by_person = np.ones(arcs.nodes), np.ones(arcs.nodes), np.ones(arcs.nodes)
    value: Floats = low
    for _ in range(ROUNDS if len(at) < MANY else ROUNDS // 10):
        weight = by_group[group] * by_person[person]
        by_visit[: len(seats)] = _fill(visit, weight, low, high, seats)
        value = np.clip(by_visit[visit] * weight, low, high)
        worst = _adjust(by_group, np.bincount(group, value, arcs.nodes), group_low, group_high)
        worst = max(worst, _adjust(by_person, np.bincount(person, value, arcs.nodes), person_low, person_high))
        if worst < 1e-7:
            break
    return value


def _roots(arcs: Arcs) -> Numbers:
    above = np.arange(arcs.nodes)
    for at in arcs.group_at:
        above[arcs.heads[at]] = above[arcs.tails[at]]
    return above.astype(np.int64)


def _node_bounds(
    arcs: Arcs, lowers: Numbers, uppers: Numbers, rows: list[int], side: list[int]
) -> tuple[Floats, Floats]:
    low, high = np.zeros(arcs.nodes), np.full(arcs.nodes, np.inf)
    for at in rows:
        low[side[at]], high[side[at]] = lowers[at], uppers[at]
    return low, high


def _fill(visit: Numbers, weight: Floats, low: Floats, high: Floats, seats: Floats) -> Floats:
    """Return per visit the factor with which its clipped values sum to its seats, by bisection on all visits at once."""
    left, right = np.full(len(seats), -32.0), np.full(len(seats), 32.0)
    for _ in range(55):
        middle = (left + right) / 2
        total = np.bincount(visit, np.clip(np.exp(middle)[visit] * weight, low, high), len(seats))
        short = total < seats
        left, right = np.where(short, middle, left), np.where(short, right, middle)
    return np.asarray(np.exp((left + right) / 2))


def _adjust(factor: Floats, total: Floats, low: Floats, high: Floats) -> float:
    """Pull sums into their bounds; a factor is above 1 only while a lower bound binds and below 1 only while an upper one does.

    Returns the largest relative change.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        down = np.where(total > 0, high / total, np.inf)
        up = np.where(total > 0, low / total, 0.0)
    new = np.where(factor * down < 1, factor * down, np.where(factor * up > 1, factor * up, 1.0))
    new = np.clip(np.where(np.isfinite(new), new, 1.0), 1e-12, 1e12)
    change = float(np.abs(new / factor - 1).max(initial=0.0))
    factor[:] = new
    return change
