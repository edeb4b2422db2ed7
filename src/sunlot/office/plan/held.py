"""Which planned rounds already have a draw, and where one is taken up. The plan stands left of the lottery, so the lottery tells: it appends functions here."""

from collections.abc import Callable, Iterable

HELD_ROUNDS: list[Callable[[int], Iterable[str]]] = []
TAKING_UP: list[Callable[[str], str]] = []


def held_rounds(year: int) -> frozenset[str]:
    """Return the codes of the year's rounds that have a draw, announced or done."""
    return frozenset(code for tell in HELD_ROUNDS for code in tell(year))


def take_up(code: str) -> str:
    """Return the address at which the round of this code is taken up for its draw, empty when nothing draws."""
    return next((address(code) for address in TAKING_UP), "")
