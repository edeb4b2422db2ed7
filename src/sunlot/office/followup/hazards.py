"""重大隐患台账: entered from a record's major findings or because it came to light another way, kept, and signed off by a second person."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import APPROVERS
from sunlot.office.approvals.kinds import Change, Kind
from sunlot.office.approvals.services import ask_within
from sunlot.office.followup import waivers
from sunlot.office.followup.findings import majors_of, record_in_force
from sunlot.office.followup.models import Hazard, Level, Waived
from sunlot.office.followup.queries import pending, refuse_stranger
from sunlot.office.followup.states import HAZARDS, HazardState, after
from sunlot.office.journal.services import deed
from sunlot.office.roster.models import Firm
from sunlot.office.shell.forms import StaleEdit
from sunlot.office.visits import moment
from sunlot.office.visits.models import Visit
from sunlot.refusal import Refusal

SIGN_OFF = "followup.sign-off"
MUST = {"text": "隐患内容", "measures": "治理措施", "interim": "治理期间的临时措施", "responsible": "治理责任人"}


@dataclass(frozen=True)
class Facts:
    """What the register says of a major hazard."""

    text: str
    measures: str
    interim: str
    responsible: str
    deadline: date
    level: str = Level.NONE.value
    basis: str = ""
    phone: str = ""

    def put_into(self, hazard: Hazard) -> None:
        """Write the facts into a row. Raises Refusal that names what is missing (安全生产法第41条: measures, and somebody who answers)."""
        if missing := [title for name, title in MUST.items() if not getattr(self, name).strip()]:
            raise Refusal("facts_missing", f"请填写{'、'.join(missing)}。")
        if self.level not in Level.values:
            raise Refusal("level_wrong", "督办级别只能从列表中选。")
        if self.deadline < hazard.found_on:
            raise Refusal("deadline_wrong", f"治理期限 {self.deadline} 早于发现日期 {hazard.found_on}。")
        for name in ("text", "measures", "interim", "responsible", "basis", "phone"):
            setattr(hazard, name, getattr(self, name).strip())
        hazard.level, hazard.deadline = self.level, self.deadline


def register(user: User, visit: int, finding: str, facts: Facts) -> Hazard:
    """Return the entry of a major hazard that a signed record found. Raises Refusal when the record does not say so, or it is entered already."""
    with deed(by=user.actor) as doing:
        row = _major(user, visit, finding)
        if row.major_hazards.filter(finding=finding).exists():
            raise Refusal("registered_already", "这条重大隐患已经列入台账。")
        found_on = moment.today() if row.started_at is None else moment.day_of(row.started_at.isoformat())
        hazard = Hazard(visit=row, finding=finding, firm_id=row.firm_id, firm_name=row.firm_name, found_on=found_on)
        hazard.entered_by = user
        facts.put_into(hazard)
        doing.save(hazard)
        doing.record("hazard.registered", hazard.obj, {"deadline": hazard.deadline.isoformat()})
    return hazard


def register_other(user: User, firm: str, found_on: date, facts: Facts) -> Hazard:
    """Return the entry of a major hazard that no visit of ours found: reported by the firm, from above, in a complaint."""
    with deed(by=user.actor) as doing:
        refuse_stranger(user, None)
        row = Firm.objects.filter(pk=firm, listed=True).first()
        if row is None:
            raise Refusal("no_such_firm", f"名录中没有在册的 {firm}；请核对统一社会信用代码。")
        if found_on > moment.today():
            raise Refusal("found_on_wrong", f"发现日期 {found_on} 在将来，请改正。")
        hazard = Hazard(firm=row, firm_name=row.name, found_on=found_on, entered_by=user)
        facts.put_into(hazard)
        doing.save(hazard)
        doing.record("hazard.registered", hazard.obj, {"deadline": hazard.deadline.isoformat()})
    return hazard


def waive(user: User, visit: int, finding: str, reason: str) -> None:
    """Ask a second person to agree that a finding does not belong in the register."""
    if not reason.strip():
        raise Refusal("reason_missing", "不列入台账的，请写明理由。")
    with deed(by=user.actor) as doing:
        row = _major(user, visit, finding)
        if row.waivers.filter(what=Waived.HAZARD, finding=finding).exists():
            raise Refusal("waived_already", "已经说明不列入台账。")
        if row.major_hazards.filter(finding=finding).exists():
            raise Refusal("registered_already", "这条重大隐患已经列入台账。")
        waivers.ask_for_major(doing, user, row, Waived.HAZARD, finding, reason)


def _major(user: User, visit: int, finding: str) -> Visit:
    row = Visit.objects.select_for_update().get(pk=visit)
    refuse_stranger(user, row)
    record = record_in_force(row)
    if record is None or finding not in {found.id for found in majors_of(record)}:
        raise Refusal("not_in_the_record", "已签字的检查记录中没有这条重大隐患；请刷新页面。")
    return row


def change(user: User, number: int, version: int, facts: Facts) -> Hazard:
    """Return an entry with other facts; one whose sign-off was turned down is open again. Raises StaleEdit when it changed meanwhile."""
    with deed(by=user.actor) as doing:
        hazard = _locked(user, number)
        if hazard.version != version:
            raise StaleEdit(str(hazard))
        _move(hazard, "change")
        facts.put_into(hazard)
        hazard.version += 1
        doing.save(hazard)
        doing.record("hazard.changed", hazard.obj, {"deadline": hazard.deadline.isoformat()})
    return hazard


def report(user: User, number: int, conclusion: str) -> Hazard:
    """Ask a second person to sign an entry off, and return it. Raises Refusal without a conclusion or without a photo or scan that proves it."""
    if not conclusion.strip():
        raise Refusal("conclusion_missing", "申请销号请写明治理和核查情况。")
    with deed(by=user.actor) as doing:
        hazard = _locked(user, number)
        if not hazard.evidence.filter(files__isnull=False).exists():
            raise Refusal("no_evidence", "没有治理完成的照片或扫描件，不能申请销号；请先上传治理材料。")
        _move(hazard, "report")
        hazard.conclusion, hazard.reported_by, hazard.version = conclusion.strip(), user, hazard.version + 1
        doing.save(hazard)
        doing.record("hazard.reported", hazard.obj, {})
        title = f"重大隐患销号：{hazard}"
        ask_within(doing, user, SIGN_OFF, hazard.obj, title, {"hazard": hazard.pk}, conclusion)
    return hazard


def _locked(user: User, number: int) -> Hazard:
    hazard = Hazard.objects.select_for_update(of=("self",)).select_related("visit").get(pk=number)
    refuse_stranger(user, hazard.visit)
    if pending(hazard.obj, SIGN_OFF):
        raise Refusal("waits", f"{hazard}的销号正在等待审批；请等它办结，或先撤回。")
    return hazard


def _move(hazard: Hazard, act: str) -> None:
    hazard.state = after(HAZARDS, hazard.state, act, str(hazard), str(HazardState(hazard.state).label))


def _sign_off(doing: Any, payload: dict[str, Any], approval: Any) -> None:
    hazard = Hazard.objects.select_for_update().get(pk=payload["hazard"])
    _move(hazard, "sign_off")
    hazard.closed_on, hazard.version = moment.today(), hazard.version + 1
    doing.save(hazard)
    doing.record("hazard.signed-off", hazard.obj, {})


def _changes(payload: dict[str, Any]) -> list[Change]:
    hazard = Hazard.objects.get(pk=payload["hazard"])
    return [
        (noop("单位"), "", hazard.firm_name),
        (noop("状态"), str(HazardState.REPORTED.label), str(HazardState.CLOSED.label)),
        (noop("隐患内容"), "", hazard.text),
        (noop("治理和核查情况"), "", hazard.conclusion),
    ]


def _address(payload: dict[str, Any]) -> str:
    return reverse("followup:hazard", args=[payload["hazard"]])


KIND = Kind(SIGN_OFF, "重大隐患销号", APPROVERS, _sign_off, _changes, _address)
