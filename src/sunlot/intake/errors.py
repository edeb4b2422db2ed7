"""A file that cannot be imported at all."""

from sunlot.refusal import Refusal


class IntakeError(Refusal):
    """A file that is refused; the sentence says which."""
