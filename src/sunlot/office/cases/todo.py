"""What a case needs next, and from whom: every clock of the law with its last day."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from sunlot.office.accounts.roles import CHIEF, CLERK, INSPECTOR, LEADING, READERS
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.models import State as Asked
from sunlot.office.cases import collecting, queries, violations
from sunlot.office.cases.limits import needs_discussion
from sunlot.office.cases.models import Case, Outcome, Violation, ViolationState
from sunlot.office.cases.states import UNDECIDED, State
from sunlot.office.followup.queries import case_proposals
from sunlot.office.followup.states import OrderState
from sunlot.office.shell.todo import Todo

MOST = 20  # lines of one sort
HALF_A_YEAR = 180  # days after which the page of a case is worth a look; it reckons the day itself
SOON = 15  # days before the last day of the decision when the office is reminded
NEXT = {
    State.ASKED: later("待立案审批"),
    State.OPEN: later("调查取证，提出处理意见"),
    State.REVIEWED: later("制作并送达告知书，或报批决定"),
    State.TOLD: later("等待陈述申辩和听证申请，期满报批决定"),
    State.HEARING: later("组织听证"),
    State.READY: later("报批决定"),
    State.DECIDED: later("送达决定书"),
    State.SERVED: later("督促履行，登记缴款和执行"),
    State.EXECUTED: later("报批结案"),
}

COLLECT = {
    "pay": later("等待当事人履行"),
    "appeal": later("复议或诉讼期间，不计加处罚款，请登记结果"),
    "remind": later("缴款期限已过，请催告；加处罚款按日计算"),
    "surcharge": later("已催告仍未缴纳，可以报批加处罚款"),
    "urge": later("请制作并送达强制执行催告书，期满申请法院强制执行"),
    "court": later("催告期满即可申请法院强制执行，逾期法院不予受理"),
    "wait": later("复议和诉讼期满后催告，再申请法院强制执行"),
    "rule": later("已申请强制执行，请登记法院裁定"),
}


def todos(user: Any, today: date) -> Iterator[Todo]:
    """Yield what this person has to do: own cases, reviews, discussions, clocks that run out, entries the roster has not taken over."""
    if user.role == INSPECTOR:
        yield from _own(user, today)
    if user.role in (CLERK, CHIEF):
        yield from _clocks(today)
        yield from _unsettled(today)
        yield from _proposed()
    if user.role == LEADING:
        yield from _discussions(today)
    if user.role in READERS or user.role == INSPECTOR:
        yield from _reviews(user, today)


def _line(case: Case, hint: str, due: date | None, today: date) -> Todo:
    state = "late" if due and due < today else "due"
    return Todo(f"{case.party}：{case.cause}", reverse("cases:one", args=[case.pk]), hint, due, state)


def _own(user: Any, today: date) -> Iterator[Todo]:
    asked = Approval.objects.filter(state=Asked.PENDING, obj__startswith="case/").values_list("obj", flat=True)
    waiting = set(asked)
    for case in queries.own(user).filter(state__in=list(NEXT)).order_by("decide_by", "pk")[:MOST]:
        if case.obj not in waiting:
            yield _line(case, str(NEXT[State(case.state)]), _due(case), today)


def _due(case: Case) -> date | None:
    return {State.DECIDED: case.serve_by, State.SERVED: case.pay_by}.get(State(case.state), case.decide_by)


def _clocks(today: date) -> Iterator[Todo]:
    """Yield cases whose clock has run, or is about to: decision, notice, service, payment."""
    running = Q(state__in=UNDECIDED, decide_by__lte=today + timedelta(SOON))
    ripe = Q(state=State.TOLD, ripe_on__lte=today)
    serve = Q(state=State.DECIDED)
    old = Q(
        apply_from=None, served_on__lt=today - timedelta(HALF_A_YEAR)
    )  # served before the days for the court were kept
    pay = Q(state=State.SERVED) & (Q(pay_by__lt=today) | Q(apply_from__lte=today) | old)
    rows = Case.objects.filter(running | ripe | serve | pay).prefetch_related("steps", "instalments")
    for case in rows.order_by("decide_by", "pk")[:MOST]:
        if case.state == State.SERVED:
            code, due = collecting.next_step(case, today)
            yield _line(case, str(COLLECT[code]), due, today)
        elif case.state == State.DECIDED:
            yield _line(case, _("送达决定书"), case.serve_by, today)
        elif case.state == State.TOLD and case.ripe_on and case.ripe_on <= today:
            yield _line(case, _("陈述申辩和听证申请期限已满，可以报批决定"), case.decide_by, today)
        else:
            yield _line(case, _("决定期限将满，请抓紧办理"), case.decide_by, today)


def _unsettled(today: date) -> Iterator[Todo]:
    """Yield entries of which the roster does not say what they say, and for which nobody has been asked."""
    since = today - timedelta(366)
    rows = Violation.objects.filter(Q(state=ViolationState.STANDING, until__gte=today) | Q(ended_on__gte=since))
    found = list(rows.select_related("firm").order_by("-pk")[:500])
    if not found:
        return
    causes = violations.causes_of(found)
    loose = [row for row in found if not violations.is_settled(row, causes.get(row.pk), today)]
    asked = violations.asked_of(loose, causes) if loose else {}
    for row in [row for row in loose if row.pk not in asked][:MOST]:
        hint = _("名录中的加大抽查力度与违法行为信息不一致")
        yield Todo(row.firm.name, reverse("cases:violation", args=[row.pk]), hint, today)


def _proposed() -> Iterator[Todo]:
    """Yield orders that were not obeyed, for which a case was proposed and none drawn up."""
    orders = list(case_proposals().filter(state=OrderState.LEFT)[:MOST])
    if not orders:
        return
    drawn_up = Case.objects.filter(origin__in=[order.obj for order in orders]).exclude(state=State.NOT_OPENED)
    known = set(drawn_up.values_list("origin", flat=True))
    for order in orders:
        if order.obj not in known:
            url = reverse("cases:new") + f"?origin={order.obj}"
            yield Todo(order.firm_name, url, _("责令整改逾期未改正，建议立案"), order.case_proposed_on)


def _discussions(today: date) -> Iterator[Todo]:
    """Yield cases that wait for the discussion of those in charge; the page tells whether the law wants one."""
    rows = Case.objects.filter(
        Q(state=State.READY) | Q(state=State.TOLD, ripe_on__lte=today), discussed_at=None, outcome=Outcome.PENALTY
    )
    for case in rows.order_by("decide_by", "pk")[:MOST]:
        if needs_discussion(case, today):
            yield _line(case, _("须集体讨论"), case.decide_by, today)


def _reviews(user: Any, today: date) -> Iterator[Todo]:
    for case in queries.to_review(user, today).order_by("decide_by", "pk")[:MOST]:
        yield _line(case, _("待法制审核"), case.decide_by, today)
