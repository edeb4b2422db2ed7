"""Moments as every file spells them: UTC text like 2026-03-02T13:15:00Z, whose order is the order of time."""

from datetime import UTC, datetime, timedelta, timezone

SPELLING = "%Y-%m-%dT%H:%M:%SZ"
BEIJING = timezone(timedelta(hours=8))  # China keeps one time, without summer time since 1991


def utc(seconds: float) -> str:
    """Return Unix seconds as UTC text."""
    return datetime.fromtimestamp(seconds, UTC).strftime(SPELLING)


def seconds_of(moment: str) -> int:
    """Return a UTC text in Unix seconds. Raises ValueError when it is none."""
    return int(datetime.strptime(moment, SPELLING).replace(tzinfo=UTC).timestamp())


def beijing(moment: str) -> str:
    """Return a UTC text as people in China read it: 北京时间 2026-03-02 21:15:00. Raises ValueError when it is none."""
    return f"北京时间 {datetime.fromtimestamp(seconds_of(moment), BEIJING):%Y-%m-%d %H:%M:%S}"
