"""The photos' files held to the log: one that is missing or is no longer what was taken is named."""

from collections.abc import Iterator

from sunlot.office.journal.audit import Finding
from sunlot.office.visits.models import Photo
from sunlot.office.visits.photos import FILES


def photo_findings() -> Iterator[Finding]:
    """Yield every photo whose file is gone or altered."""
    rows = Photo.objects.select_related("visit").order_by("pk").iterator(chunk_size=500)
    named = ((photo.sha256, photo.visit.obj, f"{photo.visit}的照片") for photo in rows)
    return FILES.findings("photo_differs", named, "由手机重新上传")
