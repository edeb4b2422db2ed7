"""整改复查: the team that was drawn for the visit comes again, or two of it judge by what the firm handed in; every problem gets its verdict."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from sunlot.office.accounts.models import User
from sunlot.office.accounts.queries import same_person
from sunlot.office.accounts.roles import APPROVERS
from sunlot.office.approvals.kinds import Change, Kind
from sunlot.office.approvals.services import ask_within
from sunlot.office.catalog.queries import plannable
from sunlot.office.followup.documents import issue_recheck
from sunlot.office.followup.findings import MAJOR, SIGNED
from sunlot.office.followup.models import Order, Problem, Recheck, Verdict
from sunlot.office.followup.orders import locked, move, save
from sunlot.office.followup.queries import RECHECKED, pending, team_of
from sunlot.office.followup.states import ORDERS, OrderState, may
from sunlot.office.followup.verdicts import Judged, is_officer, refuse_against_record
from sunlot.office.journal.services import Deed, deed
from sunlot.office.visits import moment
from sunlot.office.visits.approval_kinds import arrange_and_ask
from sunlot.office.visits.making import Arrangement
from sunlot.office.visits.models import Origin, Visit
from sunlot.office.visits.states import State
from sunlot.refusal import Refusal

CLOSE = "followup.close"
FELL_AWAY = (State.CANCELLED, State.FAILED)


def arrange(
    user: User, number: int, window_from: date, window_to: date, team: Sequence[str] = (), others: str = ""
) -> Recheck:
    """Return a recheck whose visit waits for its approval. `team`: numbers, the leader first; empty for the team that was drawn.

    Raises Refusal for a window that ends after the order's `recheck_by`, for another team without a reason (`others`), and whatever a visit is
    refused for: a member on leave, without certificate, or who must keep away.
    """
    with deed(by=user.actor) as doing:
        order = locked(user, number)
        if order.state == OrderState.RECHECK and _fell_away(order):
            move(order, "recheck_fell_away")
        move(order, "recheck")
        _refuse_late(order, window_to)
        drawn = team_of(order.visit)
        going = list(dict.fromkeys(team)) or drawn
        if set(going) != set(drawn) and not others.strip():
            raise Refusal(
                "not_the_team",
                f"复查应由原检查组（{'、'.join(drawn)}）实施；确需另派人员的，请写明理由，由审批人决定。",
            )
        visit = arrange_and_ask(user, _wanted(order, window_from, window_to, going, others.strip()))
        recheck = Recheck(order=order, visit=visit, arranged_at=moment.now())
        recheck.others = others.strip() if set(going) != set(drawn) else ""
        doing.save(recheck)
        save(doing, order, "order.recheck")
    return recheck


def latest(order: Order) -> Recheck | None:
    """Return the recheck that was arranged or concluded last."""
    return order.rechecks.select_related("visit").order_by("-pk").first()


def _fell_away(order: Order) -> bool:
    last = latest(order)
    return bool(last and last.visit and last.visit.state in FELL_AWAY)


def _refuse_late(order: Order, window_to: date) -> None:
    """A recheck that is late already is held as soon as may be; any other ends in time."""
    by = order.recheck_by
    if by is not None and moment.today() <= by < window_to and order.closed_on is None and not _judged(order):
        raise Refusal("recheck_too_late", f"复查应在 {by} 前完成（整改期满或企业报告后的复查期限），请提前检查期止。")


def _judged(order: Order) -> bool:
    return order.rechecks.filter(concluded_on__isnull=False).exists()


def _wanted(order: Order, first: date, last: date, team: Sequence[str], others: str) -> Arrangement:
    visit = order.visit
    reason = f"{order}的整改复查，期限 {order.deadline}" + (f"；另派人员：{others}" if others else "，由原检查组实施")
    return Arrangement(
        firm=order.firm.merged_into_id or order.firm_id,
        origin=Origin.OTHER.value,
        kind=RECHECKED,
        reason=reason,
        source=f"{order}",
        window_from=first,
        window_to=last,
        team=tuple(team),
        items=_items(visit, first),
    )


def _items(visit: Visit, day: date) -> tuple[str, ...]:
    """The items of the first visit that can still be inspected: a list may have changed since."""
    now = set(plannable(max(day, moment.today())).values_list("number", flat=True))
    return tuple(number for number in visit.numbers if number in now)


def conclude(user: User, number: int, version: int, judged: Mapping[int, Judged], opinion: str) -> Order:
    """Return an order with the verdict on each of its problems, by their keys; the opinion (整改复查意见书) gets its number.

    An officer of the recheck's team gives them, or anybody who follows up confirms what its signed record says. Where nobody went the first
    officer's verdicts wait until a second one gives the same. All put right: it is closed, or where a problem was a major hazard waits for a second person. Any left: 未按要求改正, and a case may follow.
    Raises Refusal without the signed record of the recheck or, where nobody went, files that prove it; for verdicts against that record;
    StaleEdit when the order changed.
    """
    with deed(by=user.actor) as doing:
        order = locked(user, number, version)
        if pending(order.obj, CLOSE):
            raise Refusal("waits", f"{order}的办结正在等待复核；请等它办结，或先撤回。")
        problems = list(order.problems.select_for_update().order_by("position"))
        _refuse_incomplete(problems, judged, opinion)
        recheck = _recheck_to_conclude(user, order)
        refuse_against_record(user, order, recheck, problems, judged)
        verdicts = [[problem.position, judged[problem.pk].verdict] for problem in problems]
        if recheck.visit is None and not _second_agrees(user, recheck, verdicts):
            _wait_for_second(doing, user, order, recheck, problems, judged, opinion)
            return order
        for problem in problems:
            one = judged[problem.pk]
            problem.verdict, problem.note = one.verdict, one.note.strip()
            doing.save(problem)
        recheck.verdicts = verdicts
        recheck.concluded_on, recheck.concluded_by, recheck.opinion = moment.today(), user, opinion.strip()
        doing.save(recheck)
        _conclude(doing, user, order, problems)
        issue_recheck(doing, user, order, recheck)
    return order


def _refuse_incomplete(problems: Sequence[Problem], judged: Mapping[int, Judged], opinion: str) -> None:
    for problem in problems:
        one = judged.get(problem.pk)
        if one is None or one.verdict not in (Verdict.CORRECTED, Verdict.PARTLY, Verdict.NOT):
            raise Refusal("verdict_missing", f"第 {problem.position} 个问题没有填写复查结果。")
        if one.verdict != Verdict.CORRECTED and not one.note.strip():
            raise Refusal("note_missing", f"第 {problem.position} 个问题没有全部改正，请说明还差什么。")
    if not opinion.strip():
        raise Refusal("opinion_missing", "请填写复查意见，复查意见书上要写明。")


def _recheck_to_conclude(user: User, order: Order) -> Recheck:
    """Return the recheck that the verdicts belong to. Without a visit two of the drawn team judge by files that were handed in."""
    last = latest(order)
    if order.state == OrderState.CONFIRM and last is not None and last.visit is not None:
        return last
    if order.state == OrderState.RECHECK and last is not None and last.visit is not None:
        if last.visit.state not in SIGNED:
            raise Refusal("not_signed", f"复查（{last.visit}）还没有签字完成的检查记录，不能填写复查结果。")
        return last
    if not may(ORDERS, order.state, "not_corrected"):
        raise Refusal("not_the_order", f"{order}现为“{OrderState(order.state).label}”，不能填写复查结果。")
    if not order.evidence.filter(files__isnull=False).exists():
        raise Refusal("no_evidence", "没有整改的照片或扫描件，也没有复查记录，不能认定整改结果；请安排现场复查。")
    if not is_officer(user, order.visit):
        raise Refusal("not_the_team", "不到现场、凭材料复查的，由原检查组成员认定；或者安排现场复查。")
    waits = last is not None and last.visit is None and last.concluded_on is None
    return last if last is not None and waits else Recheck(order=order, arranged_at=moment.now())


def _second_agrees(user: User, recheck: Recheck, verdicts: Sequence[Sequence[Any]]) -> bool:
    first = recheck.concluded_by
    return first is not None and not same_person(first, user) and recheck.verdicts == verdicts


def _wait_for_second(
    doing: Deed,
    user: User,
    order: Order,
    recheck: Recheck,
    problems: Sequence[Problem],
    judged: Mapping[int, Judged],
    opinion: str,
) -> None:
    """Keep what one officer found by the material; what another found before and does not agree with gives way."""
    for problem in problems:
        problem.note = judged[problem.pk].note.strip()
        doing.save(problem)
    recheck.verdicts = [[problem.position, judged[problem.pk].verdict] for problem in problems]
    recheck.concluded_by, recheck.opinion = user, opinion.strip()
    doing.save(recheck)
    save(doing, order, "order.judged-by-one")


def _conclude(doing: Deed, user: User, order: Order, problems: Sequence[Problem]) -> None:
    counts = {verdict: sum(problem.verdict == verdict for problem in problems) for verdict in Verdict.values}
    corrected = counts[Verdict.CORRECTED] == len(problems)
    major = any(problem.severity == MAJOR for problem in problems)
    if order.state != OrderState.CONFIRM or not corrected:
        move(order, "not_corrected" if not corrected else "corrected_major" if major else "corrected")
    order.closed_on = moment.today() if order.state == OrderState.CLOSED else None
    numbers: dict[str, str | int] = {"corrected": counts[Verdict.CORRECTED], "partly": counts[Verdict.PARTLY]}
    save(doing, order, "order.rechecked", numbers | {"left": counts[Verdict.NOT]})
    if order.state == OrderState.CONFIRM:
        title = f"重大隐患整改办结复核：{order}"
        ask_within(doing, user, CLOSE, order.obj, title, {"order": order.pk}, "复查认定重大隐患已改正，请复核")
    elif order.state == OrderState.CLOSED:
        doing.record("order.closed", order.obj, {})


def _close(doing: Deed, payload: dict[str, Any], approval: Any) -> None:
    order = Order.objects.select_for_update().get(pk=payload["order"])
    if order.problems.exclude(verdict=Verdict.CORRECTED).exists():
        raise Refusal("not_corrected", f"{order}还有问题没有改正，请退回。")
    move(order, "corrected")
    order.closed_on = moment.today()
    save(doing, order, "order.closed")


def _changes(payload: dict[str, Any]) -> list[Change]:
    order = Order.objects.get(pk=payload["order"])
    standing = (noop("状态"), str(OrderState.CONFIRM.label), str(OrderState.CLOSED.label))
    return [(noop("单位"), "", order.firm_name), standing] + [
        (f"问题 {problem.position}", problem.text, f"{problem.get_verdict_display()} {problem.note}".strip())
        for problem in order.problems.order_by("position")
    ]


def _address(payload: dict[str, Any]) -> str:
    return reverse("followup:order", args=[payload["order"]])


KIND = Kind(CLOSE, "重大隐患整改办结复核", APPROVERS, _close, _changes, _address)
