"""The office's time as moment, as day in China, as text."""

from datetime import date, datetime

from django.utils import timezone

from sunlot.office.journal import clock


def text() -> str:
    """Return the moment as UTC text."""
    return clock.now()


def now() -> datetime:
    """Return the moment."""
    return clock.moment()


def today() -> date:
    """Return the day in China."""
    return timezone.localtime(now()).date()


def shown(at: datetime) -> str:
    """Return a moment as people read it in China, to the minute."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def day_of(utc: str) -> date:
    """Return the day in China of a UTC text. Raises ValueError when it is none."""
    return timezone.localtime(datetime.fromisoformat(utc)).date()
