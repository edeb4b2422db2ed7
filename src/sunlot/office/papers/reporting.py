"""The report-up of a refused signature (拒签情况报告, 安全生产法第68条): it is made in the transaction that ends the visit, of what its officers signed."""

from sunlot.office.accounts.queries import doer_of
from sunlot.office.journal.services import Deed
from sunlot.office.papers import issuing
from sunlot.office.papers.models import Paper, State
from sunlot.office.papers.prepared import start
from sunlot.office.visits import queries
from sunlot.office.visits.models import Visit
from sunlot.office.visits.states import State as VisitState
from sunlot.refusal import Refusal

KIND = "refusal_report"


def report_up(doing: Deed, visit: Visit) -> None:
    """Issue the report of a visit whose record the firm has just refused to sign.

    A form that cannot be set, such as in an office that has not entered its name, holds up no signature: then it stays to be made by hand
    (`wanting`). It is tried out first, so that no number is taken for it.
    """
    user = doer_of(doing)
    try:
        begun = start(visit, KIND, lambda token: "")
        issuing.try_out(KIND, begun.fields, begun.signatures)
    except Refusal:
        return
    issuing.issue(doing, user, KIND, visit.obj, begun.fields, begun.signatures, visit=visit, record=begun.record)


def wanting() -> list[Visit]:
    """Return the visits with a refused signature that nobody has read of and of which there is no report."""
    made = Paper.objects.filter(kind=KIND, state=State.ISSUED).values("visit")
    return list(queries.to_report().filter(state=VisitState.REFUSED).exclude(pk__in=made))
