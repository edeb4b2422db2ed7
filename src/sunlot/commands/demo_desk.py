"""What lies on the desks of the fictional county this week: people away, a certificate that runs out, firms that are not what the roster says."""

from datetime import date, timedelta
from typing import Any

from sunlot.commands.demo_office import TEAM

SEEN = ("停产", "停产", "失联", "停产")  # what officers found at firms that the roster has as 正常


def fill_desks(people: dict[str, Any], today: date) -> dict[str, int]:
    """Enter it all through the office's services, and return how many of each there are."""
    found = {
        "请假": _leaves(people["jingban"], today),
        "更正申请": _corrections(people["jingban"], today),
        "现场所见与名录不符": _observed(people["jingban"], today),
        "停业待核查": _doubted(people["jingban"]),
    }
    _expiring(people["jingban"], today)
    return found


def _leaves(clerk: Any, today: date) -> int:
    """Some are away today, some soon, one has come back."""
    from sunlot.office.inspectors import leaves
    from sunlot.office.inspectors.models import Inspector

    away = (
        ("J020", "年休假", -2, 3),
        ("J021", "培训", 0, 4),
        ("J022", "产假", -30, 90),
        ("J023", "出差", 3, 5),
        ("J024", "病假", -12, -5),
    )
    for number, kind, first, last in away:
        person = Inspector.objects.filter(pk=number).first()
        if person:
            leaves.enter(clerk, person, kind, today + timedelta(days=first), today + timedelta(days=last))
    return len(away)


def _corrections(clerk: Any, today: date) -> int:
    """Two firms ask to be entered otherwise; nobody has answered yet."""
    from sunlot.office.roster import corrections
    from sunlot.office.roster.queries import listed

    first, second = listed().filter(status="正常").order_by("-pk")[10:12]
    wanted = (
        (first, "name", first.name.replace("有限公司", "科技有限公司"), "已变更登记名称，附变更核准通知书"),
        (second, "address", f"{second.address}（二期厂区）", "已搬入新厂区，附租赁合同"),
    )
    for days, (firm, field, value, ground) in enumerate(wanted, 2):
        corrections.ask(
            clerk.actor, firm.pk, field, value, ground, "演示申请人", "0000-12350", today - timedelta(days=days)
        )
    return len(wanted)


def _observed(clerk: Any, today: date) -> int:
    """Officers came to closed gates: the ledger says so, the roster does not yet."""
    from sunlot.office.roster.queries import listed
    from sunlot.office.roster.services import enter_visit

    firms = listed().filter(status="正常", key_unit="否").order_by("-pk")[20 : 20 + len(SEEN)]
    for days, (firm, seen) in enumerate(zip(firms, SEEN, strict=True), 1):
        enter_visit(clerk, firm.pk, today - timedelta(days=7 * days), "routine", TEAM, seen)
    return len(SEEN)


def _doubted(clerk: Any) -> int:
    """Firms that the market authority's newest list no longer has."""
    from sunlot.office.roster.many import edit_firms
    from sunlot.office.roster.queries import listed

    firms = list(listed().filter(status="正常", key_unit="否").order_by("-pk")[30:35])
    edit_firms(
        clerk, [(firm.pk, firm.version) for firm in firms], {"status": "停业核查"}, "市场监管部门最新名单中已没有"
    )
    return len(firms)


def _expiring(clerk: Any, today: date) -> None:
    """One officer's certificate was issued for half a year and runs out soon, whenever the demonstration is looked at."""
    from sunlot.office.inspectors.staff import add
    from sunlot.office.journal.services import deed

    facts = {"name": "郭挂职", "department": TEAM, "specialities": "机械", "number": "【样】3799219001"}
    with deed(by=clerk.actor) as doing:
        add(doing, "J901", facts | {"valid_from": today - timedelta(days=150), "valid_to": today + timedelta(days=30)})
