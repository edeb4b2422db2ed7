"""The files of evidence: pictures and scans, recordings, electronic data, kept by what is in them in cases/<first two>/<sha256>."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from sunlot.office.accounts.models import User
from sunlot.office.cases.models import Case, Evidence
from sunlot.office.cases.queries import visible_to
from sunlot.office.journal.audit import Finding
from sunlot.office.papers.dossier import Attached
from sunlot.office.shell.handed import Handed, media_of, name_of
from sunlot.office.shell.kept import Kept
from sunlot.refusal import Refusal

FILES = Kept("cases")
LARGEST = 64 * 2**20  # bytes: some minutes of video; what is larger lies on a disc, and its hash stands in the list
SET = ("image/jpeg", "image/png", "application/pdf")  # what a case file can hold


def path_of(digest: str) -> Path:
    """Return where a file's bytes lie in the office's folder."""
    return FILES.path(digest)


def keep(file: Handed, wanted: str) -> tuple[str, str, int]:
    """Keep a file and return its name, its SHA-256 and its size. `wanted`: the hash that somebody typed, empty for none.

    Raises Refusal for an empty file, one that is too large, and one that has another hash.
    """
    name = name_of(file, "证据")
    if (file.size or 0) > LARGEST:
        raise Refusal(
            "evidence_too_large",
            f"文件“{name}”超过 {LARGEST // 2**20} MB；请刻盘保存，在这里登记它的校验值和存放位置。",
        )
    data = file.read()
    if not data:
        raise Refusal("file_empty", f"文件“{name}”是空的，可能没有复制完；请重新选择。")
    digest = FILES.write(data)
    if wanted and wanted != digest:
        raise Refusal("evidence_differs", f"文件“{name}”的校验值是 {digest}，与填写的不符；请核对是否选错或已被改动。")
    return name, digest, len(data)


def bytes_of(row: Evidence) -> bytes:
    """Return the bytes of a piece of evidence. Raises Refusal when they are missing or not what was entered."""
    data = FILES.read(row.sha256)
    if data is None:
        raise Refusal("file_altered", f"证据“{row.title}”的文件缺失或被改动；请从备份恢复文件夹 cases/。")
    return data


def _goes_in(row: Evidence) -> bool:
    """Return whether a piece of evidence is there and can be set into a case file, by its first bytes."""
    path = path_of(row.sha256)
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return media_of(file.read(16)) in SET


def file_findings() -> Iterator[Finding]:
    """Yield every piece of evidence whose file is gone or altered, for the audit."""
    rows = Evidence.objects.filter(size__gt=0).select_related("case").order_by("pk").iterator(chunk_size=500)
    named = ((row.sha256, row.case.obj, f"{row.case}的证据") for row in rows)
    return FILES.findings("file_altered", named, "重新登记该证据")


def attached(user: User, obj: str) -> list[Attached]:
    """Return the pictures and PDFs among a case's evidence in use, for its case file; nothing for who may not see the case."""
    kind, _, number = obj.partition("/")
    case = visible_to(user).filter(pk=number).first() if kind == "case" and number.isdigit() else None
    rows = (
        case.evidence.filter(size__gt=0, withdrawn=False).order_by("taken_on", "pk") if isinstance(case, Case) else []
    )
    return [
        Attached(f"{row.get_kind_display()}：{row.title}", row.sha256, row.taken_on, partial(bytes_of, row))
        for row in rows
        if _goes_in(row)
    ]
