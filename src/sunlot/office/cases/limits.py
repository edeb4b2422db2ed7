"""The law of a case on its days: which articles are cited, which penalties need a hearing and a discussion, when each clock has run."""

from datetime import date, timedelta

from sunlot.codes.money import capital_yuan
from sunlot.codes.workdays import Deadline, add_workdays
from sunlot.office.cases.models import Case, Outcome
from sunlot.office.catalog.policies import office_policy


def cite(name: str, day: date) -> str:
    """Return an article as a refusal names it on a day, e.g. 行政处罚法第58条第1款. `name`: of a `citation.` rule. Raises PolicyError."""
    return office_policy(day).text(f"citation.{name}")


def kinds_on(day: date) -> dict[str, str]:
    """Return the kinds of penalty by code."""
    return dict(office_policy(day).labels("penalty.kinds"))


def penalty_words(case: Case, day: date | None = None) -> str:
    """Return the penalty as documents word it: 罚款人民币叁万元整（30000元），责令停产停业; empty for none."""
    titles = kinds_on(day or case.decided_on or case.told_on or case.opened_on or case.found_on)
    amounts = {"fine": case.fine, "gains": case.forfeit, "goods": 0 if "gains" in case.kind_codes else case.forfeit}
    return "，".join(
        titles.get(code, code) + (in_money(amounts[code]) if amounts.get(code) else "") for code in case.kind_codes
    )


def in_money(yuan: int) -> str:
    """Return an amount in words and figures."""
    return f"人民币{capital_yuan(yuan)}（{yuan}元）"


def needs_hearing(case: Case, day: date) -> bool:
    """Return whether the party must be told of its right to a hearing (行政处罚法第63条) by the thresholds of a day."""
    return case.outcome == Outcome.PENALTY and (_severe(case, day) or _reaches(case, day, "penalty.hearing_thresholds"))


def needs_discussion(case: Case, day: date) -> bool:
    """Return whether those in charge must discuss it together (行政处罚法第57条第2款)."""
    if case.outcome != Outcome.PENALTY:
        return case.complicated
    return case.complicated or _severe(case, day) or _reaches(case, day, "penalty.discussion_thresholds")


def _severe(case: Case, day: date) -> bool:
    severe = set(office_policy(day).texts("penalty.severe_kinds"))
    return case.severe or bool(severe & set(case.kind_codes))


def _reaches(case: Case, day: date, rule: str) -> bool:
    least = office_policy(day).counts(rule)[case.party_kind]
    return max(case.fine, case.forfeit) >= least


def decide_by(case: Case) -> date | None:
    """Return the last day for the decision (行政处罚法第60条), None before the case is opened."""
    if case.opened_on is None:
        return None
    return case.opened_on + timedelta(office_policy(case.opened_on).count("penalty.decision_days"))


def defend_by(case: Case) -> Deadline | None:
    """Return the last day for statement and defence, None before the party was told."""
    return _workdays(case.told_on, "penalty.defence_workdays")


def ask_hearing_by(case: Case) -> Deadline | None:
    """Return the last day for asking for a hearing (行政处罚法第64条第1项), None when the party need not be told of one."""
    if case.told_on is None or not needs_hearing(case, case.told_on):
        return None
    return _workdays(case.told_on, "penalty.hearing_request_workdays")


def ripe_on(case: Case) -> date | None:
    """Return the first day on which neither a defence nor a request for a hearing can come any more, None before the party was told."""
    lasts = [deadline.day for deadline in (defend_by(case), ask_hearing_by(case)) if deadline]
    return max(lasts) + timedelta(1) if lasts else None


def serve_by(case: Case) -> Deadline | None:
    """Return the last day for serving the decision (行政处罚法第61条第1款)."""
    return _workdays(case.decided_on, "penalty.service_workdays")


def pay_by(case: Case) -> date | None:
    """Return the last day for paying (行政处罚法第67条第3款), None where nothing is to be paid or nothing was served."""
    if case.served_on is None or not case.fine:
        return None
    return case.served_on + timedelta(office_policy(case.served_on).count("penalty.payment_days"))


def _workdays(day: date | None, rule: str) -> Deadline | None:
    return add_workdays(day, office_policy(day).count(rule)) if day else None
