"""What of this app needs a second person: recusals always, changes of the roster while a round is open."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from sunlot.office.accounts.roles import APPROVERS, CHIEF
from sunlot.office.approvals.kinds import Change, Kind
from sunlot.office.inspectors import changes, recusals
from sunlot.office.inspectors.models import Inspector, Recusal


def declared(payload: dict[str, Any]) -> Sequence[Change]:
    """Return what one declaration says. Of many at once only how many: who brought the file in is not their owner."""
    rows = recusals.proposed(payload)
    if len(payload["declarations"]) > 1:
        people = len({row.inspector_id for row in rows})
        return [("回避声明", "", f"{len(rows)} 份，涉及 {people} 人；内容由审批人在“回避声明审批”中查看")]
    return [line for row in rows for line in _lines(row)]


def _lines(row: Recusal) -> Sequence[Change]:
    firm = f"{row.firm_name} {row.firm_id}".strip()
    if row.withdraws:
        return [("申报人", "", str(row.inspector)), (noop("回避单位"), firm, "（不再回避）"), ("理由", "", row.detail)]
    facts = [("申报人", str(row.inspector)), (noop("回避单位"), firm), ("回避情形", str(row.get_ground_display()))]
    return [(title, "", text) for title, text in [*facts, ("说明", row.detail)]]


def declarations(payload: dict[str, Any]) -> str:
    """Return where the declarations can be read."""
    if len(payload["declarations"]) > 1:
        return reverse("inspectors:declared")
    return reverse("inspectors:recusal", args=[recusals.proposed(payload)[0].pk])


def person(payload: dict[str, Any]) -> str:
    """Return the person's page, nothing for one who is not in the roster yet."""
    known = Inspector.objects.filter(pk=payload["number"]).exists()
    return reverse("inspectors:one", args=[payload["number"]]) if known else ""


RECUSAL = Kind(
    recusals.KIND, "回避声明", frozenset({CHIEF}), recusals.carry_out, declared, declarations, confidential=True
)
CHANGE = Kind(changes.KIND, "检查人员名录变更", APPROVERS, changes.perform, changes.compared, person)
