"""The clocks of a report: until when to decide on acceptance, to finish, to answer. The periods are policy."""

from datetime import date, timedelta

from sunlot.codes.workdays import add_workdays
from sunlot.office.catalog.policies import office_policy


def answer_of_acceptance_by(received: date) -> date:
    """Return the last day for telling whether a report is accepted."""
    return add_workdays(received, office_policy(received).count("complaint.accept_workdays")).day


def finish_by(accepted: date) -> date:
    """Return the last day for finishing, in calendar days after acceptance."""
    return accepted + timedelta(days=office_policy(accepted).count("complaint.finish_days"))


def extended(due: date, on: date) -> date:
    """Return the later day that an extension gives."""
    return due + timedelta(days=office_policy(on).count("complaint.extension_days"))


def answer_by(concluded: date) -> date:
    """Return the last day for telling the reporter what was found."""
    return add_workdays(concluded, office_policy(concluded).count("complaint.answer_workdays")).day


def kept_until(ended: date, on: date) -> date:
    """Return the day from which what was reported may be destroyed, by the policy of the day `on` which it is asked."""
    return _years_after(ended, office_policy(on).count("complaint.retention_years"))


def ended_by(on: date) -> date:
    """Return the last day on which a report may have ended whose time of keeping is over on the day."""
    return _years_after(on, -office_policy(on).count("complaint.retention_years"))


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
