"""Making a paper of a visit: what the office knows, with what the officer typed, under the next number; or first as a draft."""

from collections.abc import Mapping
from dataclasses import replace

from sunlot.documents.statutory import Document, Value
from sunlot.office.accounts.models import User
from sunlot.office.journal.services import deed
from sunlot.office.papers import issuing
from sunlot.office.papers.models import Paper
from sunlot.office.papers.prepared import start
from sunlot.office.papers.start import Address, Start
from sunlot.office.visits.models import Visit


def make(user: User, number: int, kind: str, typed: Mapping[str, Value], address: Address, edition: int = 0) -> Paper:
    """Return a new paper of a visit. Raises Refusal when its time has not come or something is missing."""
    with deed(by=user.actor) as doing:
        visit = Visit.objects.select_for_update(of=("self",)).get(
            pk=number
        )  # two clerks make the paper of a record once
        begun = start(visit, kind, address, edition)
        return issuing.issue(
            doing,
            user,
            kind,
            visit.obj,
            together(begun, typed),
            begun.signatures,
            visit=visit,
            record=begun.record,
            check=begun.check,
            firm_seal=begun.firm_seal,
        )


def preview(kind: str, begun: Start, typed: Mapping[str, Value]) -> Document:
    """Return the paper as it would be, as a draft; what is still missing stays empty."""
    document = issuing.draft(kind, together(begun, typed), begun.signatures, check=begun.check)
    return replace(document, blank=True, firm_seal=begun.firm_seal)


def together(begun: Start, typed: Mapping[str, Value]) -> dict[str, Value]:
    """Return what was typed over what the office knows; what comes from a signed record stays as it was signed."""
    return {**begun.fields, **typed, **{name: begun.fields[name] for name in begun.fixed}}
