"""An unannounced round opens by itself: with the last of its visits nothing is left that somebody could be warned of."""

from sunlot.office.journal.services import Deed
from sunlot.office.lottery import drawing, rounds
from sunlot.office.visits.models import Visit
from sunlot.office.visits.states import State

OVER = (State.DONE, State.REFUSED, State.CANCELLED)  # one in vain may be tried again: then a second person opens


def open_when_over(doing: Deed, visit: Visit) -> None:
    """Open the round of a visit that has just ended, once all its visits are over, within the deed that ended it."""
    row = visit.round
    if row is None or not row.secret or row.executed_at:
        return
    if not Visit.objects.filter(round=row).exclude(state__in=OVER).exists():
        drawing.open_within(doing, rounds.take(row.pk))
