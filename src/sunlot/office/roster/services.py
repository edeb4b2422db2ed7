"""What other apps write into the roster. The clerk's own deeds stand in changes.py, snapshots.py, corrections.py."""

from datetime import date

from sunlot.office.journal.services import Deed
from sunlot.office.roster.models import Firm, VisitEntry
from sunlot.office.roster.snapshots import take_snapshot, take_snapshot_within
from sunlot.policy.vocabulary import VISIT_KINDS
from sunlot.refusal import Refusal

__all__ = ["record_visit", "take_snapshot", "take_snapshot_within"]


def record_visit(
    doing: Deed, firm_id: str, date: date, kind: str, draw: str = "", department: str = "", observed: str = ""
) -> VisitEntry:
    """Return the visit's entry in the ledger, written within a deed with its event.

    `kind`: a key of policy.vocabulary.VISIT_KINDS; `draw`: the draw that led to it; `observed`: a Status met on site that is not the roster's.
    Raises Refusal for a firm or a kind that does not exist, and for the same visit twice.
    """
    if kind not in VISIT_KINDS:
        raise Refusal("no_such_visit_kind", f"没有检查种类 {kind}；可选：{'、'.join(VISIT_KINDS.values())}。")
    firm = Firm.objects.filter(pk=firm_id).first()
    if firm is None:
        raise Refusal("no_such_firm", f"名录中没有 {firm_id}，不能登记检查；请先把该单位加入名录。")
    entry = VisitEntry(firm=firm, date=date, kind=kind, draw=draw, department=department, observed=observed)
    same = {"firm": firm, "date": date, "kind": kind, "draw": draw, "department": department}
    if VisitEntry.objects.filter(**same).exists():
        raise Refusal("visit_known", f"{firm.name} {date} 的{VISIT_KINDS[kind]}已经登记过。")
    doing.save(entry)
    pub = {"date": date.isoformat(), "kind": VISIT_KINDS[kind], "draw": draw or "—"}
    doing.record("roster.visited", f"firm/{firm.pk}", pub)
    return entry
