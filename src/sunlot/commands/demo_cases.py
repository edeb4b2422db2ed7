"""Penalties of the fictional county: one of the drawn year, decided and paid, and one of this year that waits for its legal review."""

from datetime import date, timedelta
from typing import Any

PAIRS = (("J001", "J007"), ("J001", "J008"), ("J001", "J009"), ("J001", "J010"))


def qualify_reviewer(people: dict[str, Any]) -> None:
    """Enter the second clerk as a legal reviewer."""
    from sunlot.office.approvals.services import grant
    from sunlot.office.cases.reviewing import ask_to_qualify

    clerk, holder = people["jingban"], people["jingban2"]
    asked = ask_to_qualify(clerk, holder.pk, "exam", "A20203799210001（虚构）", date(2020, 3, 1), "承担法制审核")
    grant(people["kezhang"], asked.pk)


def decide_case(people: dict[str, Any], clock: Any) -> Any:
    """Carry a case from opening to closing while the clock is held, and return it; None when no pair of officers can take one."""
    from sunlot.office.approvals.services import grant
    from sunlot.office.cases import deciding, documents, executing, reviewing, telling

    qualify_reviewer(people)
    case = _opened(people, date.fromisoformat(clock.at[:10]) - timedelta(2), 3)
    if case is None:
        return None
    officer, number = people["zhifa"], case.pk
    _proposed(officer, case, 20000)
    reviewing.review(people["jingban2"], number, True, "事实清楚，证据充分，适用法律正确，裁量适当。")
    documents.issue_notice(officer, number)
    telling.tell(officer, number, _later(clock, 1), "直接送达，办公室签收")
    _later(clock, 8)
    grant(people["kezhang"], deciding.ask_decision(officer, number, "告知期满，当事人未陈述申辩。").pk)
    deciding.serve(officer, number, _later(clock, 1), "直接送达")
    day = _later(clock, 5)
    executing.pay(people["jingban"], number, day, 20000, "演示票据 1")
    executing.execute(officer, number, day, "罚款已缴清，违法行为已改正。")
    grant(people["kezhang"], executing.ask_closing(officer, number, "执行完毕，报请结案。").pk)
    case.refresh_from_db()
    return case


def propose_case(people: dict[str, Any], today: date) -> Any:
    """Open a case of this year whose fine needs a hearing, and leave it to the reviewer; return it, or None."""
    case = _opened(people, today, 7)
    if case is not None:
        _proposed(people["zhifa"], case, 80000)
    return case


def _opened(people: dict[str, Any], found_on: date, skip: int) -> Any:
    from sunlot.office.approvals.models import Approval
    from sunlot.office.approvals.services import grant
    from sunlot.office.cases.opening import Opening, arrange
    from sunlot.office.roster.queries import listed
    from sunlot.refusal import Refusal

    for firm in listed().filter(status="正常", hazard_class="机械").order_by("pk")[skip : skip + 30]:
        for pair in PAIRS:
            wanted = Opening(
                firm=firm.pk,
                origin_kind="other",
                origin="日常检查",
                found_on=found_on,
                cause="未设置明显的安全警示标志案",
                facts="配电室、空压机房未设置明显的安全警示标志。",
                team=pair,
                violated="安全生产法第35条",
            )
            try:
                case = arrange(people["zhifa"], wanted)
            except Refusal:
                continue  # recused, or without a valid certificate: the next pair
            grant(people["kezhang2"], Approval.objects.get(obj=case.obj, state="pending").pk)
            case.refresh_from_db()
            return case
    return None


def _proposed(officer: Any, case: Any, fine: int) -> None:
    from sunlot.office.cases.investigating import Proposal, collect, propose

    collect(officer, case.pk, "record", "现场检查记录", case.found_on, proves="现场没有警示标志")
    collect(officer, case.pk, "recording", "现场照片三张", case.found_on, proves="配电室和空压机房门口的情况")
    wanted = Proposal(
        outcome="penalty",
        facts="经查，该单位配电室、空压机房未设置明显的安全警示标志。",
        violated="安全生产法第35条",
        basis="安全生产法第99条第1项",
        discretion="初次违法，按裁量基准一档处罚。"
        if fine < 50000
        else "曾因同类问题被责令改正，逾期未改，按裁量基准三档处罚。",
        kinds=("fine",),
        fine=fine,
        demand="在有较大危险因素的场所设置明显的安全警示标志",
    )
    case.refresh_from_db()
    propose(officer, case.pk, case.version, wanted)


def _later(clock: Any, days: int) -> date:
    """Let days pass and return the day."""
    day = date.fromisoformat(clock.at[:10]) + timedelta(days)
    clock.at = f"{day}T02:00:00Z"
    return day
