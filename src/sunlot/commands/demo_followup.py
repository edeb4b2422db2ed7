"""What follows in the fictional county: an order whose deadline runs, a major hazard in the register, a clue that waits to be transferred."""

from datetime import date, timedelta
from typing import Any

HAZARD = "仓库与员工宿舍设在同一座建筑物内（虚构）"


def order_of(people: dict[str, Any], visit: Any) -> Any:
    """Order what a visit left open, serve it and return the order; None when nothing is open."""
    from sunlot.office.followup import orders
    from sunlot.office.followup.deadlines import Term
    from sunlot.office.followup.findings import problems_of, record_in_force

    record = record_in_force(visit)
    found = [problem.id for problem in problems_of(record)] if record else []
    if not found:
        return None
    wanted = orders.Wanted(found, Term(workdays=15), "青禾县人民政府", "青禾县人民法院")
    order = orders.issue(people["zhifa"], visit.pk, wanted)
    return orders.serve(people["zhifa"], order.pk, order.issued_on, "演示签字人", "direct")


def hazard_and_transfer(people: dict[str, Any], today: date) -> None:
    """Enter a major hazard that was reported from above, and ask to hand a clue about it over to the fire brigade."""
    from sunlot.office.followup import hazards, transfers
    from sunlot.office.followup.models import Level
    from sunlot.office.roster.queries import listed

    clerk, firm = people["jingban"], listed().filter(status="正常").earliest("pk")
    facts = hazards.Facts(
        text=HAZARD,
        basis="安全生产法第42条",
        measures="宿舍迁出，与仓库保持安全距离",
        interim="宿舍停止住人，专人夜间巡查",
        responsible="演示责任人",
        deadline=today + timedelta(days=5),
        level=Level.COUNTY.value,
    )
    hazard = hazards.register_other(clerk, firm.pk, today, facts)
    transfers.keep_receiver(clerk, None, 0, "青禾县消防救援大队（虚构）", "", False)
    transfers.send(
        clerk,
        hazard.obj,
        "青禾县消防救援大队（虚构）",
        "疏散通道问题属消防救援机构职责",
        subject=f"{firm.name}疏散通道线索",
        firm=firm.pk,
    )
