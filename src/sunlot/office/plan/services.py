"""Writing plans: drafted, figured, submitted, approved by a second person, filed, published, amended. Each deed leaves its event."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from sunlot.codes.workdays import statutory_workdays
from sunlot.office.accounts.models import User
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.models import State as Request
from sunlot.office.approvals.services import ask_within
from sunlot.office.journal.services import Deed, deed
from sunlot.office.plan.copying import carry_over
from sunlot.office.plan.models import Plan
from sunlot.office.plan.printing import named_in_public
from sunlot.office.plan.states import IN_FORCE, State, must_lead_to
from sunlot.office.plan.whole import Whole
from sunlot.office.shell.forms import StaleEdit
from sunlot.policy.arithmetic.days import Workload, plan_days
from sunlot.refusal import Refusal

APPROVE = "plan.approve"


@dataclass(frozen=True)
class Figures:
    """What an office has and what takes it, as a form gives it. Days are person-days; `reserve` in percent."""

    organ: str
    officers: int
    days_each: int
    other: Mapping[str, int]
    non_enforcement: Mapping[str, int]
    reserve: int = 0
    basis: str = ""
    measures: str = ""


def draft(user: User, year: int, organ: str, officers: int) -> Plan:
    """Return the first edition of a year's plan; what was in force the year before is carried over. Raises Refusal when there is one."""
    with deed(by=user.actor) as doing:
        if Plan.objects.filter(year=year).exclude(state=State.DROPPED).exists():
            raise Refusal("plan_exists", f"{year} 年度已有计划；已批准的请用“修订”，草稿请直接修改。")
        before = Plan.objects.filter(year=year - 1, state__in=IN_FORCE).first()
        plan = Plan(
            year=year, edition=_next_edition(year), organ=organ, officers=officers, days_each=statutory_workdays(year)
        )
        if before:
            for field in ("other", "non_enforcement", "reserve", "basis", "measures"):
                setattr(plan, field, getattr(before, field))
        doing.save(plan)
        doing.record("plan.drafted", plan.obj, _named(plan))
        if before:
            carry_over(doing, before, plan)
    return plan


def change_figures(user: User, number: int, version: int, figures: Figures) -> Plan:
    """Return the draft with new figures. Raises PlanError for what is no count, StaleEdit when somebody was faster."""
    with deed(by=user.actor) as doing:
        plan = draft_to_change(number)
        plan_days(Workload(plan.year, figures.officers, figures.days_each, figures.other, figures.non_enforcement))
        if plan.version != version:
            raise StaleEdit(str(plan))
        for field in Figures.__dataclass_fields__:
            value = getattr(figures, field)
            setattr(plan, field, [list(pair) for pair in value.items()] if isinstance(value, Mapping) else value)
        plan.version += 1
        doing.save(plan)
        doing.record("plan.figures", plan.obj, _named(plan))
    return plan


def submit(user: User, number: int, reason: str) -> Approval:
    """Return the request for approval of a draft. Raises Refusal that lists what stands in the way, or asks to explain what falls short."""
    with deed(by=user.actor) as doing:
        plan = draft_to_change(number)
        found = Whole(plan, timezone.localdate()).reckoning
        if found.obstacles:
            raise Refusal("plan_not_ready", f"计划还不能送审：{' '.join(found.obstacles)}")
        if found.warnings and len(reason.strip()) < 4:
            raise Refusal("explanation_missing", f"请在理由中说明：{' '.join(found.warnings)}")
        return _ask(doing, user, plan, reason)


def _ask(doing: Deed, user: User, plan: Plan, reason: str) -> Approval:
    must_lead_to(plan.state, State.PENDING)
    plan.state = State.PENDING
    doing.save(plan)
    doing.record("plan.submitted", plan.obj, _named(plan))
    title = f"批准{plan}"
    return ask_within(doing, user, APPROVE, plan.obj, title, {"plan": plan.pk}, reason)


def take_back(user: User, number: int) -> Plan:
    """Return the plan as a draft again after its request was refused or withdrawn. Raises Refusal while the request waits."""
    with deed(by=user.actor) as doing:
        plan = _locked(number)
        must_lead_to(plan.state, State.DRAFT)
        if Approval.objects.filter(kind=APPROVE, obj=plan.obj, state=Request.PENDING).exists():
            raise Refusal("still_asked", "审批尚未办结；请先由申请人在审批页撤回申请，再退回修改。")
        plan.state = State.DRAFT
        doing.save(plan)
        doing.record("plan.taken_back", plan.obj, _named(plan))
    return plan


def approve(doing: Deed, payload: Mapping[str, Any], approval: Approval) -> None:
    """Put a submitted plan in force; the edition before it becomes an amended one. Part of the approver's deed."""
    plan = _locked(payload["plan"])
    must_lead_to(plan.state, State.APPROVED)
    for old in Plan.objects.select_for_update().filter(year=plan.year, state__in=IN_FORCE):
        must_lead_to(old.state, State.AMENDED)
        old.state = State.AMENDED
        doing.save(old)
        doing.record("plan.superseded", old.obj, _named(old))
    plan.state, plan.approved_on = State.APPROVED, timezone.localdate()
    doing.save(plan)
    doing.record("plan.approved", plan.obj, _named(plan))


def file(user: User, number: int, on: date, filed_with: str, approved_as: str = "") -> Plan:
    """Return the plan as filed (备案) with the upper level; `approved_as`: the number of the government's document, if there is one."""
    with deed(by=user.actor) as doing:
        plan = _locked(number)
        must_lead_to(plan.state, State.FILED)
        _not_before(on, plan.approved_on, "备案日期", "批准日期")
        plan.state, plan.filed_on, plan.filed_with, plan.approved_as = State.FILED, on, filed_with, approved_as
        doing.save(plan)
        doing.record("plan.filed", plan.obj, _named(plan) | {"on": on.isoformat(), "with": filed_with})
    return plan


def publish(user: User, number: int, on: date, published_at: str) -> Plan:
    """Return the plan as made public: from now on anybody may read it, without what its unannounced rounds are."""
    with deed(by=user.actor) as doing:
        plan = _locked(number)
        must_lead_to(plan.state, State.PUBLISHED)
        _not_before(on, plan.approved_on, "公布日期", "批准日期")
        if named := named_in_public(Whole(plan, timezone.localdate())):
            raise Refusal("secret_named", f"公开内容中写出了不事先公开的轮次“{'、'.join(named)}”，请修订后再公布。")
        plan.state, plan.published_on, plan.published_at = State.PUBLISHED, on, published_at
        doing.save(plan)
        fields = {"on": on.isoformat(), "at": published_at, "reason": plan.reason}
        doing.record("plan.published", plan.obj, _named(plan) | fields)
    return plan


def amend(user: User, number: int, reason: str) -> Plan:
    """Return a new edition as a draft, a copy of the one in force, which holds until the new one is approved. Raises Refusal without a reason."""
    if not reason.strip():
        raise Refusal("reason_missing", "请写明修订理由；修订版公布时理由一并公布。")
    with deed(by=user.actor) as doing:
        old = _locked(number)
        must_lead_to(old.state, State.AMENDED)
        latest = Plan.objects.filter(year=old.year).exclude(state=State.DROPPED).order_by("-edition")[0]
        if latest.pk != old.pk:
            raise Refusal("amendment_underway", f"{latest} 已在办理（{latest.get_state_display()}），请在其上修改。")
        copied = {field: getattr(old, field) for field in Figures.__dataclass_fields__}
        plan = Plan(year=old.year, edition=_next_edition(old.year), reason=reason.strip(), **copied)
        doing.save(plan)
        doing.record("plan.amending", plan.obj, _named(plan))
        carry_over(doing, old, plan)
    return plan


def drop(user: User, number: int, reason: str) -> Plan:
    """Give a draft up and return it; it stays readable, and the year is free for another. Raises Refusal without a reason."""
    if not reason.strip():
        raise Refusal("reason_missing", "请写明放弃的理由。")
    with deed(by=user.actor) as doing:
        plan = draft_to_change(number)
        must_lead_to(plan.state, State.DROPPED)
        plan.state = State.DROPPED
        doing.save(plan)
        doing.record("plan.dropped", plan.obj, _named(plan), {"reason": reason.strip()})
    return plan


def _next_edition(year: int) -> int:
    """Return the number of the year's next edition; one that was given up keeps its number."""
    return 1 + max(Plan.objects.filter(year=year).values_list("edition", flat=True), default=0)


def draft_to_change(number: int) -> Plan:
    """Return the plan, locked. Raises Refusal unless it is a draft."""
    plan = _locked(number)
    must_be_draft(plan)
    return plan


def must_be_draft(plan: Plan) -> None:
    """Raise Refusal unless the plan is a draft."""
    if plan.state != State.DRAFT:
        raise Refusal("not_a_draft", f"{plan} {plan.get_state_display()}，不能直接修改；已批准的计划请用“修订”。")


def _locked(number: int) -> Plan:
    return Plan.objects.select_for_update().get(pk=number)


def _named(plan: Plan) -> dict[str, Any]:
    return {"title": str(plan), "year": plan.year, "edition": plan.edition}


def _not_before(day: date, earliest: date | None, what: str, than: str) -> None:
    if earliest and day < earliest:
        raise Refusal("too_early", f"{what} {day} 早于{than} {earliest}，请核对。")
    if day > timezone.localdate():
        raise Refusal("not_yet", f"{what} {day} 还没有到；办理之后再登记。")
