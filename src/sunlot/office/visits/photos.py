"""Photos in pieces: an upload that broke off goes on where it stopped, and counts only once its bytes have the hash they were taken with."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings

from sunlot.documents.statutory import FormError
from sunlot.documents.statutory.scanned import pictures_of
from sunlot.files import locked
from sunlot.office.accounts.models import User
from sunlot.office.journal.services import deed
from sunlot.office.shell.handed import media_of
from sunlot.office.shell.kept import Kept
from sunlot.office.visits import moment
from sunlot.office.visits.fields import LARGEST
from sunlot.office.visits.models import Photo, Visit
from sunlot.office.visits.sync import locked_visit
from sunlot.refusal import Refusal

FILES = Kept("photos")
PIECE = 2**20  # bytes


def path_of(digest: str) -> Path:
    """Return where a photo's bytes lie in the office's folder."""
    return FILES.path(digest)


def bytes_of(photo: Photo) -> bytes:
    """Return a photo's bytes. Raises Refusal when they are missing or not what was taken."""
    data = FILES.read(photo.sha256)
    if data is None:
        raise Refusal(
            "photo_altered", f"照片 {photo.sha256[:16]}… 的文件缺失或被改动；请从备份恢复，或由手机重新上传。"
        )
    return data


def have(visit: Visit, digest: str) -> int:
    """Return how many bytes of a photo the office has: all of them once it is whole, else of the pieces."""
    if whole(visit, digest):
        return path_of(digest).stat().st_size
    part = _part(visit, digest)
    return part.stat().st_size if part.is_file() else 0


def whole(visit: Visit, digest: str) -> bool:
    """Return whether a photo has been received whole and its file is still here; after a restore it may not be."""
    return Photo.objects.filter(visit=visit, sha256=digest).exists() and path_of(digest).is_file()


def take_piece(user: User, uid: str, digest: str, offset: int, size: int, piece: bytes) -> tuple[int, bool]:
    """Return how many bytes the office has now and whether the photo is whole. A piece that does not fit on changes nothing.

    Raises Refusal for what is too large, no picture, or does not have its hash; then it begins anew.
    """
    if not 0 < size <= LARGEST or len(piece) > PIECE:
        raise Refusal("photo_too_large", f"照片不超过 {LARGEST // 2**20} MB，每段不超过 {PIECE // 2**20} MB。")
    visit = _visit_of(user, uid)
    part = _part(visit, digest)
    part.parent.mkdir(parents=True, exist_ok=True)
    with locked(part.parent / "lock"):
        there = have(visit, digest)
        if whole(visit, digest):
            return there, True
        if offset != there or there + len(piece) > size:
            return there, False
        with part.open("ab") as file:
            file.write(piece)
        if there + len(piece) < size:
            return there + len(piece), False
        data = part.read_bytes()
        part.unlink()
        keep(user, uid, digest, data)
    return size, True


def keep(user: User, uid: str, digest: str, data: bytes) -> Photo:
    """Return a photo whose bytes are here whole, kept with its event. Raises Refusal when they are no picture or differ from their hash."""
    media = photo_media(data)
    if sha256(data).hexdigest() != digest:
        raise Refusal("photo_differs", "收到的照片与拍摄时的校验值不同，已丢弃；请重新上传。")
    FILES.write(data)
    with deed(by=user.actor) as doing:
        visit = locked_visit(user, uid)
        if (photo := visit.photos.filter(sha256=digest).first()) is not None:
            return photo  # its file had been lost, and has come again
        photo = Photo(visit=visit, sha256=digest, size=len(data), media=media, received_at=moment.text())
        doing.save(photo)
        doing.record("visit.photo", visit.obj, {"digest": digest})
    return photo


def photo_media(data: bytes) -> str:
    """Return the format of a picture by its first bytes. Raises Refusal for anything else, and for one that is too large."""
    if not (media := media_of(data)):
        raise Refusal("not_a_photo", "只接收 JPEG、PNG、WebP 格式的照片或扫描件，非现场检查另可用 PDF。")
    if len(data) > LARGEST:
        raise Refusal("photo_too_large", f"照片不超过 {LARGEST // 2**20} MB，请缩小后再传。")
    return media


def page_media(number: int, data: bytes, use: str) -> str:
    """Return the format of the n-th signed page handed in. `use`: what it is for. Raises Refusal for what cannot be set into a document."""
    media = photo_media(data)
    try:
        pictures_of(data)
    except FormError as failure:
        raise Refusal(failure.kind, f"第 {number} 个文件不能{use}：{failure.sentence}") from failure
    return media


def _visit_of(user: User, uid: str) -> Visit:
    from django.db import transaction

    with transaction.atomic():
        return locked_visit(user, uid)


def _part(visit: Visit, digest: str) -> Path:
    home: Path = settings.HOME
    return home / "photos" / "incoming" / visit.uid / digest
