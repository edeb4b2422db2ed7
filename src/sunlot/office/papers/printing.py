"""A paper as PDF and as Word; a void one says so across every page."""

from dataclasses import replace

from sunlot.documents.statutory import Document, FormError, form_in_force
from sunlot.documents.statutory.compose import Sheet, compose
from sunlot.documents.statutory.pdf import set_sheets
from sunlot.documents.statutory.word import set_word
from sunlot.office.catalog.policies import office_policy
from sunlot.office.papers.body import document_of
from sunlot.office.papers.models import Paper, State
from sunlot.office.papers.sealing import seal_on
from sunlot.office.visits import moment

VOID = "作废"
TO_SIGN = "供签字"
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def is_in_force(kind: str) -> bool:
    """Return whether there is a form of this kind that is in force today."""
    try:
        form_in_force(kind, moment.today())
    except FormError:
        return False
    return True


def sheet_of(paper: Paper) -> Sheet:
    """Return a paper ready to be set, with the seal that was set on it. Raises FormError, and Refusal for a seal that is lost."""
    sheet = compose(replace(document_of(paper), seal=seal_on(paper)), office_policy(paper.day))
    return replace(sheet, watermark=VOID) if paper.state == State.VOID else sheet


def paper_pdf(paper: Paper) -> bytes:
    """Return a paper as PDF/A, the same bytes for the same paper and seal."""
    return set_sheets([sheet_of(paper)], paper.day)


def paper_word(paper: Paper) -> bytes:
    """Return a paper as a Word file."""
    return set_word(sheet_of(paper))


def document_pdf(document: Document) -> bytes:
    """Return a draft or a blank form as PDF, in the office's own policy."""
    return set_sheets([compose(document, office_policy(document.day))], document.day)


def to_sign_pdf(document: Document, digest: str) -> bytes:
    """Return a draft as PDF for signing by hand; at its foot stand, as digits and QR code, the digest to which the signatures belong."""
    sheet = compose(document, office_policy(document.day))
    return set_sheets([replace(sheet, digest=digest, qr=digest, watermark=TO_SIGN)], document.day)


def document_word(document: Document) -> bytes:
    """Return a draft or a blank form as a Word file."""
    return set_word(compose(document, office_policy(document.day)))
