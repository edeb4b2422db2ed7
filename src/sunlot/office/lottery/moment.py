"""What time it is, asked in one place, so that a test or a rehearsal can hold the clock."""

import secrets
import time

from sunlot.draw.moments import utc


def now() -> str:
    """Return the machine's time as UTC text."""
    return utc(time.time())


def new_secret() -> str:
    """Return 32 fresh bytes as hex: salts and nonces, made before the notice; nothing after it is random."""
    return secrets.token_hex(32)
