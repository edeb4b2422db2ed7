"""What the pages of a firm and of a visit show of cases and violations."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from sunlot.office.accounts.roles import CHIEF, CLERK, INSPECTOR, READERS
from sunlot.office.cases import queries
from sunlot.office.cases.drafting import findings_of
from sunlot.office.cases.models import Case, Violation, ViolationState
from sunlot.office.cases.states import COLOURS, State
from sunlot.office.roster.models import Firm
from sunlot.office.visits.models import Visit
from sunlot.office.visits.moment import today
from sunlot.office.visits.states import ENDED


def of_firm(request: HttpRequest, firm: Firm) -> str:
    """Return a firm's cases and its entries in the violation database, for those who may read cases."""
    if getattr(request.user, "role", "") not in READERS:
        return ""
    cases = [(case, COLOURS[State(case.state)]) for case in queries.cases_of(firm.pk)]
    entries = [(row, *_standing(row)) for row in queries.violations_of(firm.pk)]
    return render_to_string("cases/firm_panel.html", {"cases": cases, "entries": entries}, request)


def _standing(row: Violation) -> tuple[str, str]:
    if row.state == ViolationState.STANDING and row.until < today():
        return _("已到期"), "plain"
    return str(row.get_state_display()), "warn" if row.counts_on(today()) else "plain"


def of_visit(request: HttpRequest, visit: Visit) -> str:
    """Return the cases that came of a visit, and the way to open one once the visit has ended with findings."""
    user: Any = request.user
    rows = list(Case.objects.filter(origin=visit.obj, firm_id=visit.firm_id).order_by("pk"))
    found = findings_of(visit) if visit.state in ENDED else []
    if not rows and not found:
        return ""
    majors = [(one, _query(visit, one)) for one in found if one.get("severity") == "major"]
    context = {
        "visit": visit,
        "cases": [(case, COLOURS[State(case.state)]) for case in rows],
        "sees_all": user.role in READERS,
        "may_open_case": bool(found) and user.role in (CLERK, CHIEF, INSPECTOR),
        "majors": majors,
        "user": user,
    }
    return render_to_string("cases/visit_panel.html", context, request)


def _query(visit: Visit, one: dict[str, Any]) -> str:
    fields = {
        "firm": visit.firm_id,
        "ground": visit.obj,
        "what": one.get("text", ""),
        "article": one.get("article", ""),
    }
    return urlencode(fields)
