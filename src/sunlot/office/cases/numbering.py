"""The number of a decision (文号): without gaps a year, fixed in the transaction that decides."""

from sunlot.office.bureau.queries import the_bureau
from sunlot.office.cases.models import Case
from sunlot.office.catalog.policies import office_policy
from sunlot.office.visits.moment import today
from sunlot.policy.document_numbers import document_number

KIND = "penalty_decision"


def next_number(case: Case) -> str:
    """Return the number of a case's decision, the next of the year. Raises Refusal while the bureau is not described."""
    day = today()
    rows = Case.objects.select_for_update().filter(decided_on__year=day.year).exclude(decision_number="")
    return document_number(office_policy(day), the_bureau().short, KIND, len(list(rows.values_list("pk"))) + 1)
