"""What a round needs next, and from whom."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sunlot.draw.errors import DrawError
from sunlot.office.accounts.roles import CHIEF, CLERK, INSPECTOR, LEADING, SUPERVISOR
from sunlot.office.approvals.models import Approval, State
from sunlot.office.lottery import progress, queries, rounds, seeding
from sunlot.office.lottery.models import Round, RoundState
from sunlot.office.shell.refusals import said
from sunlot.office.shell.todo import Todo

OWED = ("seed", "result", "teams-seed", "teams-result")  # what even a void draw still owes


def todos(user: Any, today: date) -> Iterator[Todo]:
    """Yield the next deed of every round that is not finished; for an inspector his visits."""
    if user.role == INSPECTOR:
        yield from _tasks(user)
    if user.role == SUPERVISOR:
        yield from _to_witness()
        yield from _voids()
    if user.role not in (CLERK, CHIEF, LEADING):
        return
    for row in Round.objects.exclude(state=RoundState.DROPPED).order_by("pk"):
        try:
            yield from _of_round(row)
        except DrawError as error:
            yield Todo(row.shown, reverse("lottery:rounds"), said(error), state="blocked")


def _to_witness() -> Iterator[Todo]:
    """Notices that no witness has seen yet: once the seed is recorded it is too late."""
    for row in Round.objects.filter(state=RoundState.ANNOUNCED).exclude(draw__state="voided").order_by("pk"):
        try:
            if progress.finished(row):
                continue
            draw = progress.folder(row)
            now = progress.current(row, draw)
            if draw and now in ("seed", "teams-seed") and not seeding.anchored(draw):
                title = progress.prefix_of(draw.name) + _("%(draw)s 的公告没有见证") % {"draw": draw.name}
                hint = (
                    _("本单位没有设见证人，没有外部的人能证明公告没有被换过")
                    if seeding.nobody_witnesses()
                    else _("种子登记之前要有见证签署，请见证人签署")
                )
                yield Todo(title, reverse("lottery:draw", args=[draw.name]), hint, timezone.localdate())
        except DrawError as error:
            yield Todo(row.shown, reverse("lottery:rounds"), said(error), state="blocked")


def _voids() -> Iterator[Todo]:
    """Requests to void a draw, the deed by which a result could be got rid of."""
    for asked in Approval.objects.filter(kind="lottery.void", state=State.PENDING).order_by("pk"):
        yield Todo(asked.title, reverse("approvals:one", args=[asked.pk]), _("有人申请作废抽取，请关注理由"))


def _tasks(user: Any) -> Iterator[Todo]:
    found = queries.tasks_of(user.person, timezone.now(), since=timezone.localdate()) if user.person else []
    for row, entries in found:
        hint = _("共 %(n)s 户") % {"n": len(entries)}
        yield Todo(row.shown, reverse("lottery:tasks"), hint, row.window_to)


def _of_round(row: Round) -> Iterator[Todo]:
    if progress.finished(row):
        if row.secret and not row.executed_at and row.window_to < timezone.localdate():
            hint = _("检查期已过，还没有公开。检查全部结束即自动公开；有未能检查的，请申请公开")
            yield Todo(row.title, reverse("lottery:draw", args=[row.draw_id]), hint, row.window_to, "late")
        return
    draw = progress.folder(row)
    now = progress.current(row, draw)
    url = progress.address(row, now)
    if draw is None:
        if rounds.asked(row):
            return
        known = min((str(source["known_at"]) for source in row.sources), default="")
        due = timezone.localtime(datetime.fromisoformat(known)).date() if known else row.window_from
        late = "late" if due < timezone.localdate() else "due"
        yield Todo(row.shown, url, _("下一步：%(step)s") % {"step": progress.TITLES[now]}, due, late)
    elif now != "archive" and (not draw.void or now in OWED):
        yield _next(row, draw, now, url)


def _next(row: Round, draw: Any, now: str, url: str) -> Todo:
    hint = _("下一步：%(step)s") % {"step": progress.TITLES[now]}
    if now not in ("seed", "teams-seed") or draw.step("seed" if now == "seed" else "teams-seed"):
        return Todo(row.shown, url, hint, row.window_from, "late" if row.window_from < timezone.localdate() else "due")
    waiting = [place for place in seeding.places(draw) if place.evidence is None]
    if waiting and all(place.state == "early" for place in waiting):
        at = max(place.known_at for place in waiting)
        when = timezone.localtime(datetime.fromisoformat(at))
        return Todo(
            row.shown, url, _("等待种子来源产生，%(at)s") % {"at": when.strftime("%m-%d %H:%M")}, when.date(), "blocked"
        )
    if lost := [place.title for place in waiting if place.lost]:
        hint = _(
            "%(sources)s：产生时间已过三天还没有录齐。已产生的请录入；确实没有产生的要等，不能省略也不能换来源，或申请作废并点名"
        )
        return Todo(row.shown, url, hint % {"sources": "、".join(lost)}, state="blocked")
    return Todo(row.shown, url, _("种子来源已产生，请录入"), timezone.localdate())
