"""What time it is and what is new: asked in one place, so that a test can hold the clock. The journal's clock is the office's clock."""

import secrets

from sunlot.office.journal import services


def now() -> str:
    """Return the machine's time as UTC text."""
    return services.now()


def new_secret() -> str:
    """Return 32 fresh bytes as hex: salts and nonces, made before the notice; nothing after it is random."""
    return secrets.token_hex(32)
