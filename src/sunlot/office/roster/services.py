"""What other apps write into the roster. The clerk's own deeds stand in changes.py, snapshots.py, corrections.py."""

from datetime import date

from sunlot.office.accounts.models import User
from sunlot.office.journal.services import Deed, deed
from sunlot.office.roster.models import Firm, VisitEntry
from sunlot.office.roster.snapshots import take_snapshot, take_snapshot_within
from sunlot.policy.vocabulary import VISIT_KINDS
from sunlot.refusal import Refusal

__all__ = ["correct_visit", "enter_visit", "record_visit", "take_snapshot", "take_snapshot_within"]


def record_visit(
    doing: Deed,
    firm_id: str,
    date: date,
    kind: str,
    draw: str = "",
    department: str = "",
    observed: str = "",
    held: bool = True,
) -> VisitEntry:
    """Return the visit's entry in the ledger, written within a deed with its event.

    Several visits of a firm on one day are several entries, even of one kind and department: two orders may be rechecked together.
    `kind`: a key of policy.vocabulary.VISIT_KINDS; `draw`: the draw that led to it; `observed`: a Status met on site that is not the roster's;
    `held`: whether there was a check, and somebody to be checked.
    Raises Refusal for a firm or a kind that does not exist.
    """
    if kind not in VISIT_KINDS:
        raise Refusal("no_such_visit_kind", f"没有检查种类 {kind}；可选：{'、'.join(VISIT_KINDS.values())}。")
    firm = Firm.objects.filter(pk=firm_id).first()
    if firm is None:
        raise Refusal("no_such_firm", f"名录中没有 {firm_id}，不能登记检查；请先把该单位加入名录。")
    entry = VisitEntry(firm=firm, date=date, kind=kind, draw=draw, department=department, observed=observed, held=held)
    doing.save(entry)
    pub = {"date": date.isoformat(), "draw": draw or "—"}
    doing.record("roster.visited" if held else "roster.visited-in-vain", f"firm/{firm.pk}", pub)
    return entry


def correct_visit(doing: Deed, entry: VisitEntry, date: date, department: str, observed: str, held: bool) -> None:
    """Bring an entry to what a later edition of its record says, with an event; nothing is written when it says the same."""
    before = (entry.date, entry.department, entry.observed, entry.held)
    if before == (date, department, observed, held):
        return
    entry.date, entry.department, entry.observed, entry.held = date, department, observed, held
    doing.save(entry)
    pub = {"date": date.isoformat(), "how": "实施了检查" if held else "未能检查"}
    doing.record("roster.visit-corrected", f"firm/{entry.firm_id}", pub)


def enter_visit(
    user: User, firm_id: str, date: date, kind: str, department: str = "", observed: str = ""
) -> VisitEntry:
    """Return the entry of a visit that somebody typed in. Raises Refusal for one that is there already: whoever types has nothing else to know it by."""
    with deed(by=user.actor) as doing:
        same = VisitEntry.objects.filter(firm_id=firm_id, date=date, kind=kind, draw="", department=department).first()
        if same is not None:
            raise Refusal("visit_known", f"{same.firm.name} {date} 的{VISIT_KINDS[kind]}已经登记过。")
        return record_visit(doing, firm_id, date, kind, "", department, observed)
