"""Files that the office keeps beside its database, named by what is in them: <folder>/<first two>/<SHA-256>. They belong in every backup."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from sunlot.files import replace_file


@dataclass(frozen=True)
class Kept:
    """The files of one kind. `folder`: its name in the office's folder."""

    folder: str

    def path(self, digest: str) -> Path:
        """Return where the bytes of that SHA-256 lie."""
        home: Path = settings.HOME
        return home / self.folder / digest[:2] / digest

    def read(self, digest: str) -> bytes | None:
        """Return the bytes, None when they are missing or not what was kept."""
        path = self.path(digest)
        data = path.read_bytes() if path.is_file() else b""
        return data if sha256(data).hexdigest() == digest else None

    def write(self, data: bytes) -> str:
        """Keep bytes, for the owner's eyes only, and return their SHA-256."""
        digest = sha256(data).hexdigest()
        path = self.path(digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, data, 0o600)
        return digest
