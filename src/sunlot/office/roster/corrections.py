"""A firm says that its entry is wrong (更正申请): entered, then accepted as an edit or refused with an answer."""

from datetime import date

from django.utils import timezone

from sunlot.office.accounts.models import User
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.models import State as Asked
from sunlot.office.journal.services import Deed, deed
from sunlot.office.roster.changes import ACTS, Act, Body, check_edit, edit, edit_is_drawn, settle_within
from sunlot.office.roster.facts import clean_fact, title_of
from sunlot.office.roster.models import FACTS, Correction, Firm, Step
from sunlot.refusal import Refusal

MOVES = {  # where it stands, what is done: where it stands then
    (Step.ASKED, "accept"): Step.ACCEPTED,
    (Step.ASKED, "send"): Step.WAITING,  # a round is open: a second person decides about the edit
    (Step.ASKED, "refuse"): Step.REFUSED,
    (Step.WAITING, "accept"): Step.ACCEPTED,
    (Step.WAITING, "send"): Step.WAITING,  # the approval was refused or withdrawn, and it is asked again
    (Step.WAITING, "refuse"): Step.REFUSED,
}


def ask(by: str, firm: str, field: str, wanted: str, ground: str, asked_by: str, contact: str, on: date) -> Correction:
    """Return a new request, entered by the clerk or by the firm itself (`by`, the actor). Raises Refusal for a field that is no fact, a value that cannot be, or without a ground."""
    if field not in FACTS:
        raise Refusal("no_such_fact", f"没有可以更正的项目“{field}”。")
    if not ground.strip() or not asked_by.strip():
        raise Refusal("ground_missing", "请填写申请人，以及理由和证明材料。")
    wanted = clean_fact(field, wanted)
    found = Firm.objects.filter(pk=firm, listed=True).first()
    if found is None:
        raise Refusal("no_such_firm", f"名录中没有在册的 {firm}。")
    if wanted == getattr(found, field):
        raise Refusal("nothing_changed", f"{title_of(field)}现在就是“{wanted}”，不需要更正。")
    correction = Correction(
        firm=found,
        field=field,
        wanted=wanted,
        ground=ground.strip(),
        asked_by=asked_by.strip(),
        contact=contact,
        asked_on=on,
    )
    with deed(by=by) as doing:
        doing.save(correction)
        doing.record("roster.correction-asked", f"firm/{firm}", {"field": title_of(field)})
    return correction


def accept(user: User, number: int, version: int, answer: str) -> Approval | None:
    """Apply a correction as an edit; while a round is open and the draw reads the fact, return the request for approval."""
    with deed(by=user.actor) as doing:
        correction = _locked(number, version)
        firm = Firm.objects.get(pk=correction.firm_id)
        body = {
            "firm": firm.pk,
            "version": firm.version,
            "values": {correction.field: correction.wanted},
            "correction": correction.pk,
            "answer": answer.strip(),
            "by": user.pk,
        }
        reason = f"企业申请更正：{correction.ground}"
        asked = settle_within(doing, user, "correct", body, reason)
        if asked:
            _move(doing, correction, "send", answer, user.pk)
    return asked


def refuse(user: User, number: int, version: int, answer: str) -> Correction:
    """Refuse a correction with the answer that the firm gets, and return it."""
    if not answer.strip():
        raise Refusal("answer_missing", "不予更正请写明理由，申请人会看到。")
    with deed(by=user.actor) as doing:
        correction = _locked(number, version)
        _move(doing, correction, "refuse", answer, user.pk)
    return correction


def _locked(number: int, version: int) -> Correction:
    correction = Correction.objects.select_for_update().get(pk=number)
    if correction.version != version:
        raise Refusal("stale_edit", "这份更正申请在您打开之后已被他人办理，请刷新后再看。")
    if Approval.objects.filter(obj=f"firm/{correction.firm_id}", state=Asked.PENDING).exists():
        raise Refusal("already_asked", "该单位有一份变更正在等待审批，请等它办结。")
    return correction


def _move(doing: Deed, correction: Correction, act: str, answer: str, by: int) -> None:
    there = MOVES.get((Step(correction.state), act))
    if there is None:
        raise Refusal("correction_closed", f"这份更正申请{correction.get_state_display()}，不能再办理。")
    correction.state, correction.answer, correction.version = there, answer.strip(), correction.version + 1
    if there in (Step.ACCEPTED, Step.REFUSED):
        correction.decided_on, correction.decided_by_id = timezone.localdate(), by
    doing.save(correction)
    doing.record(
        f"roster.correction-{there.value}", f"firm/{correction.firm_id}", {"field": title_of(correction.field)}
    )


def _correct(doing: Deed, body: Body) -> None:
    edit(doing, body)
    correction = Correction.objects.select_for_update().get(pk=body["correction"])
    _move(doing, correction, "accept", body["answer"], body["by"])


ACTS["correct"] = Act("按企业申请更正", check_edit, _correct, edit_is_drawn)
