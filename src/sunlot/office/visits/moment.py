"""The office's time, asked in one place: the journal's clock, as moment, as day, as text."""

from datetime import date, datetime

from django.utils import timezone

from sunlot.office.lottery import moment


def text() -> str:
    """Return the moment as UTC text."""
    return moment.now()


def now() -> datetime:
    """Return the moment."""
    return datetime.fromisoformat(moment.now())


def today() -> date:
    """Return the day in China."""
    return timezone.localtime(now()).date()


def day_of(utc: str) -> date:
    """Return the day in China of a UTC text. Raises ValueError when it is none."""
    return timezone.localtime(datetime.fromisoformat(utc)).date()
