"""An inspector's own visits, and nobody else's."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from sunlot.office.journal.services import deed
from sunlot.office.lottery import progress, queries


def tasks(request: HttpRequest) -> HttpResponse:
    """My visits; looking at those of an unannounced round is an event."""
    person = getattr(request.user, "person", "")
    found = queries.tasks_of(person, timezone.now()) if person else []
    closed = [(row, entries) for row, entries in found if progress.hidden(row)]
    if closed:
        with deed(by=request.user.actor) as doing:  # type: ignore[union-attr]
            for row, entries in closed:
                fields = {"draw": row.draw_id, "count": len(entries)}
                doing.record("task.viewed", request.user.actor, fields)  # type: ignore[union-attr]
    return render(request, "lottery/tasks.html", {"found": found, "person": person, "closed": bool(closed)})
