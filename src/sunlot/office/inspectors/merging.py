"""One person under two numbers: the number that lives on takes over everything, the other stays and names it."""

from sunlot.office.inspectors.models import Certificate, Inspector, Leave, Recusal
from sunlot.office.inspectors.staff import FACTS
from sunlot.office.journal.services import Deed
from sunlot.refusal import Refusal


def merge(doing: Deed, kept: str, duplicate: str, reason: str) -> Inspector:
    """Return the person who is kept, with the other's certificates, leave, recusals and whatever he lacked. Raises Refusal.

    The other's account goes on working: `queries.inspector_of` follows the number that was merged.
    """
    if kept == duplicate:
        raise Refusal("same_number", "两个编号相同；请填另一条的人员编号。")
    found = {row.pk: row for row in Inspector.objects.select_for_update().filter(pk__in=[kept, duplicate])}
    survivor, other = _alive(found, kept), _alive(found, duplicate)
    _take_over(doing, survivor, other)
    for name in FACTS:
        setattr(survivor, name, getattr(survivor, name) or getattr(other, name))
    survivor.version += 1
    other.version, other.merged_into = other.version + 1, survivor
    doing.save(survivor)
    doing.save(other)
    doing.record("inspector.merged", survivor.obj, {"inspector": kept, "duplicate": duplicate}, {"reason": reason})
    return survivor


def _alive(found: dict[str, Inspector], number: str) -> Inspector:
    if number not in found or not found[number].listed:
        raise Refusal("no_such_person", f"名录里没有编号 {number}，请核对。")
    if found[number].merged_into_id:
        raise Refusal("merged", f"{number} 已并入 {found[number].merged_into_id}，不能再次合并。")
    return found[number]


def _take_over(doing: Deed, survivor: Inspector, other: Inspector) -> None:
    """Give the survivor what hangs on the other number; leave that the survivor has anyway is cancelled."""
    for leave in other.leaves.filter(cancelled=False):
        leave.cancelled = _has_anyway(survivor, leave)
        leave.inspector = survivor
        doing.save(leave)
    rows: list[Certificate | Recusal | Leave] = [*other.certificates.all(), *other.recusals.all(), *other.leaves.all()]
    for row in rows:
        row.inspector = survivor
        doing.save(row)
    for earlier in other.duplicates.all():
        earlier.merged_into = survivor
        doing.save(earlier)


def _has_anyway(survivor: Inspector, leave: Leave) -> bool:
    """Return whether the survivor is away on all these days. Raises Refusal when he is on some of them: a person must say which is right."""
    span = survivor.leaves.filter(cancelled=False, start__lte=leave.end, end__gte=leave.start).first()
    if span is None:
        return False
    if span.start <= leave.start and leave.end <= span.end:
        return True
    raise Refusal(
        "leave_overlaps",
        f"两个编号的请假部分重叠（{span.start} 至 {span.end}，{leave.start} 至 {leave.end}）；请先撤销其中一条再合并。",
    )
