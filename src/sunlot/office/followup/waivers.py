"""Notes why a finding needs no entry in the register or a visit no order. Where a major hazard is concerned a second person decides."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import APPROVERS
from sunlot.office.approvals.kinds import Change, Kind
from sunlot.office.approvals.services import ask_within
from sunlot.office.followup.findings import majors_of, record_in_force
from sunlot.office.followup.models import Waived, Waiver
from sunlot.office.followup.states import OrderState
from sunlot.office.journal.services import Deed
from sunlot.office.visits import moment
from sunlot.office.visits.models import Visit
from sunlot.refusal import Refusal

WAIVE = "followup.waive-major"
EVENTS = {Waived.HAZARD: "hazard.waived", Waived.ORDER: "order.waived"}


def note(doing: Deed, user: User, visit: Visit, what: Waived, finding: str, reason: str) -> Waiver:
    """Return the note, kept. Raises Refusal when there is one, or what it says is not needed is there."""
    if visit.waivers.filter(what=what, finding=finding).exists():
        raise Refusal("waived_already", f"已经说明{what.label}。")
    if what == Waived.HAZARD and visit.major_hazards.filter(finding=finding).exists():
        raise Refusal("registered_already", "这条重大隐患已经列入台账。")
    if what == Waived.ORDER and visit.orders.exclude(state=OrderState.CANCELLED).exists():
        raise Refusal("ordered_already", f"{visit}已经下达责令限期整改。")
    waiver = Waiver(visit=visit, what=what, finding=finding, reason=reason.strip(), by=user, at=moment.now())
    doing.save(waiver)
    doing.record(EVENTS[what], visit.obj, {})
    return waiver


def ask_for_major(doing: Deed, user: User, visit: Visit, what: Waived, finding: str, reason: str) -> None:
    """Ask a second person to decide; until then the finding waits in its list. Raises Refusal while such a request waits."""
    payload = {"visit": visit.pk, "what": what.value, "finding": finding}
    obj = f"{visit.obj}/{what.value}{'/' if finding else ''}{finding}"
    ask_within(doing, user, WAIVE, obj, f"重大隐患{what.label}：{visit}", payload, reason)


def _carry_out(doing: Deed, payload: dict[str, Any], approval: Any) -> None:
    visit = Visit.objects.select_for_update().get(pk=payload["visit"])
    note(doing, approval.asked_by, visit, Waived(payload["what"]), payload["finding"], approval.reason)


def _changes(payload: dict[str, Any]) -> list[Change]:
    visit = Visit.objects.get(pk=payload["visit"])
    record = record_in_force(visit)
    found = majors_of(record) if record else []
    concerned = [one for one in found if payload["finding"] in ("", one.id)]
    firm = (noop("单位"), "", visit.firm_name)
    return [firm, *((noop("重大隐患"), one.text, str(Waived(payload["what"]).label)) for one in concerned)]


def _address(payload: dict[str, Any]) -> str:
    return reverse("visits:one", args=[payload["visit"]])


KIND = Kind(WAIVE, "重大隐患无须处理的说明", APPROVERS, _carry_out, _changes, _address)
