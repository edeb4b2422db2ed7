"""Writing rounds while they are being prepared: draft, change, drop."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from sunlot.draw.sources import describe
from sunlot.office.accounts.models import User
from sunlot.office.approvals.models import Approval, State
from sunlot.office.journal.services import Deed, deed
from sunlot.office.journal.tracked import plain
from sunlot.office.lottery.models import Round, RoundState
from sunlot.office.lottery.register import folder_of
from sunlot.office.shell.forms import StaleEdit
from sunlot.refusal import Refusal

DRAFT, APPROVED, ANNOUNCING, ANNOUNCED, DROPPED = RoundState.values
WAYS = {
    DRAFT: {DRAFT, APPROVED, DROPPED},
    APPROVED: {APPROVED, DRAFT, ANNOUNCING, DROPPED},
    ANNOUNCING: {APPROVED, ANNOUNCED},
    ANNOUNCED: {ANNOUNCED},
    DROPPED: set[str](),
}
PLAN = (
    "title",
    "year",
    "number",
    "planned",
    "items",
    "date",
    "window_from",
    "window_to",
    "budget",
    "pack",
    "secret",
    "rehearsal",
)
SOURCES = ("sources", "reveal_minutes")


def start(user: User, fields: Mapping[str, Any]) -> Round:
    """Return a new round, a draft."""
    row = Round(**{name: fields[name] for name in PLAN if name in fields})
    _check_plan(row)
    with deed(by=user.actor) as doing:
        row.save()
        doing.save(row)
        doing.record("round.started", row.obj, {"title": row.title})
    return row


def change(user: User, number: int, version: int, fields: Mapping[str, Any]) -> Round:
    """Change a draft's plan or sources and return it. An approved round becomes a draft again, for what was approved is no more."""
    with deed(by=user.actor) as doing:
        row = take(number)
        if row.version != version:
            raise StaleEdit(f"“{row.title}”")
        refuse_while_asked(row)
        for name in (*PLAN, *SOURCES):
            if name in fields:
                setattr(row, name, fields[name])
        _check_plan(row)
        move(doing, row, DRAFT, digest="")
        doing.record("round.changed", row.obj, {"title": row.title, "fields": sorted(set(fields) & {*PLAN, *SOURCES})})
    return row


def name_team_sources(user: User, number: int, version: int, sources: list[dict[str, Any]]) -> Round:
    """Say from which sources the teams will be drawn. Another person publishes them. Raises Refusal once they have been published."""
    with deed(by=user.actor) as doing:
        row = take(number)
        if row.version != version:
            raise StaleEdit(f"“{row.title}”")
        if row.draw_id and folder_of(row.draw_id).step("teams-notice"):
            raise Refusal("teams_announced", "检查组公告已经发布，来源不能再改。")
        refuse_while_asked(row)
        move(doing, row, row.state, team_sources=sources, team_sources_by=user)
        doing.record("round.team-sources", row.obj, {"title": row.title, "sources": [describe(one) for one in sources]})
    return row


def set_hour(user: User, number: int, at: datetime) -> Round:
    """Say from which hour each inspector sees his own task of an unannounced round."""
    with deed(by=user.actor) as doing:
        row = take(number)
        if not row.secret or row.executed_at:
            raise Refusal("not_secret", "只有尚未公开的暗查暗访才需要设定任务下达时间。")
        move(doing, row, row.state, tasks_from=at)
        doing.record("round.hour", row.obj, {"title": row.title, "at": plain(at)})
    return row


def drop(user: User, number: int, reason: str) -> Round:
    """Give a round up that has not been announced; it stays in the list."""
    if not reason.strip():
        raise Refusal("reason_missing", "请写明放弃的理由。")
    with deed(by=user.actor) as doing:
        row = take(number)
        refuse_while_asked(row)
        move(doing, row, DROPPED)
        doing.record("round.dropped", row.obj, {"title": row.title, "reason": reason.strip()})
    return row


def take(number: int) -> Round:
    """Return the round, held until the deed is done."""
    return Round.objects.select_for_update().get(pk=number)


def move(doing: Deed, row: Round, state: str, **fields: Any) -> None:
    """Save a round in another state. Raises Refusal when no way leads there."""
    if state not in WAYS[row.state]:
        raise Refusal(
            "no_way", f"“{row.title}”现在是“{row.get_state_display()}”，不能改为“{RoundState(state).label}”。"
        )
    row.state, row.version = state, row.version + 1
    for name, value in fields.items():
        setattr(row, name, value)
    doing.save(row)


def with_requests(rows: QuerySet[Round]) -> QuerySet[Round]:
    """Return the rounds, each with `waits`: whether a decision about it is asked for."""
    named = Concat(Value("round/"), Cast(OuterRef("pk"), CharField()))
    waiting = Approval.objects.filter(kind="lottery.announce", state=State.PENDING, obj=named)
    return rows.annotate(waits=Exists(waiting))


def asked(row: Round) -> Approval | None:
    """Return the request for this round that waits for a decision."""
    return Approval.objects.filter(kind="lottery.announce", obj=row.obj, state=State.PENDING).first()


def refuse_while_asked(row: Round) -> None:
    """Raise Refusal while the round waits for a decision."""
    if asked(row):
        raise Refusal("waits_for_decision", f"“{row.title}”已送审，正在等待批准；要修改请先撤回送审。")


def _check_plan(row: Round) -> None:
    if row.window_to < row.window_from:
        raise Refusal("window_reversed", "检查期的止日早于起日，请改正。")
    if row.date > row.window_from:
        raise Refusal("date_after_window", "资格审查日期应不晚于检查期起日。")
