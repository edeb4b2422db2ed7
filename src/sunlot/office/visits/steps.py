"""What the office does with a visit besides approving it: notice, cancel, correct a signed record, report a refusal, follow up a failed one."""

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from sunlot.office.accounts.models import User
from sunlot.office.approvals.models import Approval
from sunlot.office.journal.services import Deed, deed
from sunlot.office.lottery import substituting
from sunlot.office.roster.changes import change_status
from sunlot.office.shell.language import in_chinese
from sunlot.office.visits import moment, queries, records
from sunlot.office.visits.making import CHUNK
from sunlot.office.visits.models import Origin, Visit
from sunlot.office.visits.states import WAYS, State, after
from sunlot.refusal import Refusal

SUBSTITUTES = {"closed": "closed", "gone": "moved"}  # outcomes for which the draw knows a reason; 联系不上 is none


def notify(user: User, numbers: Iterable[int], notice: str) -> int:
    """Return how many firms were noted as notified. `notice`: how and whom, e.g. 电话通知张某. Raises Refusal without it, or for a secret visit."""
    if not notice.strip():
        raise Refusal("notice_missing", "请写明通知方式和接收人，例如“电话通知办公室王某”。")
    with deed(by=user.actor) as doing:
        rows = list(Visit.objects.select_for_update().filter(pk__in=list(numbers)).order_by("pk"))
        for visit in rows:
            if visit.secret:
                raise Refusal("secret", f"{visit}是不事先通知的检查，不能通知企业。")
            visit.state, visit.notice, visit.noticed_at = after(visit.state, "notify"), notice.strip(), moment.now()
            _save(doing, visit, "visit.noticed")
    return len(rows)


def cancel(user: User, number: int, reason: str) -> None:
    """Cancel a visit that has not begun. A drawn one is only cancelled by its draw: substitution or void."""
    if not reason.strip():
        raise Refusal("reason_missing", "撤销检查请写明理由。")
    with deed(by=user.actor) as doing:
        visit = _locked(number)
        if visit.origin == Origin.DRAW and not _draw_is_void(visit):
            raise Refusal("drawn", "抽取产生的检查不能撤销；单位注销、迁出、合并的，请以候补替换。")
        visit.state = after(visit.state, "cancel")
        _save(doing, visit, "visit.cancelled", reason.strip())


def cancellable(draw: str) -> QuerySet[Visit]:
    """Return the visits of a draw that have not begun."""
    return Visit.objects.filter(draw=draw, state__in=list(WAYS["cancel"])).order_by("pk")


def cancel_of_void(user: User, draw: str, reason: str) -> int:
    """Return how many visits of a voided draw were cancelled: all that have not begun. Raises Refusal for a draw that stands."""
    if not reason.strip():
        raise Refusal("reason_missing", "撤销检查请写明理由。")
    with deed(by=user.actor) as doing:
        rows = list(cancellable(draw).select_for_update())
        if not rows:
            raise Refusal("nothing_to_cancel", f"抽取 {draw} 没有可以撤销的检查。")
        if not _draw_is_void(rows[0]):
            raise Refusal("drawn", f"抽取 {draw} 没有作废，抽取产生的检查不能撤销。")
        for start in range(0, len(rows), CHUNK):
            part = rows[start : start + CHUNK]
            for visit in part:
                visit.state, visit.version = after(visit.state, "cancel"), visit.version + 1
                doing.save(visit)
            pub = {"draw": draw, "count": len(part)}
            doing.record("visit.cancelled-all", f"draw/{draw}", pub, {"reason": reason.strip()})
    return len(rows)


def amend(user: User, number: int, reason: str) -> None:
    """Open a signed record for correction: its next edition needs new signatures; the signed one stands until then."""
    if not reason.strip():
        raise Refusal("reason_missing", "更正已签字的记录请写明理由。")
    with deed(by=user.actor) as doing:
        visit = _locked(number)
        visit.state = after(visit.state, "amend")
        _save(doing, visit, "visit.amending", reason.strip())


def go_on(user: User, number: int) -> None:
    """Go on with a visit whose record was made but nobody has signed. Raises Refusal once somebody has."""
    with deed(by=user.actor) as doing:
        visit = _locked(number)
        record = records.latest(visit)
        if record is not None and records.is_signed(record):
            raise Refusal("signed", "记录已有人签字，不能直接退回；请写明理由办理“重新起草记录”，另出一版重新签字。")
        visit.state = after(visit.state, "go_on")
        _save(doing, visit, "visit.changes-again")


def redraft(user: User, number: int, reason: str) -> None:
    """Give up a record that somebody has signed and that was found wrong before its end: it is kept with its signatures, the next edition needs new ones.

    Whoever is on the team may do it, and the office. Raises Refusal without a reason, and for a record that nobody has signed: that one simply goes on.
    """
    if not reason.strip():
        raise Refusal("reason_missing", "重新起草已有人签字的记录请写明理由。")
    with deed(by=user.actor) as doing:
        visit = _locked(number)
        visit.state = after(visit.state, "redraft")
        record = records.latest(visit)
        if record is None or not records.is_signed(record):
            raise Refusal("nobody_has_signed", "记录还没有人签字，返回继续填写即可，不必重新起草。")
        record.replaced = record.given_up = True
        doing.save(record)
        visit.version += 1
        doing.save(visit)
        doing.record("visit.redrafted", visit.obj, {"edition": record.edition}, {"reason": reason.strip()})


def report(user: User, number: int) -> None:
    """Note that whoever is in charge has been told of a refused signature (安全生产法第68条), or of a firm that would not be inspected."""
    with deed(by=user.actor) as doing:
        visit = _locked(number)
        if not queries.to_report().filter(pk=visit.pk).exists():
            raise Refusal("nothing_to_report", "这次检查没有待报告的拒签或不配合情况。")
        visit.reported_at = moment.now()
        _save(doing, visit, "visit.reported")


def substitute_firm(user: User, number: int, evidence: str) -> Approval:
    """Ask a second person to have the next reserve take the place of a drawn firm that is closed or gone; then it gets its own visit.

    Raises Refusal for another outcome: a firm that cannot be reached is a result, no reason to draw another.
    """
    visit = Visit.objects.get(pk=number)
    if visit.state != State.FAILED or visit.outcome not in SUBSTITUTES or not visit.draw:
        raise Refusal("no_substitute", "只有查明已注销、关闭或迁出的抽中单位才由候补替换；联系不上要如实记录。")
    request = {"out": visit.firm_id, "reason": SUBSTITUTES[visit.outcome], "evidence": evidence}
    return substituting.ask(user, visit.draw, request)


def substitute_officer(user: User, number: int, request: Mapping[str, str]) -> Approval:
    """Ask a second person to have the next reserve go instead of an officer of a drawn visit. `request`: out, reason, evidence."""
    visit = Visit.objects.get(pk=number)
    if not visit.draw:
        raise Refusal("not_drawn", "这次检查不是抽取产生的；请申请更换人员。")
    return substituting.ask(user, visit.draw, {**request, "visit": visit.firm_id})


def propose_status(user: User, number: int, status: str) -> Approval | None:
    """Change the firm's status in the roster to what was found on site; while a round is open this asks for approval."""
    visit = Visit.objects.select_related("firm").get(pk=number)
    if visit.state != State.FAILED:
        raise Refusal("no_status_found", "只有未能检查的，才据以更新名录中的经营状态。")
    with in_chinese():
        reason = f"{visit}现场核查：{visit.get_state_display()}"
    return change_status(user, visit.firm_id, visit.firm.version, status, reason)


def _draw_is_void(visit: Visit) -> bool:
    from sunlot.office.lottery.register import folder_of

    return bool(folder_of(visit.draw).void)


def _locked(number: int) -> Visit:
    return Visit.objects.select_for_update().get(pk=number)


def _save(doing: Deed, visit: Visit, act: str, reason: str = "") -> None:
    visit.version += 1
    doing.save(visit)
    doing.record(act, visit.obj, {}, {"reason": reason} if reason else None)
