"""Lawful deletion: when the time of keeping is over, a second person lets the keys of reports be destroyed. What remains are number, kind, dates, result."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import APPROVERS
from sunlot.office.approvals.kinds import Change, Kind
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.services import ask
from sunlot.office.complaints import pieces
from sunlot.office.complaints.deadlines import ended_by
from sunlot.office.complaints.handling import keep
from sunlot.office.complaints.models import Report
from sunlot.office.complaints.states import ENDED
from sunlot.office.journal.services import Deed
from sunlot.office.visits.moment import today
from sunlot.refusal import Refusal

DESTROY = "complaints.destroy"
MOST = 200  # reports a request
OVER = Q(state__in=ENDED, destroyed_on=None)


def due() -> list[Report]:
    """Return the reports whose time of keeping is over, the oldest first."""
    return list(over(today()).order_by("ended_on", "pk")[:MOST])


def over(day: date) -> QuerySet[Report]:
    """Return the reports whose time of keeping is over on the day."""
    return Report.objects.filter(OVER, ended_on__lte=ended_by(day))


def ask_destruction(user: User, numbers: list[int]) -> Approval:
    """Ask a second person to destroy the keys of reports. Raises Refusal for any whose time is not over."""
    rows = list(Report.objects.filter(pk__in=numbers).order_by("pk"))
    if not rows or len(rows) > MOST:
        raise Refusal("nothing_chosen", f"请勾选保存期满的举报件，每次不超过 {MOST} 件。")
    _refuse_early(rows)
    payload = {"reports": [report.pk for report in rows]}
    title = f"销毁保存期满的举报内容 {len(rows)} 件（{rows[0].number} 至 {rows[-1].number}）"
    return ask(user, DESTROY, f"reports/{rows[0].pk}", title, payload, "保存期满，依规定销毁举报人信息和举报内容。")


def _refuse_early(rows: Sequence[Report]) -> None:
    ripe = set(over(today()).filter(pk__in=[report.pk for report in rows]).values_list("pk", flat=True))
    early = [report.number for report in rows if report.pk not in ripe]
    if early:
        raise Refusal("kept_still", f"举报件 {'、'.join(early)} 还在保存期内、没有办结，或者已经销毁，不能销毁。")


def _destroy(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    rows = list(Report.objects.select_for_update(of=("self",)).filter(pk__in=payload["reports"]).order_by("pk"))
    _refuse_early(rows)
    gone = [piece for report in rows for piece in report.pieces.all()]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")  # what is overwritten is zeroed in the file too
    for report in rows:
        report.wrapped, report.likeness, report.destroyed_on = b"", "", today()
        keep(doing, report, "complaint.destroyed")
        report.pieces.update(data=b"")
        report.rewards.update(sealed=b"")
    transaction.on_commit(lambda: _finish(gone))


def _finish(gone: list[Any]) -> None:
    pieces.forget(gone)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # nor do they stay in the write-ahead log


def _changes(payload: dict[str, Any]) -> Sequence[Change]:
    rows = Report.objects.filter(pk__in=payload["reports"]).order_by("pk")
    return [(report.number, f"{report.ended_on} 办结", "销毁密钥，内容不能再读") for report in rows]


KIND = Kind(DESTROY, "销毁举报内容", APPROVERS, _destroy, _changes, lambda payload: reverse("complaints:expired"))
