"""The office's folder: its database, its keys and what only it may read. Everything in it is readable by its owner only."""

import os
import secrets
from pathlib import Path


def private_file(path: Path, content: str) -> None:
    """Write a new file that only its owner can read; one that exists is left as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def secret_key(home: Path) -> str:
    """Return the key that signs sessions, made on first use."""
    path = home / "keys" / "sessions.key"
    private_file(path, secrets.token_urlsafe(50))
    return path.read_text()
