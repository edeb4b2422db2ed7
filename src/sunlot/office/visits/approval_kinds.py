"""What of a visit needs a second person: that it is held at all, and that others go than were approved."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from sunlot.draw.substitution import INSPECTOR_REASONS
from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import APPROVERS
from sunlot.office.approvals.kinds import Change, Kind
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.models import State as Asked
from sunlot.office.approvals.services import ask, ask_within
from sunlot.office.journal.services import Deed, deed
from sunlot.office.lottery.progress import hidden
from sunlot.office.visits import moment
from sunlot.office.visits.caps import lately_visited, refuse_over_cap
from sunlot.office.visits.making import Arrangement, arrange, replace_team
from sunlot.office.visits.models import OFFICERS, Origin, Visit
from sunlot.office.visits.offsite import ledger_kind
from sunlot.office.visits.queries import is_closed
from sunlot.office.visits.staff import refuse_unfit
from sunlot.office.visits.states import OPEN, State, after
from sunlot.office.visits.urgent import APPROVE, last_day, later_approval
from sunlot.refusal import Refusal

TEAM = "visits.team"
SHOWN = 50  # firms named to the approver; the list has the rest


def arrange_and_ask(user: User, wanted: Arrangement) -> Visit:
    """Return a visit that did not come from a draw, with its request for approval. Raises Refusal, above all when it would exceed the cap."""
    with deed(by=user.actor) as doing:
        visit = arrange(doing, user, wanted)
        refuse_over_cap(visit.firm, ledger_kind(visit), visit.window_from, visit.pk, user)
        title = (
            f"检查审批：{visit}"
            + ("" if is_closed(visit) else f"（{visit.firm_name}）")
            + ("，紧急补办" if visit.urgent else "")
        )
        ask_within(doing, user, APPROVE, visit.obj, title, {"visits": [visit.pk]}, visit.reason)
    return visit


def ask_for_draw(user: User, draw: str, reason: str) -> Approval:
    """Ask a second person to approve the visits of a draw that wait for it. Raises Refusal when there are none."""
    numbers = list(Visit.objects.filter(draw=draw, state=State.ARRANGED).order_by("pk").values_list("pk", flat=True))
    if not numbers:
        raise Refusal("nothing_to_approve", f"抽取 {draw} 没有待批准的检查。")
    title = f"检查审批：抽取 {draw}，{len(numbers)} 户"
    return ask(user, APPROVE, f"draw/{draw}/visits", title, {"visits": numbers}, reason)


def ask_again(user: User, number: int, reason: str) -> Approval:
    """Ask once more for a visit whose request was turned down."""
    visit = Visit.objects.get(pk=number)
    if visit.approved_at or (visit.state not in OPEN and not visit.urgent):
        raise Refusal("nothing_to_approve", "这次检查不需要再送审。")
    return ask(user, APPROVE, visit.obj, f"检查审批：{visit}", {"visits": [visit.pk]}, reason)


def asked(visit: Visit) -> Approval | None:
    """Return the request about a visit that waits for a decision."""
    objs = [visit.obj, *([f"draw/{visit.draw}/visits"] if visit.draw else []), *filter(None, [visit.batch])]
    return Approval.objects.filter(obj__in=objs, state=Asked.PENDING, kind=APPROVE).first()


def ask_team(user: User, number: int, members: Sequence[str], reason: str, evidence: str) -> Approval:
    """Ask for other people at a visit that no draw led to; at a drawn one only the draw's reserves may come in.

    `reason`: a key of INSPECTOR_REASONS, as for a substitution in a draw; `evidence`: what proves it. Raises Refusal without either.
    """
    if reason not in INSPECTOR_REASONS or not evidence.strip():
        raise Refusal(
            "reason_missing", f"更换检查人员的理由只能是：{'、'.join(INSPECTOR_REASONS.values())}，并须写明证明材料。"
        )
    visit = Visit.objects.select_related("firm").get(pk=number)
    _refuse_team(visit, members)
    title, why = f"更换检查人员：{visit}", f"{INSPECTOR_REASONS[reason]}：{evidence.strip()}"
    return ask(user, TEAM, f"{visit.obj}/team", title, {"visit": visit.pk, "team": list(members)}, why)


def _refuse_team(visit: Visit, members: Sequence[str]) -> None:
    if visit.origin == Origin.DRAW:
        raise Refusal("reserves_only", "抽取产生的检查，人员只能由候补按次序替换，不能另行指定。")
    if visit.state not in OPEN:
        raise Refusal("ended", f"{visit}已经{visit.get_state_display()}，不能更换人员。")
    refuse_unfit(members, visit.firm, max(moment.today(), visit.window_from))


def _approve(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    rows = list(_visits(payload["visits"]).select_for_update(of=("self",)))
    rows = [visit for visit in rows if visit.approved_at is None and visit.state != State.CANCELLED]
    if not rows:
        raise Refusal("nothing_to_approve", "这些检查已经撤销或批准，请退回。")
    for visit in rows:
        if visit.origin != Origin.DRAW:
            refuse_over_cap(visit.firm, ledger_kind(visit), visit.window_from, visit.pk)
        visit.approved_at, visit.version = moment.now(), visit.version + 1
        if visit.state == State.ARRANGED:
            visit.state = after(visit.state, "approve")
        doing.save(visit)
    obj = approval.obj.removesuffix("/visits")
    doing.record("visit.approved", obj, {"count": len(rows)})
    _keep_secret(doing, [visit for visit in rows if visit.secret and visit.state == State.APPROVED], obj)


def _keep_secret(doing: Deed, rows: Sequence[Visit], obj: str) -> None:
    for visit in rows:
        visit.state, visit.version = after(visit.state, "keep_secret"), visit.version + 1
        doing.save(visit)
    if rows:
        doing.record("visit.kept-secret", obj, {"count": len(rows)})


def _visits(numbers: Iterable[int]) -> Any:
    return Visit.objects.filter(pk__in=list(numbers)).select_related("firm", "round").order_by("pk")


def _approve_changes(payload: dict[str, Any]) -> list[Change]:
    """What the approver decides on. Of an unannounced round he sees how many, not whom."""
    rows = list(_visits(payload["visits"]).prefetch_related("team", "partners__guests"))
    if rows and hidden(rows[0].round):
        return [("暗查暗访", "", f"{len(rows)} 户，名单在公开前只有检查组看到自己的")]
    lines = [line for visit in rows[:SHOWN] for line in _lines(visit)]
    return lines + ([(noop("其余"), "", f"{len(rows) - SHOWN} 户，见检查列表")] if len(rows) > SHOWN else [])


def _lines(visit: Visit) -> list[Change]:
    team = "、".join(officer.name for officer in visit.team.all() if not officer.out and officer.part in OFFICERS)
    how = ("非现场检查，" if visit.offsite else "") + ("不事先通知" if visit.secret else "事先通知")
    what = f"{visit.get_kind_display()}，{visit.window_from} 至 {visit.window_to}，{how}；事项 {visit.items}；检查组 {team}"
    found = [(visit.firm_name, "未检查", what)]
    for partner in visit.partners.all():
        guests = "、".join(guest.name for guest in partner.guests.all())
        found.append((noop("联合部门"), "", f"{partner.department}：事项 {partner.items}；{guests}"))
    if visit.source:
        found.append(("来源", "", f"{visit.get_origin_display()}：{visit.source}"))
    if visit.urgent:
        found.append(("紧急", "", "先行检查，事后补办审批" + _until(visit)))
    if visit.origin != Origin.DRAW and (warning := lately_visited(visit)):
        found.append(("须注意", "", warning))
    return found


def _until(visit: Visit) -> str:
    later = later_approval(visit)
    if later is None or visit.started_at is None:
        return ""
    told = f"，已于 {moment.shown(visit.started_at)} 开始，应在 {moment.shown(later.due)} 前补办"
    return told + ("，已经超过" if later.late else "")


def _change_team(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    visit = Visit.objects.select_for_update(of=("self",)).select_related("firm").get(pk=payload["visit"])
    members = payload["team"]
    _refuse_team(visit, members)
    visit.version += 1
    doing.save(visit)
    replace_team(doing, visit, members, members[0], approval.reason[:200])


def _team_changes(payload: dict[str, Any]) -> list[Change]:
    visit = Visit.objects.get(pk=payload["visit"])
    now = [officer.inspector_id for officer in visit.team.filter(out=False).order_by("inspector_id")]
    return [("检查组", "、".join(now), "、".join(payload["team"]))]


def _approve_address(payload: dict[str, Any]) -> str:
    numbers = payload["visits"]
    return reverse("visits:one", args=numbers) if len(numbers) == 1 else reverse("visits:list")


def _team_address(payload: dict[str, Any]) -> str:
    return reverse("visits:one", args=[payload["visit"]])


KIND = Kind(APPROVE, "检查审批", APPROVERS, _approve, _approve_changes, _approve_address, due=last_day)
SWAP = Kind(TEAM, "更换检查人员", APPROVERS, _change_team, _team_changes, _team_address)
