"""The last day for a release, by the policy's working days."""

from datetime import date

from sunlot.codes.workdays import add_workdays
from sunlot.office.catalog.policies import office_policy
from sunlot.office.release.models import Kind

RULES = {Kind.RESULT: "publication.result_workdays", Kind.PENALTY: "publication.penalty_workdays"}


def due(kind: str, first: date) -> date:
    """Return the last day on which a result (from the end of its visit) or a penalty (from its decision) is released in time."""
    return add_workdays(first, office_policy(first).count(RULES[Kind(kind)])).day


def withdrawal_due(since: date) -> date:
    """Return the last day for taking away what has to be withdrawn since a day (行政处罚法第48条第2款: within three workdays)."""
    return add_workdays(since, office_policy(since).count("publication.withdrawal_workdays")).day
