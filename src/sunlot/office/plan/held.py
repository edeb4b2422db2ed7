"""Which planned rounds already have a draw. The plan stands left of the lottery, so the lottery tells: it appends a function here."""

from collections.abc import Callable, Iterable

HELD_ROUNDS: list[Callable[[int], Iterable[str]]] = []


def held_rounds(year: int) -> frozenset[str]:
    """Return the codes of the year's rounds that have a draw, announced or done."""
    return frozenset(code for tell in HELD_ROUNDS for code in tell(year))
