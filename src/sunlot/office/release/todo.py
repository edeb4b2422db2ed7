"""What is to be made public, corrected, taken away, and by when."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sunlot.office.accounts.roles import CHIEF, CLERK
from sunlot.office.release import penalties, queries, waiting
from sunlot.office.release.asking import asked_for
from sunlot.office.release.deadlines import withdrawal_due
from sunlot.office.shell.todo import Todo
from sunlot.office.visits.states import ENDED

MOST = 20  # lines of one sort


def todos(user: Any, today: date) -> Iterator[Todo]:
    """Yield what this person has to do for publication; what waits for a decision stands among the approvals."""
    if user.role in (CLERK, CHIEF):
        yield from _results(today)
        yield from _held_back()
        yield from _overtaken(today)
        yield from _penalties(today)


def _results(today: date) -> Iterator[Todo]:
    """One line for what can be asked for, one for what waits for a record that is being corrected."""
    url, asked = reverse("release:list"), asked_for("result")
    rows = waiting.to_release().exclude(pk__in=asked)
    ready = waiting.how_many(rows.filter(state__in=ENDED), today)
    if ready.count:
        hint = _("其中逾期 %(n)s 件，请马上送审") % {"n": ready.late} if ready.late else _("检查已办结，请送审公示")
        yield Todo(_("抽查结果待公示"), url, hint, ready.next, "late" if ready.late else "due", count=ready.count)
    blocked = waiting.how_many(rows.exclude(state__in=ENDED), today)
    if blocked.count:
        hint = _("检查记录正在更正，办结后才能公示")
        yield Todo(_("抽查结果待公示"), url, hint, blocked.next, "late" if blocked.late else "blocked", blocked.count)


def _held_back() -> Iterator[Todo]:
    if count := waiting.held_back().count():
        hint = _("暗查轮次尚未公开，公开之后自动列入待公示")
        yield Todo(_("暗查结果等待公开"), reverse("release:list"), hint, state="blocked", count=count)


def _overtaken(today: date) -> Iterator[Todo]:
    for row in queries.overtaken()[:MOST]:
        yield Todo(
            str(row), reverse("release:correct", args=[row.pk]), _("检查记录已更正，公示也须更正"), today, "late"
        )


def _penalties(today: date) -> Iterator[Todo]:
    """Penalties to release, those that nobody has served, those that were annulled and are public still."""
    asked = asked_for("penalty")
    for case in penalties.to_release().exclude(pk__in=asked).order_by("decided_on")[:MOST]:
        day = penalties.due_of(case)
        state = "late" if day < today else "due"
        yield Todo(case.decision_number, reverse("release:penalties"), _("处罚决定待公示，请送审"), day, state)
    for case in penalties.not_served().order_by("decided_on")[:MOST]:
        day = penalties.due_of(case)
        hint = _("处罚决定还没有送达，送达后才能公示；期限从决定之日起算")
        state = "late" if day < today else "blocked"
        yield Todo(case.decision_number, reverse("release:penalties"), hint, day, state)
    for row, annulled_on in penalties.to_withdraw()[:MOST]:
        day = withdrawal_due(annulled_on)
        hint = _("处罚决定已被撤销，须撤回公示并说明理由")
        yield Todo(str(row), reverse("release:withdraw", args=[row.pk]), hint, day, "late" if day < today else "due")
