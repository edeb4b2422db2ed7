"""The photos' files held to the log: one that is missing or is no longer what was taken is named."""

from collections.abc import Iterator
from hashlib import file_digest

from sunlot.office.journal.audit import Finding
from sunlot.office.visits.models import Photo
from sunlot.office.visits.photos import path_of


def photo_findings() -> Iterator[Finding]:
    """Yield every photo whose file is gone or altered; each file is read once, however many visits show it."""
    seen: dict[str, str] = {}
    for photo in Photo.objects.select_related("visit").order_by("pk").iterator(chunk_size=500):
        if photo.sha256 not in seen:
            seen[photo.sha256] = _trouble(photo.sha256)
        if trouble := seen[photo.sha256]:
            text = f"{photo.visit}的照片 {photo.sha256[:16]}… {trouble}：请从备份恢复该文件，或由手机重新上传。"
            yield Finding("photo_differs", photo.visit.obj, text)


def _trouble(digest: str) -> str:
    path = path_of(digest)
    if not path.is_file():
        return "文件不见了"
    with path.open("rb") as file:
        return "" if file_digest(file, "sha256").hexdigest() == digest else "文件与拍摄时的校验值不同，被改动或损坏"
