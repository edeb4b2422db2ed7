"""The statutory documents (执法文书) as PDF and Word; docs/forms.md says how to call them and which fields each form has."""

from sunlot.documents.statutory.case import case_pdf, case_word
from sunlot.documents.statutory.compose import compose
from sunlot.documents.statutory.document import Document, Seal, Signature, Value
from sunlot.documents.statutory.form_text import Form, FormError, FormField, form_in_force, forms
from sunlot.documents.statutory.pdf import Scan, set_sheets
from sunlot.documents.statutory.word import set_word
from sunlot.policy.in_force import Policy

__all__ = [
    "Document",
    "Form",
    "FormError",
    "FormField",
    "Scan",
    "Seal",
    "Signature",
    "Value",
    "case_pdf",
    "case_word",
    "form_in_force",
    "forms",
    "pdf",
    "word",
]


def pdf(document: Document, policy: Policy | None = None) -> bytes:
    """Return the document as PDF, the same bytes for the same document. Raises FormError."""
    return set_sheets([compose(document, policy)], document.day)


def word(document: Document, policy: Policy | None = None) -> bytes:
    """Return the document as a Word file, the same bytes for the same document. Raises FormError."""
    return set_word(compose(document, policy))
