"""The statutory documents (执法文书) as PDF and Word; docs/forms.md says how to call them and which fields each form has."""

from sunlot.documents.statutory.compose import compose
from sunlot.documents.statutory.document import Document, Signature, Value
from sunlot.documents.statutory.form_text import Form, FormError, FormField, form_in_force, forms
from sunlot.documents.statutory.pdf import set_sheets
from sunlot.policy.in_force import Policy

__all__ = ["Document", "Form", "FormError", "FormField", "Signature", "Value", "form_in_force", "forms", "pdf"]


def pdf(document: Document, policy: Policy | None = None) -> bytes:
    """Return the document as PDF, the same bytes for the same document. Raises FormError."""
    return set_sheets([compose(document, policy)])
