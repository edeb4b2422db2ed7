"""The complaints of the fictional county: one that is verified and answered, one that waits to be taken, and the tracking code of the first."""

from typing import Any


def report_twice(people: dict[str, Any]) -> tuple[str, str]:
    """Return number and tracking code of a report that was answered; a second, anonymous one waits for a clerk."""
    from sunlot.office.approvals.services import grant
    from sunlot.office.complaints import handling, verifying
    from sunlot.office.complaints.intake import Arrival, receive
    from sunlot.office.roster.queries import listed

    clerk, first, second = people["jingban"], *listed().filter(status="正常").order_by("pk")[50:52]
    named = Arrival(
        "hazard",
        "（演示）成型车间两台冲床的光电保护被短接，夜班照常生产。",
        firm=first.name,
        place="成型车间",
        when="每天夜班",
        name="赵某（虚构）",
        phone="13800000000",
        channel="phone",
    )
    report, code = receive(named, clerk)
    handling.accept(clerk, report.pk, "")
    handling.question(clerk, report.pk, "是哪两台冲床，机台号是多少？")
    finding = "（演示）现场查看，两台冲床光电保护被短接，已责令停用并限期整改。"
    grant(people["kezhang"], verifying.ask_conclusion(clerk, report.pk, "verified", finding).pk)
    handling.answer(clerk, report.pk, "您反映的问题属实，已责令停用并限期整改。感谢您的监督。", "phone")
    text = "（演示）仓库的安全出口被货物堵住，灭火器也过期了。"
    receive(Arrival("violation", text, firm=second.name, place="西侧仓库"))
    return report.number, code
