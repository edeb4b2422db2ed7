"""What a visit's page says of its publication."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from sunlot.office.release import queries, waiting
from sunlot.office.release.models import Kind
from sunlot.office.visits.models import Visit
from sunlot.office.visits.moment import today


def of_visit(request: HttpRequest, visit: Visit) -> str:
    """Return the number of a released result, or until when it is to be released; nothing before the visit has ended."""
    row = queries.release_of(Kind.RESULT, visit.obj)
    if row is None and not waiting.to_release().filter(pk=visit.pk).exists():
        return ""
    due = None if row else waiting.due_of(visit)
    context = {"row": row, "visit": visit, "due": due, "late": bool(due and due < today())}
    return render_to_string("release/panel.html", context, request)
