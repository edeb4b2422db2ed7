"""停止供电、停止供应民用爆炸物品 (安全生产法第70条): ordered by the one who heads the bureau, with both papers; lifted once the firm has obeyed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from sunlot.documents.statutory import Value
from sunlot.office.accounts.models import User
from sunlot.office.accounts.queries import doer_of
from sunlot.office.accounts.roles import APPROVERS, LEADING
from sunlot.office.approvals.kinds import Change, Kind
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.services import ask_within
from sunlot.office.catalog.policies import office_policy
from sunlot.office.followup.cut_models import SUPPLIED, Measure, PowerCut
from sunlot.office.followup.models import Hazard
from sunlot.office.followup.queries import pending, refuse_stranger
from sunlot.office.followup.states import OPEN_HAZARDS, HazardState
from sunlot.office.journal.services import Deed, deed
from sunlot.office.papers.issuing import issue
from sunlot.office.visits import moment
from sunlot.refusal import Refusal

CUT, LIFT = "followup.cut", "followup.lift"
DECISION, NOTICE, RESTORED = "power_cut_decision", "power_cut_notice", "power_restored"


@dataclass(frozen=True)
class Wanted:
    """The measure as it is wanted. `government`, `court`: where the firm may turn against it."""

    measure: str
    supplier: str
    decided_on: date
    decision: str
    reason: str
    starts_at: datetime
    urgent: bool
    government: str
    court: str

    def plain(self) -> dict[str, Any]:
        """Return it as a request keeps it."""
        days = {"decided_on": self.decided_on.isoformat(), "starts_at": self.starts_at.isoformat()}
        return {
            name: value.strip() if isinstance(value, str) else value for name, value in self.__dict__.items()
        } | days


def from_plain(body: dict[str, Any]) -> Wanted:
    """Return what a request kept."""
    days = {
        "decided_on": date.fromisoformat(body["decided_on"]),
        "starts_at": datetime.fromisoformat(body["starts_at"]),
    }
    return Wanted(**body | days)


def ask_cut(user: User, number: int, wanted: Wanted) -> Approval:
    """Ask the bureau's head to cut a firm off. Raises Refusal without a decision that was not obeyed, and with too short a notice."""
    with deed(by=user.actor) as doing:
        hazard = Hazard.objects.select_for_update(of=("self",)).get(pk=number)
        refuse_stranger(user, hazard.visit)
        _refuse_cut(hazard, wanted)
        if pending(hazard.obj, CUT):
            raise Refusal("cut_waiting", f"{hazard}的停止供应措施已报批，请等它办结。")
        payload = {"hazard": hazard.pk, "wanted": wanted.plain()}
        title = f"{Measure(wanted.measure).label}审批：{hazard}"
        return ask_within(doing, user, CUT, hazard.obj, title, payload, wanted.reason)


def _refuse_cut(hazard: Hazard, wanted: Wanted) -> None:
    if hazard.state not in OPEN_HAZARDS:
        raise Refusal("hazard_closed", f"{hazard}现为“{HazardState(hazard.state).label}”，不能再采取停止供应措施。")
    if wanted.measure not in Measure.values:
        raise Refusal("measure_wrong", f"措施只能是：{'、'.join(map(str, Measure.labels))}。")
    texts = (wanted.supplier, wanted.decision, wanted.reason, wanted.government, wanted.court)
    if not all(text.strip() for text in texts):
        raise Refusal("facts_missing", "请填写供应单位、没有执行的决定、拒不执行的情况和现实危险、复议机关和法院。")
    if not hazard.found_on <= wanted.decided_on <= moment.today():
        raise Refusal("day_wrong", f"原决定日期应在发现日期 {hazard.found_on} 到今天之间，现为 {wanted.decided_on}。")
    if PowerCut.objects.filter(hazard=hazard, measure=wanted.measure, lifted_on=None).exists():
        raise Refusal("cut_already", f"{hazard}已经采取{Measure(wanted.measure).label}措施。")
    policy, now = office_policy(moment.today()), moment.now()
    hours = 0 if wanted.urgent or wanted.measure != Measure.POWER else policy.count("power_cut.notice_hours")
    if wanted.starts_at < now + timedelta(hours=hours):
        law = policy.text("citation.power_cut")
        least = f"应当提前 {hours} 小时通知企业（{law}第2款）" if hours else "应在现在之后"
        raise Refusal("cut_too_soon", f"停止供应的时间 {moment.shown(wanted.starts_at)} 太早：{least}。")


def _cut(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    hazard, wanted = _locked(payload["hazard"]), from_plain(payload["wanted"])
    _refuse_cut(hazard, wanted)
    approver = doer_of(doing)
    names = ("measure", "supplier", "decided_on", "decision", "reason", "starts_at", "urgent")
    facts = {name: getattr(wanted, name) for name in names}
    row = PowerCut(hazard=hazard, ordered_on=moment.today(), ordered_by=approver, **facts)
    doing.save(row)
    doing.record("cut.ordered", hazard.obj, {"measure": str(Measure(row.measure).label)})
    common: dict[str, Value] = {
        "firm": hazard.firm_name,
        "decided_on": row.decided_on,
        "decision": row.decision,
        "from": row.starts_at,
        "measure": str(Measure(row.measure).label),
        "signed_on": moment.today(),
    }
    remedy = {"government": wanted.government.removesuffix("人民政府"), "court": wanted.court.removesuffix("人民法院")}
    issue(doing, approver, DECISION, hazard.obj, common | remedy, visit=hazard.visit, firm_id=hazard.firm_id)
    asked = {"supplier": row.supplier, "request": f"停止{SUPPLIED[Measure(row.measure)]}"}
    issue(doing, approver, NOTICE, hazard.obj, common | asked, visit=hazard.visit, firm_id=hazard.firm_id)


def ask_lift(user: User, number: int, corrected_on: date, restored_at: datetime, reason: str) -> Approval:
    """Ask a second person to have the supply restored. `corrected_on`: when the firm had obeyed. Raises Refusal for days that cannot be."""
    with deed(by=user.actor) as doing:
        row = PowerCut.objects.select_for_update(of=("self",)).select_related("hazard").get(pk=number)
        refuse_stranger(user, row.hazard.visit)
        _refuse_lift(row, corrected_on, restored_at)
        if pending(row.hazard.obj, LIFT):
            raise Refusal("cut_waiting", "解除停止供应措施已报批，请等它办结。")
        days = {"corrected_on": corrected_on.isoformat(), "restored_at": restored_at.isoformat()}
        title = f"解除{Measure(row.measure).label}审批：{row.hazard}"
        return ask_within(doing, user, LIFT, row.hazard.obj, title, {"cut": row.pk, **days}, reason)


def _refuse_lift(row: PowerCut, corrected_on: date, restored_at: datetime) -> None:
    if row.lifted_on:
        raise Refusal("cut_lifted", f"这一措施已于 {row.lifted_on} 解除。")
    if not row.ordered_on <= corrected_on <= moment.today():
        raise Refusal("day_wrong", f"履行决定的日期应在决定日期 {row.ordered_on} 到今天之间，现为 {corrected_on}。")
    if restored_at < row.starts_at and corrected_on < moment.day_of(row.starts_at.isoformat()):
        return  # obeyed before it was cut off: it never is
    if moment.day_of(restored_at.isoformat()) < corrected_on:
        raise Refusal("day_wrong", f"恢复供应的时间 {moment.shown(restored_at)} 早于履行决定的日期 {corrected_on}。")


def _lift(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    row = PowerCut.objects.select_for_update(of=("self",)).select_related("hazard").get(pk=payload["cut"])
    corrected_on, restored_at = (
        date.fromisoformat(payload["corrected_on"]),
        datetime.fromisoformat(payload["restored_at"]),
    )
    _refuse_lift(row, corrected_on, restored_at)
    approver, hazard = doer_of(doing), row.hazard
    row.corrected_on, row.restored_at, row.lifted_on, row.lifted_by = (
        corrected_on,
        restored_at,
        moment.today(),
        approver,
    )
    row.version += 1
    doing.save(row)
    doing.record("cut.lifted", hazard.obj, {"measure": str(Measure(row.measure).label)})
    fields: dict[str, Value] = {
        "supplier": row.supplier,
        "decided_on": row.ordered_on,
        "firm": hazard.firm_name,
        "stopped": SUPPLIED[Measure(row.measure)],
        "corrected_on": corrected_on,
        "measure": str(Measure(row.measure).label),
        "from": restored_at,
        "restored": SUPPLIED[Measure(row.measure)],
        "signed_on": moment.today(),
    }
    issue(doing, approver, RESTORED, hazard.obj, fields, visit=hazard.visit, firm_id=hazard.firm_id)


def _locked(number: int) -> Hazard:
    return Hazard.objects.select_for_update(of=("self",)).select_related("visit").get(pk=number)


def _cut_changes(payload: dict[str, Any]) -> list[Change]:
    hazard, wanted = Hazard.objects.get(pk=payload["hazard"]), from_plain(payload["wanted"])
    return [
        (noop("单位"), "", hazard.firm_name),
        (noop("隐患内容"), "", hazard.text),
        (noop("没有执行的决定"), "", f"{wanted.decided_on} {wanted.decision}"),
        (noop("采取的措施"), "", str(Measure(wanted.measure).label)),
        (noop("供应单位"), "", wanted.supplier),
        (
            noop("停止供应的时间"),
            "",
            moment.shown(wanted.starts_at) + ("（紧急情形，不提前通知）" if wanted.urgent else ""),
        ),
    ]


def _lift_changes(payload: dict[str, Any]) -> list[Change]:
    row = PowerCut.objects.select_related("hazard").get(pk=payload["cut"])
    return [
        (noop("单位"), "", row.hazard.firm_name),
        (noop("采取的措施"), str(Measure(row.measure).label), "解除"),
        (noop("履行决定的日期"), "", payload["corrected_on"]),
        (noop("恢复供应的时间"), "", moment.shown(datetime.fromisoformat(payload["restored_at"]))),
    ]


def _cut_address(payload: dict[str, Any]) -> str:
    return reverse("followup:hazard", args=[payload["hazard"]])


def _lift_address(payload: dict[str, Any]) -> str:
    return reverse("followup:hazard", args=[PowerCut.objects.get(pk=payload["cut"]).hazard_id])


CUTTING = Kind(CUT, "停止供应措施审批", frozenset({LEADING}), _cut, _cut_changes, _cut_address)
LIFTING = Kind(LIFT, "解除停止供应措施审批", APPROVERS, _lift, _lift_changes, _lift_address)
