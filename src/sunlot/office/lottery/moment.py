"""What time it is and what is new, asked in one place."""

import secrets

from sunlot.office.journal.clock import now as now


def new_secret() -> str:
    """Return 32 fresh bytes as hex: salts and nonces, made before the notice; nothing after it is random."""
    return secrets.token_hex(32)
