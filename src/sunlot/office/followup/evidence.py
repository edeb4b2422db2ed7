"""Evidence that a problem was put right, handed in by the firm on its own page or by an inspector for it."""

from collections.abc import Iterable

from sunlot.office.accounts.models import User
from sunlot.office.followup.deadlines import recheck_by
from sunlot.office.followup.files import Checked, checked, keep
from sunlot.office.followup.models import Evidence, Hazard, Order
from sunlot.office.followup.orders import locked, move, save
from sunlot.office.followup.queries import refuse_stranger
from sunlot.office.followup.states import OPEN_HAZARDS, OPEN_ORDERS, ORDERS, may
from sunlot.office.journal.services import Deed, deed
from sunlot.office.shell.handed import Handed
from sunlot.office.visits import moment
from sunlot.refusal import Refusal

LONGEST = 2000  # letters of a text
MOST = 50  # times one may hand in for one thing, so that nobody floods the office


def hand_in(order_pk: int, by: str, text: str, files: Iterable[Handed], done: bool = False) -> Evidence:
    """Return the evidence kept for an order. `by`: a pseudonym of the journal, user.actor, or u/firm for the firm itself.

    `done`: the firm reports that it has put everything right, which the recheck then looks at. Raises Refusal without text and files, for a
    file that is no picture or PDF or too large, once the order has come to an end, and for too many.
    """
    taken = checked(files)
    with deed(by=by) as doing:
        order = Order.objects.select_for_update().get(pk=order_pk)
        if order.state not in OPEN_ORDERS:
            raise Refusal("ended", f"{order}{order.get_state_display()}，不再接收整改材料。")
        evidence = _evidence(doing, by, text, taken, order.evidence.count(), order=order)
        if done:
            _report(order)
            save(doing, order, "order.reported", {"count": len(taken)})
        else:
            doing.record("order.evidence", order.obj, {"count": len(taken)})
    return evidence


def hand_in_by(user: User, order_pk: int, text: str, files: Iterable[Handed], done: bool = False) -> Evidence:
    """Return the evidence that somebody of the office hands in for the firm. Raises Refusal as `hand_in`, and for who does not follow it up."""
    with deed(by=user.actor):
        locked(user, order_pk)
        return hand_in(order_pk, user.actor, text, files, done)


def _report(order: Order) -> None:
    if not may(ORDERS, order.state, "report"):
        raise Refusal(
            "nothing_to_report", f"{order}{order.get_state_display()}，不能报告整改完成；补充材料请不要勾选“整改完成”。"
        )
    move(order, "report")
    order.reported_at = moment.now()
    order.recheck_by = recheck_by(order.deadline, moment.today())


def hand_in_for_hazard(user: User, hazard_pk: int, text: str, files: Iterable[Handed]) -> Evidence:
    """Return the evidence kept for a major hazard. Raises Refusal as `hand_in` does, and for who does not follow it up."""
    taken = checked(files)
    with deed(by=user.actor) as doing:
        hazard = Hazard.objects.select_for_update(of=("self",)).select_related("visit").get(pk=hazard_pk)
        refuse_stranger(user, hazard.visit)
        if hazard.state not in OPEN_HAZARDS:
            raise Refusal("ended", f"{hazard}{hazard.get_state_display()}，不再接收治理材料。")
        evidence = _evidence(doing, user.actor, text, taken, hazard.evidence.count(), hazard=hazard)
        doing.record("hazard.evidence", hazard.obj, {"count": len(taken)})
    return evidence


def _evidence(
    doing: Deed,
    by: str,
    text: str,
    files: list[Checked],
    before: int,
    order: Order | None = None,
    hazard: Hazard | None = None,
) -> Evidence:
    text = text.strip()
    if not text and not files:
        raise Refusal("nothing_handed_in", "请写明整改情况，或附上照片、扫描件。")
    if len(text) > LONGEST:
        raise Refusal("too_long", f"说明不超过 {LONGEST} 字，现为 {len(text)} 字。")
    if before >= MOST:
        raise Refusal("too_many", f"已提交 {before} 次材料，请联系承办人。")
    evidence = Evidence(order=order, hazard=hazard, by=by, text=text, at=moment.now())
    doing.save(evidence)
    keep(doing, files, evidence=evidence)
    return evidence
