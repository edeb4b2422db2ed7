"""What a served penalty still owes on a day: fine, what is confiscated, and what late payment adds (行政处罚法第72条第1款第1项)."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from sunlot.office.cases import limits
from sunlot.office.cases.models import Case, Instalment, Part
from sunlot.office.cases.violations import later
from sunlot.office.catalog.policies import office_policy

Due = tuple[date, int]  # last day, yuan


@dataclass(frozen=True)
class Payment:
    """A payment. `receipt`: the number of the bank's receipt."""

    on: date
    part: str
    amount: int
    receipt: str


@dataclass(frozen=True)
class Plan:
    """When the fine is to be paid, from a day on. `before`: what of it had been paid by then."""

    since: date
    before: int
    dues: tuple[Due, ...]


def payments(case: Case) -> list[Payment]:
    """Return the payments of a case in the order of their entry. One entered before payments named their part went to fine, forfeit, surcharge in turn."""
    room = {Part.FINE.value: case.fine, Part.FORFEIT.value: case.forfeit}
    found: list[Payment] = []
    for step in sorted((step for step in case.steps.all() if step.act == "pay"), key=lambda step: step.pk):
        detail = json.loads(step.detail)
        left = detail["amount"]
        parts = [detail["part"]] if "part" in detail else list(Part.values)
        for part in parts:
            amount = left if part == parts[-1] else min(left, room.get(part, left))
            room[part] = max(0, room.get(part, 0) - amount)
            left -= amount
            if amount:
                found.append(Payment(step.on, part, amount, step.text))
    return found


def paid(case: Case, part: str, before: date | None = None) -> int:
    """Return what was paid for a part, on all days or before one."""
    return sum(one.amount for one in payments(case) if one.part == part and (before is None or one.on < before))


def plans(case: Case) -> list[Plan]:
    """Return how the fine was to be paid, the first plan and those that took its place; none where nothing was served or no fine is due."""
    first = limits.pay_by(case)
    if first is None or case.served_on is None:
        return []
    found = [Plan(case.served_on, 0, ((first, case.fine),))]
    rows: dict[date, list[Instalment]] = {}
    for row in sorted(case.instalments.all(), key=lambda row: (row.granted_on, row.pk)):
        rows.setdefault(row.granted_on, []).append(row)
    for since, parts in rows.items():
        kept = [row for row in parts if not row.replaced] or parts
        before = paid(case, Part.FINE, since + timedelta(1))
        found.append(Plan(since, before, tuple((row.due_on, row.amount) for row in kept)))
    return found


def next_due(case: Case) -> date | None:
    """Return the day by which something of the fine has to be paid next, None once it is paid."""
    schedule = plans(case)
    so_far = paid(case, Part.FINE)
    if not schedule or so_far >= case.fine:
        return None
    total = schedule[-1].before
    for day, amount in schedule[-1].dues:
        total += amount
        if total > so_far:
            return day
    return schedule[-1].dues[-1][0]


def surcharge(case: Case, day: date) -> int:
    """Return what late payment has added up to a day, whole yuan, never more than the fine; nothing for days of a reconsideration or a suit
    (行政处罚法第72条第1款第1项、第73条第3款).
    """
    schedule = plans(case)
    if not schedule or not case.fine:
        return 0
    added, paused = Fraction(0), _pauses(case, day)
    made = [one for one in payments(case) if one.part == Part.FINE]
    current = schedule[0].dues[0][0]
    while current < day and added < case.fine:
        current += timedelta(1)
        if not any(first <= current <= last for first, last in paused):
            added += _overdue(made, schedule, current) * office_policy(current).share("penalty.late_rate")
    return min(case.fine, int(added))


def _overdue(made: Sequence[Payment], schedule: Sequence[Plan], day: date) -> int:
    """Return what of the fine should have been paid before a day and was not, by the payments made on it."""
    plan = [plan for plan in schedule if plan.since < day][-1]
    wanted = plan.before + sum(amount for due, amount in plan.dues if due < day)
    return max(0, wanted - sum(one.amount for one in made if one.on < day))


def _pauses(case: Case, day: date) -> list[tuple[date, date]]:
    """Return the days, first and last, during which a reconsideration or a suit ran."""
    found: list[tuple[date, date]] = []
    began: date | None = None
    for step in sorted(case.steps.all(), key=lambda step: step.pk):
        if step.act == "appeal":
            began = step.on
        elif step.act == "appeal_ended" and began:
            found.append((began, step.on))
            began = None
    return [*found, (began, day)] if began else found


def still_owed(case: Case) -> Iterator[tuple[str, int]]:
    """Yield what is open of each part; of what late payment adds, that which was decided."""
    yield Part.FINE.value, max(0, case.fine - paid(case, Part.FINE))
    yield Part.FORFEIT.value, max(0, case.forfeit - paid(case, Part.FORFEIT)) if "gains" in case.kind_codes else 0
    yield Part.SURCHARGE.value, max(0, case.surcharge - paid(case, Part.SURCHARGE))


def open_of(case: Case, part: str) -> int:
    """Return what is open of one part."""
    return dict(still_owed(case))[part]


def court_days(case: Case) -> tuple[date, date] | None:
    """Return the first and the last day on which the court may be asked to enforce, None before the decision is served.

    From the end of the time for a suit, and of what was put off (行政强制法第53条, 行政处罚法第72条第2款).
    """
    if case.served_on is None:
        return None
    policy = office_policy(case.served_on)
    ends = later(case.served_on, policy.count("penalty.suit_months"))
    schedule = plans(case)
    if len(schedule) > 1:
        ends = max(ends, schedule[-1].dues[-1][0])
    if over := [last for _, last in _pauses(case, ends)]:
        ends = max(ends, *over)
    return ends + timedelta(1), later(ends, policy.count("penalty.court_months"))
