"""Sealing pieces of a report and reading them again. Text stays in the database, files lie beside it; both only as ciphertext."""

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings

from sunlot.files import replace_file
from sunlot.office.accounts.models import User
from sunlot.office.complaints import vault
from sunlot.office.complaints.models import Report, Sealed, Sort
from sunlot.office.journal.audit import Finding
from sunlot.office.journal.clock import moment
from sunlot.office.journal.services import Deed
from sunlot.refusal import Refusal

FILES = (Sort.PHOTO, Sort.SCAN)


def seal(doing: Deed, report: Report, sort: str, what: Any, by: User | None = None, media: str = "") -> Sealed:
    """Return a new piece within a deed; `what` is the bytes of a file, else whatever JSON holds."""
    piece = Sealed(report=report, sort=sort, author=by, at=moment(), media=media, position=report.pieces.count())
    data = what if sort in FILES else json.dumps(what, ensure_ascii=False).encode()
    locked = vault.lock(bytes(report.wrapped), report.obj, _place(piece), data)
    piece.sha256 = sha256(locked).hexdigest()
    if sort in FILES:
        path_of(piece).parent.mkdir(mode=0o700, exist_ok=True)
        replace_file(path_of(piece), locked, 0o600)
    else:
        piece.data = locked
    doing.save(piece)
    return piece


def opened(piece: Sealed) -> bytes:
    """Return the bytes of a piece. Raises Refusal when its key is destroyed or it was altered."""
    report = piece.report
    data = _file_of(piece) if piece.sort in FILES and report.wrapped else bytes(piece.data)
    return vault.unlock(bytes(report.wrapped), report.obj, _place(piece), data)


def told(piece: Sealed) -> Any:
    """Return what a piece that is no file says. Raises Refusal like `opened`."""
    return json.loads(opened(piece))


def of(report: Report, *sorts: str) -> list[Sealed]:
    """Return the pieces of a report of these sorts, oldest first."""
    rows = Sealed.objects.filter(report=report, sort__in=sorts).select_related("report", "author")
    return list(rows.order_by("position"))


def path_of(piece: Sealed) -> Path:
    """Return where the ciphertext of a file lies in the office's folder."""
    home: Path = settings.HOME
    return home / "complaints" / f"{piece.pk}.sealed"


def forget(pieces: Iterable[Sealed]) -> None:
    """Take away the ciphertexts of pieces whose key is destroyed; nobody can read them any more."""
    for piece in pieces:
        path_of(piece).unlink(missing_ok=True)


def altered() -> Iterator[Finding]:
    """Yield the files of reports that are missing or not what was kept, for the audit; those of destroyed reports are gone by law."""
    rows = Sealed.objects.filter(sort__in=FILES, report__destroyed_on=None).order_by("pk")
    for piece in rows.iterator(chunk_size=2000):
        path = path_of(piece)
        if not path.is_file() or sha256(path.read_bytes()).hexdigest() != piece.sha256:
            yield Finding("file_altered", f"report/{piece.report_id}", f"举报附件 {piece.pk} 的文件缺失或被改动")


def _file_of(piece: Sealed) -> bytes:
    path = path_of(piece)
    data = path.read_bytes() if path.is_file() else b""
    if sha256(data).hexdigest() != piece.sha256:
        raise Refusal("file_altered", "这个文件缺失或被改动，请从备份恢复文件夹 complaints/。")
    return data


def _place(piece: Sealed) -> str:
    return f"{piece.sort} {piece.pk} of {piece.report.obj}"
