"""Files handed in: kept by what is in them, checked for what they are, never overwritten.

Their bytes lie in followup/<first two>/<sha256> in the office's folder and belong in every backup.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from django.utils.timezone import localtime

from sunlot.office.accounts.models import User
from sunlot.office.followup.models import Evidence, File
from sunlot.office.followup.queries import visible_hazards, visible_orders
from sunlot.office.followup.transfer_models import Transfer
from sunlot.office.journal.audit import Finding
from sunlot.office.journal.services import Deed
from sunlot.office.papers.dossier import Attached
from sunlot.office.shell.handed import Handed, media_of, name_of
from sunlot.office.shell.kept import Kept
from sunlot.office.visits.fields import LARGEST
from sunlot.refusal import Refusal

FILES = Kept("followup")
MOST = 10  # files at once
TITLE = "整改材料"  # as the index of a case file calls it
TAKEN = ("image/jpeg", "image/png", "application/pdf")


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


def file_findings() -> Iterator[Finding]:
    """Yield every file whose bytes are gone or altered, for the audit."""
    things = ("evidence__order", "evidence__hazard", "transfer")
    rows = File.objects.select_related(*things).order_by("pk").iterator(chunk_size=500)
    named = ((file.sha256, file.thing.obj, f"{file.thing}的材料") for file in rows)
    return FILES.findings("file_altered", named, "请提交人重新提交")


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
    name = name_of(file, "文件")
    data = b"" if (size := file.size or 0) > LARGEST else file.read()
    if size > LARGEST or len(data) > LARGEST:
        raise Refusal("file_too_large", f"文件“{name}”超过 {LARGEST // 2**20} MB，请缩小或分开后再交。")
    if (media := media_of(data)) not in TAKEN:
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


def attached(user: User, obj: str) -> list[Attached]:
    """Return what was handed in for an order or a major hazard, for the case file; nothing for who may not see it."""
    kind, _, number = obj.partition("/")
    if kind not in ("order", "hazard") or not number.isdigit():
        return []
    if kind == "order":
        rows = File.objects.filter(evidence__order__in=visible_orders(user).filter(pk=number))
    else:
        rows = File.objects.filter(evidence__hazard__in=visible_hazards(user).filter(pk=number))
    rows = rows.select_related("evidence").order_by("pk")
    return [
        Attached(TITLE, row.sha256, localtime(row.evidence.at).date(), partial(bytes_of, row))
        for row in rows
        if row.evidence
    ]
