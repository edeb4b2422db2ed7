"""Salted commitments to personal data (SD-JWT, RFC 9901, has the same idea): the leaf holds the commitment, the database what opens it."""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

from sunlot.draw.canonical import dumps


def commit(salt: bytes, name: str, value: str) -> str:
    """Return HMAC-SHA256 of the canonical [name, value] under a salt of 32 bytes, base64url without padding, 43 letters."""
    return urlsafe_b64encode(hmac.new(salt, dumps([name, value]), sha256).digest()).decode().rstrip("=")
