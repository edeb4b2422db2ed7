"""Visits of the plan's key firms (重点单位): how far they are covered, and arranging visits of several at once with one request."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count

from sunlot.office.accounts.models import User
from sunlot.office.approvals.services import ask_within
from sunlot.office.catalog.policies import office_policy
from sunlot.office.journal.services import deed
from sunlot.office.plan.models import KeyListEntry, Plan
from sunlot.office.plan.queries import plan_in_force
from sunlot.office.roster.models import CAP_FACTS, Firm
from sunlot.office.roster.queries import held_visits_of
from sunlot.office.visits import moment
from sunlot.office.visits.caps import refuse_over_cap
from sunlot.office.visits.making import Arrangement, arrange
from sunlot.office.visits.models import Origin, Visit
from sunlot.office.visits.offsite import OFFSITE, ledger_kind
from sunlot.office.visits.queries import NOT_HELD, in_the_office, open_visits
from sunlot.office.visits.urgent import APPROVE
from sunlot.policy.vocabulary import VISIT_KINDS
from sunlot.refusal import Refusal

MOST = 200  # firms at once
TOLD = 10  # firms named in a refusal


@dataclass(frozen=True)
class Reach:
    """How far a key firm is covered in the year: visits held (of any kind on site), those that count, coming ones, and its cap."""

    made: int
    counted: int
    coming: int
    cap: int

    @property
    def state(self) -> str:
        """`done`: visited; `arranged`: a visit is coming; `full`: no room under the cap; else `open`."""
        if self.made:
            return "done"
        if self.coming:
            return "arranged"
        return "full" if self.counted >= self.cap else "open"


def plan_now() -> Plan | None:
    """Return the plan in force of this year."""
    return plan_in_force(moment.today().year)


def reach_of(firms: Iterable[str], day: date, asker: Any = None) -> dict[str, Reach]:
    """Return by firm how far it is covered in the year of the day; a fixed number of queries, however many firms.

    `asker`: who reads it; coming visits that are closed to him are not counted.
    """
    policy, wanted = office_policy(day), list(firms)
    counting = [kind for kind in VISIT_KINDS if policy.counted(kind)]
    year = held_visits_of(wanted).filter(date__year=day.year)
    made = _by_firm(year.exclude(kind=OFFSITE).values_list("firm_id").annotate(n=Count("pk")))
    counted = _by_firm(year.filter(kind__in=counting).values_list("firm_id").annotate(n=Count("pk")))
    rows = open_visits().filter(firm__in=wanted, window_to__year=day.year).filter(NOT_HELD)
    if asker is not None:
        rows = rows.filter(pk__in=in_the_office(asker).values("pk"))
    coming = _by_firm(rows.values_list("firm_id").annotate(n=Count("pk")))
    found = {}
    for firm, *facts in Firm.objects.filter(pk__in=wanted).values_list("pk", *CAP_FACTS):
        cap = policy.cap_rule(*facts).visits
        found[firm] = Reach(made.get(firm, 0), counted.get(firm, 0), coming.get(firm, 0), cap)
    return found


def arrange_all(user: User, entries: Sequence[int], common: Arrangement) -> list[Visit]:
    """Return visits of these entries of the key list, all asked for at once. `common`: what they share; its firm and reason are the entry's.

    All or none: raises Refusal that names every firm that cannot be visited, and why.
    """
    rows = list(KeyListEntry.objects.filter(pk__in=list(entries), plan=plan_now()).order_by("pk"))
    if not 0 < len(rows) <= MOST:
        raise Refusal("nobody_chosen", f"请在重点单位名单中勾选 1 至 {MOST} 户。")
    classes = office_policy(moment.today()).labels("plan.key_classes")
    with deed(by=user.actor) as doing:
        made: list[Visit] = []
        trouble: list[str] = []
        covered = reach_of([row.firm for row in rows], common.window_from, user)
        for row in rows:
            wanted = replace(common, firm=row.firm, reason=_reason(row, classes), origin=Origin.KEY.value)
            try:
                _refuse_waiting(covered.get(row.firm))
                visit = arrange(doing, user, wanted)
                refuse_over_cap(visit.firm, ledger_kind(visit), visit.window_from, visit.pk, user)
                made.append(visit)
            except Refusal as refusal:
                trouble.append(f"{row.name}：{refusal.sentence}")
        if trouble:
            more = f"……共 {len(trouble)} 户。" if len(trouble) > TOLD else ""
            raise Refusal("some_cannot", "没有安排，请去掉这些单位或改正后再送审。" + "".join(trouble[:TOLD]) + more)
        batch = f"visits/{made[0].pk}"
        for visit in made:
            visit.batch = batch
            doing.save(visit)
        title = f"检查审批：重点单位 {len(made)} 户"
        ask_within(doing, user, APPROVE, batch, title, {"visits": [visit.pk for visit in made]}, common.reason)
    return made


def _reason(row: KeyListEntry, classes: Mapping[str, str]) -> str:
    return "；".join(filter(None, [classes.get(row.key_class, row.key_class), row.reason]))


def _refuse_waiting(reach: Reach | None) -> None:
    if reach is not None and reach.coming:
        raise Refusal("arranged_already", "已安排了检查，尚未办结。")


def _by_firm(rows: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for firm, count in rows:
        found[firm] = found.get(firm, 0) + count
    return found
