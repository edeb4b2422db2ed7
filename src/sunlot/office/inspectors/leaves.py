"""Writing leave: somebody enters his own, a clerk enters it for others. A leave is cancelled, never deleted."""

from datetime import date

from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import CLERK
from sunlot.office.inspectors.models import Inspector, Leave
from sunlot.office.inspectors.queries import inspector_of
from sunlot.office.journal.services import Deed, deed
from sunlot.refusal import Refusal


def enter(user: User, person: Inspector, kind: str, start: date, end: date) -> Leave:
    """Return a new leave. Raises Refusal for somebody else's, for days in the wrong order and for days that overlap with a leave."""
    _his_to_write(user, person)
    with deed(by=user.actor) as doing:
        leave = enter_within(doing, person, kind, start, end)
        doing.record("leave.entered", leave.obj, {})
    return leave


def enter_within(doing: Deed, person: Inspector, kind: str, start: date, end: date) -> Leave:
    """Return a new leave as part of a deed, whose event is still to be recorded. Raises Refusal."""
    if end < start:
        raise Refusal("days_reversed", f"结束日期 {end} 早于开始日期 {start}，请核对。")
    Inspector.objects.select_for_update().get(pk=person.pk)  # two entries for one person come one after the other
    if other := overlapping(person, start, end):
        raise Refusal(
            "leave_overlaps",
            f"{person} 在 {other.start} 至 {other.end} 已登记{other.kind}，与 {start} 至 {end} 重叠；"
            "请改日期，或先撤销原来那条。",
        )
    leave = Leave(inspector=person, kind=kind, start=start, end=end)
    doing.save(leave)
    return leave


def overlapping(person: Inspector, start: date, end: date) -> Leave | None:
    """Return a leave of this person that shares a day with the span, or None."""
    return Leave.objects.filter(inspector=person, cancelled=False, start__lte=end, end__gte=start).first()


def cancel(user: User, *numbers: int) -> None:
    """Take leaves back, all or none. Raises Refusal for somebody else's, and for one that was cancelled already."""
    with deed(by=user.actor) as doing:
        for leave in Leave.objects.select_for_update(of=("self",)).select_related("inspector").filter(pk__in=numbers):
            _his_to_write(user, leave.inspector)
            if leave.cancelled:
                raise Refusal("already_cancelled", f"{leave.inspector} {leave.start} 起的请假已经撤销。")
            leave.cancelled = True
            doing.save(leave)
            doing.record("leave.cancelled", leave.obj, {})


def _his_to_write(user: User, person: Inspector) -> None:
    if user.role != CLERK and inspector_of(user) != person:
        raise Refusal("not_yours", "只能登记或撤销本人的请假；他人的请假由经办人登记。")
