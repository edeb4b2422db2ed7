"""The tracking code (查询码): 16 letters of 32, that is 80 random bits, told once and kept as a keyed hash only."""

import secrets
import unicodedata

from sunlot.office.complaints import vault

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without 0 O 1 I, which people confuse
LENGTH, GROUP = 16, 4


def new_code() -> str:
    """Return a fresh code in groups of four."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return "-".join(letters[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def kept_form(code: str) -> str:
    """Return what is kept of a code, however it was typed: full width, small letters, blanks and strokes do not matter."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKC", code).upper() if letter.isalnum())
    return vault.digest("tracking code", plain)
