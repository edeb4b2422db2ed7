"""A clock that runs ahead: nothing here knows the true time, but a log silent for longer than an office rests is worth a question.

The log refuses a clock set back (journal.queries.refuse_wrong_clock). One set forward would make deadlines and notices wrong and, once put right,
keep the office from writing until the true time has caught up. It is never blocked, only asked about.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from sunlot.codes.workdays import is_workday
from sunlot.draw.moments import SPELLING
from sunlot.office.journal.memory import remembered
from sunlot.office.journal.models import Event
from sunlot.office.journal.queries import leaf_of
from sunlot.office.records.queries import first_since

RECENT = timedelta(days=1)  # how long after a silence it is asked about
REST = timedelta(days=1)  # how long an office may be silent, days off not counted
LONGEST = 400  # days that are looked at one by one


def silence_before(now: datetime) -> tuple[datetime, datetime] | None:
    """Return from when until when the log was silent for longer than an office rests, where that ended within the last day or the hour before it, else None."""
    hour = (now - RECENT).replace(minute=0, second=0, microsecond=0).strftime(SPELLING)
    first = remembered(f"records.first-since/{hour}", lambda: first_since(hour))
    earlier = Event.objects.filter(seq=first - 1).first()
    if earlier is None:
        return None
    later = Event.objects.filter(seq=first).first()
    begin, end = _at(earlier), _at(later) if later else now
    return (begin, end) if end - begin - _off(begin, end) > REST else None


def _at(event: Event) -> datetime:
    return datetime.fromisoformat(leaf_of(event)["at"])


def _off(begin: datetime, end: datetime) -> timedelta:
    """Return how much of a time are whole days off."""
    first, last = timezone.localtime(begin).date(), timezone.localtime(end).date()
    days = min((last - first).days, LONGEST)
    return timedelta(days=sum(not is_workday(first + timedelta(step)) for step in range(1, days)))
