"""What the office does with a report: take it, accept or not, transfer, join, ask the reporter, answer. One deed each, the state by the table."""

from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import CHIEF, CLERK
from sunlot.office.catalog.policies import office_policy
from sunlot.office.complaints import pieces
from sunlot.office.complaints.deadlines import finish_by
from sunlot.office.complaints.intake import firm_named, kind_title
from sunlot.office.complaints.models import Report, Sort
from sunlot.office.complaints.reading import inspects_it, may_read
from sunlot.office.complaints.states import ENDED, OPEN, State, after
from sunlot.office.followup import transfers
from sunlot.office.followup.states import TransferState
from sunlot.office.followup.transfer_models import Transfer
from sunlot.office.journal.services import Deed, deed
from sunlot.office.visits.moment import today
from sunlot.refusal import Refusal

HANDLERS = (CLERK, CHIEF)  # whose accounts may handle a report
LONGEST = 2000
ANSWERED_HOW = {
    "page": "查询页面",
    "phone": "电话告知",
    "letter": "书面答复",
    "person": "当面告知",
    "none": "无法联系举报人",
}


def locked(number: int) -> Report:
    """Return a report, held until the deed is done."""
    return Report.objects.select_for_update(of=("self",)).select_related("firm", "handler").get(pk=number)


def held_by(user: User, number: int) -> Report:
    """Return a locked report that this person handles. Raises Refusal for anybody else."""
    report = locked(number)
    refuse_other(user, report)
    return report


def refuse_other(user: User, report: Report) -> None:
    """Raise Refusal for whoever is not the handler of a report, and for the handler once he inspects its firm."""
    if report.handler_id != user.pk:
        raise Refusal(
            "not_the_handler", f"{report}由{_handler_of(report)}经办，请由经办人办理；需要更换经办人由科室负责人指派。"
        )
    refuse_inspector(user, report)


def refuse_inspector(user: User, report: Report) -> None:
    """Raise Refusal for whoever inspects the firm of a report, as far as the roster knows that firm."""
    if inspects_it(user, report):
        raise Refusal(
            "inspects_the_firm",
            f"{user.name}检查过、将要检查被举报单位，或者对它申报过回避，不能经办这件举报，也不能看举报人；请由科室负责人指派其他人。",
        )


def keep(doing: Deed, report: Report, act: str) -> None:
    """Save a report with its event, which says that something was done with a report and nothing that would lead to one."""
    report.version += 1
    doing.save(report)
    doing.record(act, report.obj, {})


def take(user: User, number: int) -> Report:
    """Make oneself the handler of a report that has none. Raises Refusal when another was first."""
    with deed(by=user.actor) as doing:
        report = locked(number)
        if report.handler_id or user.role not in HANDLERS:
            raise Refusal("taken_already", f"{report}已由{_handler_of(report)}经办。")
        refuse_inspector(user, report)
        report.handler = user
        if report.state == State.QUEUED:
            report.state = after(report.state, "release")
        keep(doing, report, "complaint.assigned")
    return report


def assign(user: User, number: int, handler: int) -> Report:
    """Give a report to another handler. Raises Refusal for whoever may not handle reports."""
    with deed(by=user.actor) as doing:
        report, other = locked(number), User.objects.filter(pk=handler, is_active=True, role__in=HANDLERS).first()
        if other is None or report.state in ENDED:
            raise Refusal("no_such_handler", "请选择在职的经办人或科室负责人；已办结的举报件不再指派。")
        refuse_inspector(other, report)
        report.handler = other
        keep(doing, report, "complaint.assigned")
    return report


def release(user: User, numbers: list[int]) -> int:
    """Let reports out of the queue and return how many."""
    with deed(by=user.actor) as doing:
        rows = list(Report.objects.select_for_update(of=("self",)).filter(pk__in=numbers, state=State.QUEUED))
        for report in rows:
            report.state = after(report.state, "release")
            keep(doing, report, "complaint.released")
    return len(rows)


def name_firm(user: User, number: int, typed: str) -> Report:
    """Say which firm of the roster a report is about. Raises Refusal for a name or code that the roster does not have."""
    with deed(by=user.actor) as doing:
        report, firm = held_by(user, number), firm_named(typed)
        if firm is None:
            raise Refusal(
                "no_such_firm",
                f"名录中没有名称或代码为“{typed.strip()}”的在册单位，或者有同名单位；请填写统一社会信用代码。",
            )
        report.firm, report.township = firm, firm.territory or report.township
        keep(doing, report, "complaint.firm")
    return report


def accept(user: User, number: int, text: str) -> Report:
    """Accept a report; the clock for finishing begins. `text`: what the reporter is told, empty for the usual words."""
    with deed(by=user.actor) as doing:
        report = held_by(user, number)
        report.state, report.accepted_on = after(report.state, "accept"), today()
        report.due_on = finish_by(today())
        usual = f"您的举报已经受理，将在 {report.due_on} 前办结；情况复杂依法延长的，会在这里告知。"
        _tell(doing, report, user, text.strip() or usual)
        keep(doing, report, "complaint.accepted")
    return report


def refuse(user: User, number: int, reason: str, text: str) -> Report:
    """Do not accept a report, for a reason of the policy that the reporter is told. Raises Refusal for any other."""
    reasons = office_policy(today()).labels("complaint.refusals")
    if reason not in reasons:
        raise Refusal("no_such_reason", "请选择不予受理的理由；不属于本部门职责的，请用“移送”。")
    with deed(by=user.actor) as doing:
        report = held_by(user, number)
        report.state, report.ended_on = after(report.state, "refuse"), today()
        _tell(doing, report, user, f"不予受理：{reasons[reason]}。{text.strip()}")
        keep(doing, report, "complaint.refused")
    return report


def ask_transfer(user: User, number: int, receiver: str) -> Transfer:
    """Ask the chief to pass a report on to the department whose business it is (安全生产法第73条).

    The letter calls it by number and kind; what was reported is handed over by the handler himself, never in a file that others open.
    """
    with deed(by=user.actor) as doing:
        report = held_by(user, number)
        after(report.stands, "transfer")
        reason = f"投诉举报反映的事项（{kind_title(report)}）不属于本部门职责"
        firm = report.firm.pk if report.firm else None
        row = transfers.send_within(doing, user, report.obj, receiver, reason, subject=str(report), firm=firm)
        keep(doing, report, "complaint.transfer-asked")
    return row


def approved_transfers(*reports: Report) -> dict[str, Transfer]:
    """Return the transfers of reports that the chief has approved, the latest by the report's name."""
    rows = Transfer.objects.filter(about__in=[report.obj for report in reports], approved_at__isnull=False)
    return {row.about: row for row in rows.exclude(state=TransferState.DROPPED).order_by("pk")}


def transfer(user: User, number: int, text: str) -> Report:
    """Close a report whose transfer was approved, and tell the reporter who deals with it now. Raises Refusal before the approval."""
    with deed(by=user.actor) as doing:
        report = held_by(user, number)
        row = approved_transfers(report).get(report.obj)
        report.state, report.ended_on = after(report.stands, "transfer"), today()
        if row is None:
            raise Refusal("not_approved", "移送还没有获得批准；请先“申请移送”，批准后再告知举报人。")
        report.receiver = row.receiver
        _tell(doing, report, user, f"您反映的事项由{row.receiver}负责处理，已经移送。{text.strip()}")
        keep(doing, report, "complaint.transferred")
    return report


def join(user: User, number: int, into: str) -> Report:
    """Handle a report together with an earlier one that is still open and that this person may read."""
    with deed(by=user.actor) as doing:
        report = held_by(user, number)
        first = Report.objects.filter(number=into.strip(), state__in=OPEN).exclude(pk=report.pk).first()
        if first is None or not may_read(user, first):
            raise Refusal(
                "no_such_report", f"没有可以并入的举报件“{into.strip()}”：应为正在办理、您可以查看的另一件的编号。"
            )
        report.state, report.into, report.ended_on = after(report.stands, "join"), first, today()
        keep(doing, report, "complaint.joined")
    return report


def question(user: User, number: int, text: str) -> Report:
    """Ask the reporter something; he finds it behind his tracking code. Raises Refusal without a text and once all is over."""
    with deed(by=user.actor) as doing:
        report = held_by(user, number)
        if not text.strip() or report.state in ENDED:
            raise Refusal("nothing_to_ask", "请写明要问的问题；已办结的举报件不能再提问。")
        pieces.seal(doing, report, Sort.QUESTION, {"text": text.strip()[:LONGEST]}, user)
        keep(doing, report, "complaint.asked")
    return report


def answer(user: User, number: int, text: str, how: str) -> Report:
    """Tell the reporter what was found and close the report. `how`: a key of ANSWERED_HOW; on the tracking page it stands in any case."""
    if not text.strip() or how not in ANSWERED_HOW:
        raise Refusal("answer_missing", "请写明答复内容和答复方式。")
    with deed(by=user.actor) as doing:
        report = held_by(user, number)
        report.state, report.ended_on = after(report.state, "answer"), today()
        _tell(doing, report, user, text.strip(), ANSWERED_HOW[how])
        keep(doing, report, "complaint.answered")
    return report


def mark_read(user: User, number: int) -> None:
    """Note that the handler has read what the reporter added."""
    with deed(by=user.actor) as doing:
        report = held_by(user, number)
        if report.unread:
            report.unread = False
            keep(doing, report, "complaint.read")


def _tell(doing: Deed, report: Report, user: User, text: str, how: str = ANSWERED_HOW["page"]) -> None:
    pieces.seal(doing, report, Sort.NOTICE, {"text": text[:LONGEST], "how": how}, user)


def _handler_of(report: Report) -> str:
    return report.handler.name if report.handler else "还没有人"
