"""From the files of a batch to its clean rows, the report and the differences. Reads only; the same files and mapping give the same result."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings

from sunlot.files import replace_file
from sunlot.intake.columns import SEARCHED, plain, recognise
from sunlot.intake.readers import read_sheets
from sunlot.intake.reading import read_roster
from sunlot.intake.table import Intake
from sunlot.office.imports.kinds import KINDS, Comparison, ImportKind
from sunlot.office.imports.models import Batch
from sunlot.refusal import Refusal

LARGEST = 50 * 2**20  # bytes of one file


def keep(name: str, data: bytes) -> tuple[str, str]:
    """Keep a file in the office's folder and return its hash and the name it is kept under. Raises Refusal for one that is too large."""
    if len(data) > LARGEST:
        raise Refusal(
            "file_too_large", f"文件 {name} 有 {len(data) // 2**20} MB，超过 {LARGEST // 2**20} MB；请分成几个文件。"
        )
    safe = re.sub(r"[^\w.（）()\-—· ]+", "_", Path(name.replace("\\", "/")).name).strip(". ")[-100:] or "file"
    digest = sha256(data).hexdigest()
    folder = _folder(digest)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (folder / safe).is_file():
        replace_file(folder / safe, data, 0o600)
    return digest, safe


def _folder(digest: str) -> Path:
    home: Path = settings.HOME
    return home / "imports" / digest


def kept_path(digest: str, name: str) -> Path:
    """Return where a kept file lies."""
    return _folder(digest) / name


def paths_of(batch: Batch) -> list[Path]:
    """Return where the files of a batch lie, in the order they were handed in. Raises Refusal when one is missing or altered."""
    found = []
    for file in batch.files.order_by("pk"):
        path = kept_path(file.sha256, file.name)
        if not path.is_file() or sha256(path.read_bytes()).hexdigest() != file.sha256:
            raise Refusal("file_altered", f"批次 {batch.pk} 的文件 {file.name} 缺失或被改动；请放弃本批次，重新上传。")
        found.append(path)
    return found


def kind_of(path: Path) -> ImportKind | None:
    """Return the kind of table that a file holds, None when no sheet has a header we know. Raises IntakeError for what is no table."""
    for sheet in read_sheets(path):
        if not sheet.hidden and (found := recognise(sheet.file, sheet.name, sheet.rows, "", {})):
            return next((kind for kind in KINDS.values() if kind.table == found.kind), None)
    return None


def read(batch: Batch) -> Intake:
    """Return what intake makes of the batch's files. Raises IntakeError when a file has no such table."""
    mapping = json.loads(batch.mapping or "{}")
    return read_roster(paths_of(batch), KINDS[batch.kind].table, mapping, batch.day.isoformat())


def compare(kind: ImportKind, intake: Intake) -> Comparison:
    """Return what applying would change."""
    return kind.compare(intake.rows, [place.values for place in intake.quarantined])


def digest_of(comparison: Comparison) -> str:
    """Return the hash of the differences."""
    plan = [asdict(difference) for difference in comparison.differences]
    return sha256(json.dumps([plan, list(comparison.unchanged)], ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Heading:
    """A column of a file as the mapping page shows it: its header, some cells below it, and the field it is taken for."""

    sheet: str
    header: str
    sample: str
    field: str
    why: str


def headings(batch: Batch) -> list[Heading]:
    """Return every distinct header of the batch's files. Where no header was recognised, the fullest of the first rows is taken for it."""
    kind, mapping = KINDS[batch.kind], json.loads(batch.mapping or "{}")
    found: dict[str, Heading] = {}
    for path in paths_of(batch):
        for sheet in read_sheets(path):
            if sheet.hidden or not sheet.rows:
                continue
            known = recognise(sheet.file, sheet.name, sheet.rows, kind.table, mapping)
            at = known.header_row - 1 if known else _fullest(sheet.rows)
            heads = [plain(cell) for cell in sheet.rows[at]]
            for column, head in enumerate(heads):
                if head and head not in found:
                    field, why = (known.fields[column], known.why[column]) if known else (mapping.get(head, ""), "")
                    cells = [row[column] for row in sheet.rows[at + 1 : at + 40] if column < len(row) and row[column]]
                    sample = "、".join(str(cell)[:20] for cell in cells[:2])
                    found[head] = Heading(sheet.name or sheet.file, head, sample, field, why)
    return list(found.values())


def _fullest(rows: Sequence[Sequence[Any]]) -> int:
    counts = [sum(isinstance(cell, str) and bool(cell.strip()) for cell in row) for row in rows[:SEARCHED]]
    return counts.index(max(counts))


def checked_mapping(kind: ImportKind, mapping: Mapping[str, str]) -> dict[str, str]:
    """Return the mapping when no two columns are taken for the same field. Raises Refusal naming them."""
    taken: dict[str, str] = {}
    for header, field in mapping.items():
        if field and field in taken:
            raise Refusal(
                "field_twice",
                f"“{taken[field]}”和“{header}”都对应为“{kind.columns[field]}”；每个项目只能对应一列，请改其中一个。",
            )
        if field:
            taken[field] = header
    return dict(mapping)
