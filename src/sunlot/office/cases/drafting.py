"""What is known already of a case that is to be drawn up: from a visit its firm, its findings and its officers; from a firm its name."""

from typing import Any

from sunlot.office.accounts.roles import OFFICE
from sunlot.office.cases.models import Origin
from sunlot.office.followup.models import Order, Verdict
from sunlot.office.inspectors.queries import inspector_of
from sunlot.office.visits import queries as visits
from sunlot.office.visits.models import OFFICERS, Visit
from sunlot.office.visits.moment import day_of, now, today
from sunlot.office.visits.records import latest, sheet_of


def known(user: Any, origin: str, firm: str = "") -> dict[str, Any]:
    """Return what the form of a new case can be filled in with. `origin`: visit/12, order/3…; one that this person may not see fills in nothing."""
    kind, _, number = origin.partition("/")
    if kind == "visit" and number.isdigit():
        visit = visits.visible_to(user, now()).filter(pk=number).first()
        return _of_visit(visit) if visit else {}
    if kind == "order" and number.isdigit() and user.role in OFFICE:
        order = Order.objects.select_related("visit").filter(pk=number).first()
        return _of_order(order) if order else {}
    person = inspector_of(user)
    found: dict[str, Any] = {"origin": origin, "firm": firm, "found_on": today(), "team": person.pk if person else ""}
    return found | ({"origin_kind": kind} if kind in Origin.values else {})


def findings_of(visit: Visit) -> list[dict[str, Any]]:
    """Return the findings and hazards of a visit's record, empty before there is one."""
    record = latest(visit)
    if record is None:
        return []
    sheet = sheet_of(record)
    return [*sheet.many("findings"), *sheet.many("hazards")]


def _of_visit(visit: Visit) -> dict[str, Any]:
    found = findings_of(visit)
    articles = "；".join(dict.fromkeys(str(one["article"]) for one in found if one.get("article")))
    day = day_of(visit.finished_at.isoformat()) if visit.finished_at else today()
    return {
        "firm": visit.firm_id,
        "origin_kind": Origin.VISIT,
        "origin": visit.obj,
        "found_on": day,
        "facts": "；".join(str(one["text"]) for one in found),
        "violated": articles[:300],
        "team": _team(visit),
    }


def _of_order(order: Order) -> dict[str, Any]:
    """Return what an order that was not obeyed tells: the problems that are still there."""
    left = [one for one in order.problems.order_by("position") if one.verdict != Verdict.CORRECTED]
    articles = "；".join(dict.fromkeys(one.article for one in left if one.article))
    return {
        "firm": order.firm_id,
        "origin_kind": Origin.ORDER,
        "origin": order.obj,
        "found_on": order.case_proposed_on or today(),
        "facts": f"责令限期整改，至 {order.deadline} 逾期未改正：" + "；".join(one.text for one in left),
        "violated": articles[:300],
        "team": _team(order.visit),
    }


def _team(visit: Visit) -> str:
    rows = visit.team.filter(out=False, part__in=OFFICERS).order_by("part", "inspector_id")
    return "、".join(rows.values_list("inspector_id", flat=True))
