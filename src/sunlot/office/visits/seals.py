"""The firm's seal under a signed record: a photo or scan of the seal or of the sealed page, or why there is none. The law does not make it compulsory.

It is entered on the office's page under a record that is signed, or comes from the phone with the record's signatures.
"""

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from sunlot.office.accounts.models import User
from sunlot.office.journal.services import Deed, deed
from sunlot.office.shell.handed import media_of
from sunlot.office.visits import moment, photos, records
from sunlot.office.visits.models import Record, Seal, Visit
from sunlot.office.visits.sync import locked_visit
from sunlot.refusal import Refusal


def put_seal(user: User, uid: str, picture: bytes, reason: str) -> Seal:
    """Return the seal of a visit's newest record, bound to its hash: a picture, or without one the reason. Raises Refusal for neither or both, and a second time."""
    reason = reason.strip()[:200]
    if bool(picture) == bool(reason):
        raise Refusal(
            "seal_or_reason", "请上传印章（或盖章页）的照片或扫描件；没有印章的，写明无印章的原因。两者只能有一项。"
        )
    if picture and media_of(picture) not in ("image/jpeg", "image/png"):
        raise Refusal("seal_no_picture", "印章的照片或扫描件请用 JPEG 或 PNG 图片。")
    digest = sha256(picture).hexdigest() if picture else ""
    if picture:
        photos.keep(user, uid, digest, picture)
    with deed(by=user.actor) as doing:
        visit = locked_visit(user, uid)
        record = records.latest(visit)
        if record is None or not records.is_signed(record):
            raise Refusal("seal_before_signature", "检查记录签字以后才能加盖或登记印章。")
        if seal_of(record):
            raise Refusal("seal_there", f"第 {record.edition} 版检查记录已登记印章；有误的请另出一版更正。")
        return _keep(doing, user, visit, record, digest, reason)


def take(doing: Deed, user: User, visit: Visit, record: Record, sent: Mapping[str, Any]) -> None:
    """Keep the seal that a phone hands in with a record, within a deed: the picture's hash, whose bytes come as a photo does, or why there is none.

    Once: the first stands, whoever sends another. Raises Refusal for what is neither or both, and before anybody has signed.
    """
    digest, reason = sent.get("sha256"), sent.get("reason")
    if sent.keys() != {"sha256", "reason"} or not isinstance(digest, str) or not isinstance(reason, str):
        raise Refusal("seal_malformed", "印章的格式不对；请更新手机上的程序。")
    reason = reason.strip()[:200]
    if bool(digest) == bool(reason) or not re.fullmatch(r"[0-9a-f]{64}|", digest):
        raise Refusal("seal_or_reason", "请拍印章（或盖章页）的照片；没有印章的，写明无印章的原因。两者只能有一项。")
    if not records.is_signed(record):
        raise Refusal("seal_before_signature", "检查记录签字以后才能加盖或登记印章。")
    if seal_of(record) is None:
        _keep(doing, user, visit, record, digest, reason)


def _keep(doing: Deed, user: User, visit: Visit, record: Record, digest: str, reason: str) -> Seal:
    seal = Seal(record=record, record_sha256=record.sha256, sha256=digest, reason=reason, put_by=user, at=moment.text())
    doing.save(seal)
    doing.record("visit.sealed", visit.obj, {"edition": record.edition, "digest": record.sha256})
    return seal


def seal_of(record: Record) -> Seal | None:
    """Return the seal of a record, or the note that there is none; None when neither was entered."""
    return Seal.objects.filter(record=record).first()


def picture_of(seal: Seal) -> bytes:
    """Return the bytes of a seal's picture, b"" without one. Raises Refusal when they are missing or altered."""
    photo = seal.record.visit.photos.filter(sha256=seal.sha256).first() if seal.sha256 else None
    return photos.bytes_of(photo) if photo else b""
