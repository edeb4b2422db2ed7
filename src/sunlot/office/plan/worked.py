"""Public plans with their printed numbers, to begin a check from."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sunlot.policy.arithmetic.printed import Printed

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class WorkedPlan:
    """A plan as it was printed, and where it was read."""

    name: str
    title: str
    source: str
    printed: tuple[Printed, ...]


@cache
def worked_plans() -> tuple[WorkedPlan, ...]:
    """Return the plans that ship with us."""
    found = tomllib.loads(FILE.read_text("utf-8"))["plan"]
    return tuple(
        WorkedPlan(plan["name"], plan["title"], plan["source"], tuple(Printed(*line) for line in plan["printed"]))
        for plan in found
    )
