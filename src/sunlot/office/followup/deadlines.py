"""The days of the follow-up: by when a firm has to put right, by when the office rechecks, by when a receipt is missed."""

from dataclasses import dataclass
from datetime import date

from sunlot.codes.workdays import Deadline, add_workdays, is_workday
from sunlot.office.catalog.policies import office_policy
from sunlot.refusal import Refusal

LONGEST = 250  # workdays: about a year


@dataclass(frozen=True)
class Term:
    """How a deadline is given: as a day, or as a number of workdays. `put_off`: a day of rest means the next working day."""

    day: date | None = None
    workdays: int | None = None
    put_off: bool = False


def deadline(start: date, term: Term) -> Deadline:
    """Return the last day of a term that begins on a day, which itself does not count (行政处罚法第85条).

    Raises Refusal unless exactly one of day and workdays is given, for a day that is not after the first, and for a day of rest that was
    not confirmed to mean the next working day.
    """
    if (term.day is None) == (term.workdays is None):
        raise Refusal("deadline_missing", "整改期限请填写日期，或者填写工作日天数，两者填一项。")
    if term.workdays is not None:
        if not 1 <= term.workdays <= LONGEST:
            raise Refusal("deadline_wrong", f"工作日天数应为 1 到 {LONGEST}，现为 {term.workdays}。")
        return add_workdays(start, term.workdays)
    assert term.day is not None
    if term.day <= start:
        raise Refusal("deadline_wrong", f"整改期限 {term.day} 应晚于下达日期 {start}。")
    if not term.put_off:
        refuse_rest(term.day, "整改期限")
    return next_workday(term.day)


def next_workday(day: date) -> Deadline:
    """Return the day on which a period ends whose last day this is: itself, or the first working day after days of rest (民法典第203条)."""
    return Deadline(day) if is_workday(day) else add_workdays(day, 1)


def refuse_rest(day: date, what: str) -> None:
    """Raise Refusal, with the next working day, for a day on which nobody works."""
    if not is_workday(day):
        then = next_workday(day)
        raise Refusal(
            "day_of_rest",
            f"{what} {day} 是休息日，期限依法到其后第一个工作日 {then.day} 届满；请改填 {then.day}。{then.note}",
        )


def recheck_by(ends: date, reported: date | None) -> date:
    """Return the last day for a recheck: rectification.recheck_workdays after the report, or after the deadline where that is earlier."""
    start = min(ends, reported) if reported else ends
    return add_workdays(start, office_policy(start).count("rectification.recheck_workdays")).day


def receipt_by(sent: date) -> date:
    """Return the day after which a transfer's receipt is missed."""
    return add_workdays(sent, office_policy(sent).count("transfer.receipt_workdays")).day
