"""Which planned rounds already have a draw, and where one is held. The plan stands left of the lottery, so the lottery appends its functions here."""

from collections.abc import Callable, Iterable

HELD_ROUNDS: list[Callable[[int], Iterable[str]]] = []
HOLDERS: list[Callable[[int, str], str | None]] = []


def held_rounds(year: int) -> frozenset[str]:
    """Return the codes of the year's rounds that have a draw, announced or done."""
    return frozenset(code for tell in HELD_ROUNDS for code in tell(year))


def where_to_hold(year: int, code: str) -> str | None:
    """Return the page on which a round is begun, "" when nobody tells, None when it is begun and its own line says what is next."""
    return next((tell(year, code) for tell in HOLDERS), "")
