"""What the ledger refuses."""

from sunlot.refusal import Refusal


class LedgerError(Refusal):
    """A key, a note, a proof, a policy or a request that is refused."""
