"""Files as people hand them in: what they are called, and what they are, whatever their names claim."""

from pathlib import PurePosixPath
from typing import Protocol

STARTS = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"RIFF": "image/webp",
    b"%PDF-": "application/pdf",
}
LONGEST_NAME = 200


class Handed(Protocol):
    """A file as a form hands it in: Django's UploadedFile and ContentFile are. `size`: in bytes."""

    name: str | None
    size: int | None

    def read(self) -> bytes:
        """Return its bytes."""


def name_of(file: Handed, otherwise: str) -> str:
    """Return a file's name without folders, its end where it is too long; `otherwise` where it has none."""
    return PurePosixPath((file.name or "").replace("\\", "/")).name[-LONGEST_NAME:] or otherwise


def media_of(data: bytes) -> str:
    """Return the media type of a picture or a PDF by its first bytes, "" of anything else."""
    return next((media for start, media in STARTS.items() if data.startswith(start)), "")
