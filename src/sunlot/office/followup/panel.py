"""What the page of a visit and of a firm shows of its orders, major hazards and transfers."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string

from sunlot.office.followup import queries, standing
from sunlot.office.followup.findings import problems_of, record_in_force
from sunlot.office.followup.models import Hazard, Order, Waived
from sunlot.office.followup.states import COLOURS
from sunlot.office.followup.transfer_models import Transfer
from sunlot.office.roster.models import Firm
from sunlot.office.visits.models import Visit

MOST = 20  # of each sort on one page; the lists have the rest


def of_visit(request: HttpRequest, visit: Visit) -> str:
    """Return what a visit led to, and what it still has to lead to."""
    user: Any = request.user
    record = record_in_force(visit)
    ordered = queries.visible_orders(user).filter(visit=visit)
    open_problems = len(problems_of(record)) if record else 0
    context = {
        "visit": visit,
        "problems": open_problems,
        "waived": visit.waivers.filter(what=Waived.ORDER).first(),
        "to_register": list(queries.unregistered(Visit.objects.filter(pk=visit.pk))) if record else [],
        "recheck_of": Order.objects.filter(rechecks__visit=visit).first(),
    }
    hazards = queries.visible_hazards(user).filter(visit=visit)
    return _shown(request, context, ordered, hazards, queries.visible_transfers(user).filter(about=visit.obj))


def of_firm(request: HttpRequest, firm: Firm) -> str:
    """Return the orders to a firm, its major hazards, and what was transferred about it."""
    user: Any = request.user
    mine = queries.of_firm(firm.pk)
    return _shown(
        request,
        {"firm": firm},
        queries.visible_orders(user).filter(mine),
        queries.visible_hazards(user).filter(mine),
        queries.visible_transfers(user).filter(mine),
    )


def _shown(
    request: HttpRequest,
    context: dict[str, Any],
    orders: QuerySet[Order],
    hazards: QuerySet[Hazard],
    transfers: QuerySet[Transfer],
) -> str:
    found = {
        "orders": [_line(row, standing.of_order(row)) for row in orders.order_by("-pk")[:MOST]],
        "hazards": [_line(row, standing.of_hazard(row)) for row in hazards.order_by("-pk")[:MOST]],
        "transfers": [_line(row, standing.of_transfer(row)) for row in transfers.order_by("-pk")[:MOST]],
    }
    return render_to_string("followup/panel.html", context | found | {"user": request.user}, request)


def _line(row: Any, late: str) -> tuple[Any, str, str, str]:
    """The row, the colour of its state, how it stands towards its deadline and that colour."""
    return row, COLOURS[row.state], late, standing.colour(late)
