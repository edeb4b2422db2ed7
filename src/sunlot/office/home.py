"""The office's folder: its database, its keys and what only it may read. Everything in it is readable by its owner only."""

import secrets
from pathlib import Path

from sunlot.files import private_file


def secret_key(home: Path) -> str:
    """Return the key that signs sessions, made on first use."""
    path = home / "keys" / "sessions.key"
    private_file(path, secrets.token_urlsafe(50))
    return path.read_text()
