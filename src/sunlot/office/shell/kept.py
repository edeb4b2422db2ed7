"""Files that the office keeps beside its database, named by what is in them: <folder>/<first two>/<SHA-256>. They belong in every backup."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path

from django.conf import settings

from sunlot.files import replace_file
from sunlot.office.journal.audit import Finding


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

    def trouble(self, digest: str) -> str:
        """Return in Chinese what is wrong with a file that was kept, "" when it is as it came. It is read in pieces."""
        path = self.path(digest)
        if not path.is_file():
            return "文件不见了"
        with path.open("rb") as file:
            return "" if file_digest(file, "sha256").hexdigest() == digest else "文件与校验值不同，被改动或损坏"

    def findings(self, kind: str, rows: Iterable[tuple[str, str, str]], remedy: str) -> Iterator[Finding]:
        """Yield every row whose file is gone or altered, for the audit; each file is read once, however many rows show it.

        `rows`: the hash, the thing as the journal names it, the file as people call it; `remedy`: what to do besides restoring a backup.
        """
        seen: dict[str, str] = {}
        for digest, obj, name in rows:
            if digest not in seen:
                seen[digest] = self.trouble(digest)
            if seen[digest]:
                yield Finding(kind, obj, f"{name} {digest[:16]}… {seen[digest]}：请从备份恢复该文件，或{remedy}。")
