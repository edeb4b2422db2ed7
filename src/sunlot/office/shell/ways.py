"""The ways of a thing, as a table in its app's states.py: what may be done in which state, and what it becomes."""

from collections.abc import Mapping
from typing import Any, TypeVar

from sunlot.refusal import Refusal

S = TypeVar("S", bound=str)


def step(what: str, now: Any, ways: Mapping[S, S], state: S, title: Any) -> S:
    """Return the state that an act leads to. `what`, `now`, `title`: the thing, its state and the act in Chinese; `ways`: those of the act.

    Raises Refusal when there is no such way.
    """
    if state not in ways:
        raise Refusal("not_the_order", f"{what}现为“{now}”，不能“{title}”；请刷新页面，按顺序办理。")
    return ways[state]
