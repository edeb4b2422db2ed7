"""Reading cases and the violation database."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from sunlot.office.accounts.roles import READERS
from sunlot.office.cases.models import Case, CaseOfficer, Outcome, Step, Violation
from sunlot.office.cases.people import is_reviewer
from sunlot.office.cases.states import State
from sunlot.office.inspectors.queries import inspector_of
from sunlot.office.visits.moment import today


def decided() -> QuerySet[Case]:
    """Return the penalty decisions that were served and stand, with their firms, the latest first.

    Each has `decided_on`, `number`, `firm`, `party`, `party_kind`, `article`, `basis`, `amount`, `kinds`; natural persons are among them.
    """
    return punished().filter(annulled_on=None)


def annulled() -> QuerySet[Case]:
    """Return the served penalty decisions that were annulled since: whoever published them must withdraw them (行政处罚法第48条第2款)."""
    return punished().filter(annulled_on__isnull=False)


def punished() -> QuerySet[Case]:
    """Return every penalty decision that was ever served."""
    rows = Case.objects.filter(outcome=Outcome.PENALTY, decided_on__isnull=False, served_on__isnull=False)
    return rows.select_related("firm").order_by("-decided_on", "-pk")


def visible_to(user: Any) -> QuerySet[Case]:
    """Return the cases whose page this account may open: the office and those who watch it see all, a reviewer too, officers their own."""
    rows = Case.objects.select_related("firm")
    if user.role in READERS or is_reviewer(user, today()):
        return rows
    return own(user)


def own(user: Any) -> QuerySet[Case]:
    """Return the cases that this account investigates."""
    person = inspector_of(user)
    if person is None:
        return Case.objects.none()
    return Case.objects.select_related("firm").filter(officers__inspector=person, officers__out=False)


def to_review(user: Any, day: date) -> QuerySet[Case]:
    """Return the cases that wait for a legal review which this account may give: qualified, and nobody who worked on them or opened them."""
    if not is_reviewer(user, day):
        return Case.objects.none()
    person = inspector_of(user)
    rows = Case.objects.select_related("firm").filter(state__in=(State.PROPOSED, State.HEARD))
    mine = CaseOfficer.objects.filter(inspector=person).values("case") if person else CaseOfficer.objects.none()
    proposed = Step.objects.filter(act="propose", by=user).values("case")
    return rows.exclude(Q(approved_by=user) | Q(arranged_by=user)).exclude(
        Q(pk__in=mine.values("case")) | Q(pk__in=proposed)
    )


def cases_of(firm: str) -> QuerySet[Case]:
    """Return the cases against a firm, the latest first."""
    return Case.objects.filter(firm_id=firm).order_by("-pk")


def violations_of(firm: str) -> QuerySet[Violation]:
    """Return every entry of a firm in the violation database, the latest first."""
    return Violation.objects.filter(firm_id=firm).order_by("-found_on", "-pk")
