"""What the evidence refuses."""

from sunlot.refusal import Refusal


class EvidenceError(Refusal):
    """A bag that cannot be made, or one that does not hold."""
