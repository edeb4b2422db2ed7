"""Asking for a round and approving it: the tables are frozen, tried, and stand for what is approved."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_noop as noop

from sunlot.draw.moments import beijing
from sunlot.draw.sources import check_sources, describe
from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import APPROVERS
from sunlot.office.approvals.kinds import Change, Kind
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.services import ask_within
from sunlot.office.catalog.queries import list_in_force, plannable
from sunlot.office.journal.services import Deed, deed
from sunlot.office.lottery import moment, rounds, tables
from sunlot.office.lottery.models import Round, RoundState
from sunlot.office.lottery.planned import beside_the_plan
from sunlot.office.plan.items import unlisted
from sunlot.refusal import Refusal


def ask(user: User, number: int, version: int, reason: str) -> Approval:
    """Freeze the tables and ask for approval. Raises Refusal when the round could not be announced as it is."""
    row = Round.objects.get(pk=number)
    refuse_stale(row, version)
    check_sources(tables.plan_of(row)["sources"], moment.now())
    _refuse_unlisted(row)
    digest = tables.freeze(row)
    trial = tables.try_round(row, tables.frozen(row, digest))
    if not trial.feasible:
        why = trial.refusal or "；".join(trial.failures) or f"有 {len(trial.unstaffed)} 户无法依法组成检查组"
        raise Refusal("round_infeasible", f"现在还不能送审：{why}。请在“核查”一步逐项处理。")
    with deed(by=user.actor) as doing:
        row = rounds.take(number)
        refuse_stale(row, version)
        if row.state != RoundState.DRAFT:
            raise Refusal("not_a_draft", f"“{row.title}”现在是“{row.get_state_display()}”，不能送审。")
        payload = {
            "round": row.pk,
            "version": row.version,
            "digest": digest,
            "firms": trial.firms,
            "expected": [trial.expected.numerator, trial.expected.denominator],
            "foreseen": beside_the_plan(row, trial.expected),
        }
        return ask_within(doing, user, KIND.code, row.obj, f"发布抽取公告：{row.shown}", payload, reason)


def _refuse_unlisted(row: Round) -> None:
    """Nothing off the list is inspected, so nothing off it may be drawn for: found out after the public draw it would be too late."""
    if list_in_force(row.window_from) is None:
        return  # nothing has been published yet, which the first page says
    listed = set(plannable(row.window_from).values_list("number", flat=True))
    if wrong := unlisted(row.items, listed):
        raise Refusal(
            "item_not_listed",
            f"检查事项 {'、'.join(wrong)} 不在检查期起日生效的随机抽查事项清单中，或已停用，不能列入抽查。",
        )


def refuse_stale(row: Round, version: int) -> None:
    """Raise Refusal when the round is no longer the one that was looked at."""
    if row.version != version:
        raise Refusal("round_changed", f"“{row.title}”在您查看之后有改动；请重新核对后再办理。")


def _approve(doing: Deed, payload: Mapping[str, Any], approval: Approval) -> None:
    row = rounds.take(payload["round"])
    refuse_stale(row, payload["version"])
    rounds.move(doing, row, RoundState.APPROVED, digest=payload["digest"])
    doing.record("round.approved", row.obj, {"title": row.title, "digest": payload["digest"]})


def _changes(payload: Mapping[str, Any]) -> Sequence[Change]:
    row = Round.objects.get(pk=payload["round"])
    top, bottom = payload["expected"]
    return [
        ("名称", "", row.title),
        ("资格审查日期", "", row.date.isoformat()),
        ("检查期", "", f"{row.window_from} 至 {row.window_to}"),
        (noop("参加抽取的名录"), "", f"{payload['firms']} 户，预计抽取约 {top / bottom:.1f} 户"),
        *_beside(payload),
        ("名录校验值", "", payload["digest"]),
        ("企业抽取的种子来源", "", _sources(row)),
        (
            "方式",
            "",
            ("暗查暗访，" if row.secret else "公开抽取，") + ("演练（不具效力）" if row.rehearsal else "正式"),
        ),
    ]


def _beside(payload: Mapping[str, Any]) -> list[Change]:
    """Return the plan's number of firms where the round takes another; whoever approves reads both."""
    firms = payload.get("foreseen")
    return [] if firms is None else [(noop("年度计划所定"), "", f"{firms} 户，与预计抽取的户数不同")]


def _sources(row: Round) -> str:
    """Return what makes the seed, each with its moment."""
    named = [f"{describe(source)}（{beijing(source['known_at'])}）" for source in row.sources]
    if row.reveal_minutes:
        named.insert(0, f"在场参与人的密封数（公告后 {row.reveal_minutes} 分钟内揭晓）")
    return "；".join(named) or "（无）"


def _address(payload: Mapping[str, Any]) -> str:
    from django.urls import reverse

    return reverse("lottery:round", args=[payload["round"]])


KIND = Kind("lottery.announce", "发布抽取公告", APPROVERS, _approve, _changes, _address)
