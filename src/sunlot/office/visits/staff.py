"""Who may go to a visit: at least as many certified officers as the law asks for, none of whom must keep away from the firm."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sunlot.office.catalog.policies import office_policy
from sunlot.office.inspectors.models import Inspector, Role
from sunlot.office.inspectors.queries import REASONS, barred, reason, standing
from sunlot.office.roster.models import Firm
from sunlot.refusal import Refusal


def refuse_unfit(team: Sequence[str], firm: Firm, day: date) -> None:
    """Raise Refusal unless the people can go to the firm on the day. Who is barred is not told: a recusal is confidential."""
    known = {row.pk: row for row in standing(day).filter(pk__in=team)}
    if unknown := [person for person in team if person not in known]:
        raise Refusal("no_such_inspector", f"人员库中没有 {'、'.join(unknown)}；请核对人员编号。")
    officers = [person for person in team if known[person].role == Role.INSPECTOR]
    for person in officers:
        if (why := reason(known[person])) != "yes":
            raise Refusal("officer_unfit", f"{known[person]} 不能参加 {day} 的检查：{REASONS[why]}。")
    least = office_policy(day).count("visit.min_inspectors")
    if len(set(officers)) < least:
        raise Refusal(
            "too_few_officers",
            f"检查须有 {least} 名以上持证执法人员，现为 {len(set(officers))} 名；专家和辅助人员不计。",
        )
    kept_away = {(pair["inspector_id"], pair["firm_id"]) for pair in barred()}
    if any((person, firm.pk) in kept_away for person in team):
        raise Refusal("must_keep_away", "所选人员中有人应当回避该单位，请另选人员（回避情形不公开）。")


@dataclass(frozen=True)
class Card:
    """What somebody shows at the gate: name, number of the certificate that holds on the day (empty for none), role."""

    name: str
    certificate: str
    role: str


def cards(people: Iterable[str], day: date) -> dict[str, Card]:
    """Return by inspector what he can show on a day. A number that was merged into another shows the other's."""
    wanted = Inspector.objects.filter(pk__in=list(people)).values_list("pk", "merged_into_id")
    now = {old: new or old for old, new in wanted}
    rows = {row.pk: row for row in standing(day).filter(pk__in=now.values())}
    return {old: _card(rows[new]) if new in rows else Card(old, "", Role.HELPER) for old, new in now.items()}


def _card(row: Any) -> Card:
    holds = row.certificate and row.valid_to and row.valid_to >= row.day
    return Card(row.name, row.certificate if holds else "", row.role)


def certified(people: Iterable[str], day: date) -> set[str]:
    """Return those who are inspectors with a certificate that holds on the day."""
    return {person for person, card in cards(people, day).items() if card.certificate and card.role == Role.INSPECTOR}
