"""Reading the inspectors: who holds which certificate on a day, who may be drawn, and the tables that the draw reads."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.utils.translation import gettext_lazy as _

from sunlot.draw.inspectors import why_not
from sunlot.files import replace_file
from sunlot.intake.columns import TABLES
from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import PARTNER
from sunlot.office.inspectors.firms import now_called
from sunlot.office.inspectors.models import Certificate, Inspector, Leave, Recusal, Step

REASONS = {  # of one day; the draw says the same of a whole window (sunlot.draw.inspectors.REASONS)
    "yes": _("可以抽取"),
    "role": _("专家或辅助人员"),
    "certificate": _("没有有效的执法证"),
    "expired": _("执法证已过期"),
    "duty": _("不在岗"),
    "leave": _("当天请假"),
}


def roster() -> QuerySet[Inspector]:
    """Return everybody in the roster; numbers that were merged into another or taken back do not count."""
    return Inspector.objects.filter(merged_into=None, listed=True)


def standing(day: date) -> QuerySet[Inspector]:
    """Return the roster with `day`, `certificate` and `valid_to` (of the certificate that holds longest on the day), `away` and `accounts`."""
    held = (
        Certificate.objects.filter(Q(valid_from=None) | Q(valid_from__lte=day), inspector=OuterRef("pk"))
        .filter(Q(revoked_on=None) | Q(revoked_on__gt=day))
        .order_by(F("valid_to").desc(nulls_last=True), "-pk")
    )
    leave = Leave.objects.filter(inspector=OuterRef("pk"), cancelled=False, start__lte=day, end__gte=day)
    merged = Inspector.objects.filter(merged_into=OuterRef(OuterRef("pk"))).values("pk")
    account = User.objects.filter(Q(person=OuterRef("pk")) | Q(person__in=Subquery(merged)), is_active=True)
    return roster().annotate(
        day=Value(day, output_field=DateField()),
        certificate=Subquery(held.values("number")[:1]),
        valid_to=Subquery(held.values("valid_to")[:1]),
        away=Exists(leave),
        has_account=Exists(account),
    )


def within_reach(user: Any, rows: QuerySet[Inspector]) -> QuerySet[Inspector]:
    """Return those of the rows that this account may see: a partner department (协作部门) its own people, everybody else all."""
    if user.role != PARTNER:
        return rows
    return rows.filter(department=user.department).exclude(department="")


def reason(row: Any) -> str:
    """Return `yes`, or why this row of `standing` cannot be drawn for a visit on its day: a key of REASONS."""
    day = row.day.isoformat()
    return why_not(as_drawn(row), [[day, day]] if row.away else [], (day, day))


def as_drawn(row: Any) -> dict[str, str]:
    """Return a row of `standing` as the draw reads it. Phone, birth and sex are not the draw's business and stay empty."""
    facts = {
        "id": row.pk,
        "name": row.name,
        "department": row.department,
        "position": row.position,
        "certificate": row.certificate or "",
        "certificate_valid_to": row.valid_to.isoformat() if row.valid_to else "",
        "specialities": row.specialities,
        "state": row.state,
        "role": row.role,
        "territory": row.territory,
        "joined": row.joined,
    }
    return {column: facts.get(column, "") for column in TABLES["inspectors"]}


def write_staff_tables(folder: Path, day: date) -> None:
    """Write inspectors.csv, leaves.csv and recusals.csv as they stand on the day, in the columns of `sunlot.intake`.

    They hold personal data, so the folder must be the office's own. Leave that ended before the day, and the grounds of recusals, are left out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    people = [as_drawn(row) for row in standing(day).order_by("pk")]
    leaves = Leave.objects.filter(cancelled=False, end__gte=day).order_by("inspector_id", "start")
    _write(folder, "inspectors", people)
    _write(folder, "leaves", [_leave(leave) for leave in leaves])
    _write(folder, "recusals", barred())


def in_force() -> QuerySet[Recusal]:
    """Return the recusals that bar somebody from a firm now."""
    return Recusal.objects.filter(step=Step.IN_FORCE, withdraws=False)


def inspector_of(user: Any) -> Inspector | None:
    """Return who this account is in the roster, None for an account that is nobody there."""
    if not user.person:
        return None
    found = Inspector.objects.select_related("merged_into").filter(pk=user.person).first()
    return (found.merged_into or found) if found else None


def _leave(leave: Leave) -> dict[str, str]:
    ends = {"start": leave.start.isoformat(), "end": leave.end.isoformat()}
    return {"inspector_id": leave.inspector_id, "kind": "", **ends}


def barred() -> list[dict[str, str]]:
    """Return who keeps away from which firm, one row a pair, firms by the number under which the draw knows them."""
    pairs = set(in_force().values_list("inspector_id", "firm_id"))
    now = now_called(firm for _, firm in pairs)
    found = sorted({(person, now.get(firm, firm)) for person, firm in pairs})
    return [{"inspector_id": person, "firm_id": firm} for person, firm in found]


def _write(folder: Path, kind: str, rows: Iterable[Mapping[str, str]]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(TABLES[kind]), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    replace_file(folder / f"{kind}.csv", text.getvalue().encode(), 0o600)
