"""How often a firm may be visited in a year by anybody (频次上限), asked before a visit is approved that no draw led to."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from sunlot.office.catalog.policies import office_policy
from sunlot.office.roster.models import Firm
from sunlot.office.roster.queries import held_visits_of
from sunlot.office.visits.models import Visit
from sunlot.office.visits.offsite import OFFSITE
from sunlot.office.visits.queries import NOT_HELD, in_the_office, open_visits
from sunlot.office.visits.states import State
from sunlot.policy.vocabulary import VISIT_KINDS
from sunlot.refusal import Refusal


def refuse_over_cap(firm: Firm, kind: str, day: date, besides: int, asker: Any = None) -> None:
    """Raise Refusal when another visit of this kind would exceed the firm's cap of the year. `besides`: a visit not to count.

    `asker`: whose question it is; coming visits that are closed to him are not counted, or the answer would tell him of them. Whoever approves counts all.
    """
    policy = office_policy(day)
    if not policy.counted(kind):
        return
    counted = [one for one in VISIT_KINDS if policy.counted(one)]
    made = held_visits_of([firm.pk]).filter(date__year=day.year, kind__in=counted).count()
    held = Q(offsite=False, kind__in=counted) | (Q(offsite=True) if OFFSITE in counted else Q(pk__in=[]))
    coming = open_visits().filter(held, firm=firm, window_to__year=day.year).filter(NOT_HELD)
    coming = coming.exclude(state=State.ARRANGED).exclude(pk=besides)
    if asker is not None:
        coming = coming.filter(pk__in=in_the_office(asker).values("pk"))
    cap = policy.cap_rule(*firm.cap_facts)
    if made + coming.count() >= cap.visits:
        raise Refusal(
            "over_the_cap",
            f"{firm.name} {day.year} 年计入频次的检查已有 {made} 次、待查 {coming.count()} 次，上限 {cap.visits} 次（{cap.sentence}）；"
            "投诉举报、上级部署等不计入频次的，请按实际种类办理。",
        )


def lately_visited(visit: Visit) -> str:
    """Return a sentence for the approver when somebody came to the firm within the policy's gap, else nothing."""
    if visit.offsite:
        return ""
    gap = office_policy(visit.window_from).count("visit.gap_days")
    since = visit.window_from - timedelta(days=gap)
    last = held_visits_of([visit.firm_id]).filter(date__gt=since).exclude(kind=OFFSITE).order_by("-date").first()
    return f"{last.date} 刚接受过{last.get_kind_display()}，距今不足 {gap} 天" if last else ""
