"""What a visit's page shows of its papers: those that there are, those that can be made now, and the way to the case file."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from sunlot.office.access import pages
from sunlot.office.papers import approval_kinds, dossier, prepared, queries
from sunlot.office.papers.models import COLOURS, State, title_of
from sunlot.office.papers.printing import is_in_force
from sunlot.office.shell.language import in_words
from sunlot.office.visits.models import Visit
from sunlot.office.visits.states import State as VisitState


def papers_of_visit(request: HttpRequest, visit: Visit) -> str:
    """Return the panel for whoever may open papers, nothing for others."""
    user: Any = request.user
    if not pages()["papers:one"].open_to(user.role):
        return ""
    rows = queries.papers_of(*dossier.things_of(visit.obj)) & queries.visible_to(user)
    replaced = set(visit.records.filter(replaced=True).values_list("sha256", flat=True))
    makes = pages()["papers:new"].open_to(user.role) and visit.state != VisitState.CANCELLED
    refused = visit.records.exclude(refusal="").exists()
    context = {
        "visit": visit,
        "papers": [(paper, COLOURS[State(paper.state)], paper.record in replaced) for paper in rows],
        "kinds": [
            (kind, in_words(title_of(kind)))
            for kind in prepared.OF_A_VISIT
            if is_in_force(kind) and (refused or kind != "refusal_report")
        ]
        if makes
        else [],
        "editions": list(visit.records.order_by("edition").values_list("edition", flat=True)),
        "asked": approval_kinds.asked_about(visit),
    }
    return render_to_string("papers/panel.html", context, request)
