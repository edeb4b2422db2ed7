"""Moments as every file spells them: UTC text like 2026-03-02T13:15:00Z, whose order is the order of time."""

from datetime import UTC, datetime

SPELLING = "%Y-%m-%dT%H:%M:%SZ"


def utc(seconds: float) -> str:
    """Return Unix seconds as UTC text."""
    return datetime.fromtimestamp(seconds, UTC).strftime(SPELLING)


def seconds_of(moment: str) -> int:
    """Return a UTC text in Unix seconds. Raises ValueError when it is none."""
    return int(datetime.strptime(moment, SPELLING).replace(tzinfo=UTC).timestamp())
