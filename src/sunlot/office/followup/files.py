"""Files handed in: kept by what is in them, checked for what they are, never overwritten.

Their bytes lie in followup/<first two>/<sha256> in the office's folder and belong in every backup.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Protocol

from sunlot.office.followup.models import Evidence, File, Transfer
from sunlot.office.journal.services import Deed
from sunlot.office.shell.kept import Kept
from sunlot.office.visits.fields import LARGEST
from sunlot.refusal import Refusal

FILES = Kept("followup")
MOST = 10  # files at once
STARTS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png", b"%PDF-": "application/pdf"}


class Handed(Protocol):
    """A file as a form hands it in: Django's UploadedFile and ContentFile are."""

    name: str | None

    def read(self) -> bytes:
        """Return its bytes."""


@dataclass(frozen=True)
class Checked:
    """A file that was found to be what may be kept."""

    name: str
    data: bytes
    media: str

    @property
    def digest(self) -> str:
        """Its name among the kept files."""
        return sha256(self.data).hexdigest()


def path_of(digest: str) -> Path:
    """Return where a file's bytes lie in the office's folder."""
    return FILES.path(digest)


def bytes_of(file: File) -> bytes:
    """Return a file's bytes. Raises Refusal when they are missing or not what was handed in."""
    data = FILES.read(file.sha256)
    if data is None:
        raise Refusal("file_altered", f"文件 {file.sha256[:16]}… 缺失或被改动；请从备份恢复，或请提交人重新提交。")
    return data


def checked(files: Iterable[Handed]) -> list[Checked]:
    """Return the files, each once. Raises Refusal that names the file: too many, too large, empty, neither JPEG, PNG nor PDF."""
    found: dict[str, Checked] = {}
    for count, file in enumerate(files, 1):
        if count > MOST:
            raise Refusal("too_many_files", f"一次最多提交 {MOST} 个文件，请分几次提交。")
        one = _checked(file)
        found.setdefault(one.digest, one)
    return list(found.values())


def _checked(file: Handed) -> Checked:
    name = PurePosixPath((file.name or "文件").replace("\\", "/")).name[-200:]
    size = getattr(file, "size", 0) or 0
    data = b"" if size > LARGEST else file.read()
    if size > LARGEST or len(data) > LARGEST:
        raise Refusal("file_too_large", f"文件“{name}”超过 {LARGEST // 2**20} MB，请缩小或分开后再交。")
    media = next((media for start, media in STARTS.items() if data.startswith(start)), "")
    if not media:
        raise Refusal("file_kind", f"文件“{name}”不是 JPEG、PNG 图片或 PDF；只接收这三种格式的照片和扫描件。")
    return Checked(name, data, media)


def keep(
    doing: Deed, files: Iterable[Checked], evidence: Evidence | None = None, transfer: Transfer | None = None
) -> int:
    """Return how many files were kept within a deed. What is there already stays as it is."""
    count = 0
    for one in files:
        if not path_of(one.digest).is_file():
            FILES.write(one.data)
        facts = {"name": one.name, "sha256": one.digest, "size": len(one.data), "media": one.media}
        doing.save(File(evidence=evidence, transfer=transfer, **facts))
        count += 1
    return count
