"""What a visit needs next, and from whom."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sunlot.office.accounts.roles import CHIEF, CLERK, INSPECTOR, LEADING, SUPERVISOR
from sunlot.office.lottery.models import Round
from sunlot.office.shell.todo import Todo
from sunlot.office.visits import moment, queries, urgent
from sunlot.office.visits.attempts import UNREACHABLE, step_of
from sunlot.office.visits.doubts import open_doubts
from sunlot.office.visits.models import Complaint, Record, Visit
from sunlot.office.visits.on_paper import to_confirm
from sunlot.office.visits.sheet import UNCOOPERATIVE
from sunlot.office.visits.states import OPEN, WAYS, State

MOST = 20  # lines of one sort


def todos(user: Any, today: date) -> Iterator[Todo]:
    """Yield what this person has to do: visits to make, to notify, to hold, to report, complaints to read."""
    sorts = {
        CLERK: (
            _voided,
            _to_make,
            lambda day: _to_notify(user, day),
            _failed,
            _unreachable,
            lambda day: _urgent_refused(user, day),
        ),
        CHIEF: (_voided, _to_make, _refused, _urgent, lambda day: _overdue(user, day), _doubtful),
        LEADING: (_refused, _urgent),
        INSPECTOR: (lambda day: _own(user, day),),
        SUPERVISOR: (_complaints, _refused_unreported, _urgent_watched),
    }
    for sort in sorts.get(user.role, ()):
        yield from sort(today)


def _to_make(today: date) -> Iterator[Todo]:
    rows = Round.objects.filter(rehearsal=False, draw__isnull=False).exclude(draw__state="voided")
    url = reverse("visits:from-draw")
    for row in rows.filter(visits=None).order_by("pk"):
        if queries.teams_are_drawn(row):
            yield Todo(row.title, url, _("检查组已抽出，请产生检查并送审"), row.window_from)
    for row in rows.filter(visits__state__in=OPEN).distinct().order_by("pk"):
        if queries.is_behind(row):
            yield Todo(row.title, url, _("抽取中有替换，请更新检查组和企业"), today, "late")
        elif queries.wants_approval(row):
            yield Todo(row.title, url, _("检查还没有送审"), row.window_from)


def _voided(today: date) -> Iterator[Todo]:
    """Visits of a void draw must not be held."""
    rows = Round.objects.filter(draw__state="voided", visits__state__in=list(WAYS["cancel"])).distinct().order_by("pk")
    for row in rows:
        url = reverse("visits:cancel-draw", args=[row.draw_id])
        yield Todo(row.title, url, _("抽取已作废，请撤销其检查"), today, "late")


def _to_notify(user: Any, today: date) -> Iterator[Todo]:
    waiting = queries.in_the_office(user).filter(state=State.APPROVED, secret=False)
    if count := waiting.count():
        due = waiting.order_by("window_to").values_list("window_to", flat=True)[0]
        yield Todo(_("已批准的检查待通知企业"), reverse("visits:list") + "?state=approved", "", due, count=count)


def _failed(today: date) -> Iterator[Todo]:
    rows = queries.in_the_office().filter(state=State.FAILED, firm__status="正常").order_by("pk")[:MOST]
    for visit in rows:
        hint = _("现场未能检查，请核实后更新名录或以候补替换")
        yield Todo(visit.firm_name, reverse("visits:one", args=[visit.pk]), hint)


def _unreachable(today: date) -> Iterator[Todo]:
    hints = {"again": _("联系不上，须另选日期再次上门"), "add": _("多次联系不上，可申请追加候补")}
    rows = (
        queries.in_the_office()
        .filter(state=State.FAILED, outcome=UNREACHABLE)
        .order_by("-pk")
        .prefetch_related("attempts")[:MOST]
    )
    for visit in rows:
        if step := step_of(visit):
            yield Todo(visit.firm_name, reverse("visits:one", args=[visit.pk]), hints[step], visit.window_to)


def _refused(today: date) -> Iterator[Todo]:
    for visit in queries.to_report()[:MOST]:
        title, hint = _("拒签报告"), _("企业拒签，请阅处")
        if visit.outcome == UNCOOPERATIVE:
            title, hint = _("不配合检查报告"), _("企业不配合检查，情节严重，请阅处并决定是否立案")
        yield Todo(f"{visit}：{title}", reverse("visits:one", args=[visit.pk]), hint, visit.window_to, "late")


def _urgent(today: date) -> Iterator[Todo]:
    for later in urgent.standing(urgent.begun()[:MOST]):
        due = timezone.localtime(later.due)
        hint = _("紧急检查须补办审批，应在 %(due)s 前") % {"due": moment.shown(later.due)}
        if later.refused:
            hint = _("紧急检查的补办审批被退回：%(remark)s") % {"remark": later.refused}
        elif later.late:
            hint = _("紧急检查逾期没有补办审批，应在 %(due)s 前") % {"due": moment.shown(later.due)}
        state = "late" if later.late or later.refused else "due"
        yield Todo(str(later.visit), reverse("visits:one", args=[later.visit.pk]), hint, due.date(), state)


def _urgent_refused(user: Any, today: date) -> Iterator[Todo]:
    """For who arranged them: the visits whose later approval was refused; to be asked for again, or to stand as they are."""
    for later in urgent.standing(urgent.begun().filter(arranged_by=user)[:MOST]):
        if later.refused:
            hint = _("紧急检查的补办审批被退回：%(remark)s") % {"remark": later.refused}
            yield Todo(str(later.visit), reverse("visits:one", args=[later.visit.pk]), hint, state="late")


def _urgent_watched(today: date) -> Iterator[Todo]:
    """For who watches: how many urgent visits were not approved in time, or not at all; of those still closed no more than the number."""
    found = list(urgent.standing(urgent.begun()))
    late, refused = [one for one in found if one.late and not one.refused], [one for one in found if one.refused]
    sorts = ((late, _("紧急检查逾期没有补办审批")), (refused, _("紧急检查的补办审批被退回")))
    for rows, title in sorts:
        if rows:
            yield Todo(title, reverse("visits:list"), _("请督促负责人"), state="late", count=len(rows))


def _overdue(user: Any, today: date) -> Iterator[Todo]:
    late = queries.in_the_office(user).filter(state__in=OPEN, window_to__lt=today)
    if count := late.count():
        yield Todo(_("检查期已过仍未办结的检查"), reverse("visits:list"), "", state="late", count=count)


def _doubtful(today: date) -> Iterator[Todo]:
    if count := open_doubts().count():
        yield Todo(_("检查的时间、位置有疑点"), reverse("visits:doubts"), _("请核实后写明情况"), count=count)


def _own(user: Any, today: date) -> Iterator[Todo]:
    rows = list(queries.to_do(user, moment.now())[:MOST])
    unconfirmed = _to_confirm(user, rows)
    for visit in rows:
        state = "late" if visit.window_to < today else "due"
        if visit.pk in unconfirmed:
            hint = _("待签字：请确认纸质签字页上有您本人的签字")
            yield Todo(visit.firm_name, reverse("visits:confirm", args=[visit.pk]), hint, visit.window_to, state)
            continue
        url = reverse("visits:one", args=[visit.pk])
        yield Todo(visit.firm_name, url, str(visit.get_state_display()), visit.window_to, state)


def _to_confirm(user: Any, rows: Sequence[Visit]) -> set[int]:
    """Return of these visits those whose newest record was signed on paper, where this officer has not confirmed his signature."""
    signing = [visit.pk for visit in rows if visit.state == State.SIGNING]
    found = Record.objects.filter(visit__in=signing).order_by("edition")
    newest = {record.visit_id: record for record in found}
    return {pk for pk, record in newest.items() if to_confirm(user, record)}


def _complaints(today: date) -> Iterator[Todo]:
    if count := Complaint.objects.filter(read_at=None).count():
        yield Todo(_("企业对检查的投诉"), reverse("visits:complaints"), _("只有监督员可见"), count=count)


def _refused_unreported(today: date) -> Iterator[Todo]:
    """For who watches: that a refusal to sign, or to be inspected, has not been put before those responsible."""
    titles = {State.REFUSED: _("企业拒签的检查"), State.DONE: _("企业不配合的检查")}
    for state, title in titles.items():
        rows = queries.to_report().filter(state=state)
        if count := rows.count():
            due = rows.order_by("window_to").values_list("window_to", flat=True)[0]
            hint = _("负责人尚未阅处，请督促")
            yield Todo(title, f"{reverse('visits:list')}?state={state.value}", hint, due, "late", count)
