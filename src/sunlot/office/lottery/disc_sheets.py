"""The printed forms of discs: 盘面标签 and 封存记录, filled from what was entered."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sunlot.documents.disc_forms import BagLine, DiscSheet, disc_forms
from sunlot.evidence.disc_read import Index
from sunlot.evidence.disc_writing import Image
from sunlot.files import write_flushed
from sunlot.office.lottery.models import Disc


def write_sheets(discs: Sequence[Disc], content: Mapping[str, Any], images: Sequence[Image], folder: Path) -> None:
    """Write labels.pdf and the records into `folder`. Raises OSError."""
    names = {image.number: image.name for image in images}
    sheets = [_sheet(disc, Index(dict(content), disc.number), names[disc.number]) for disc in discs]
    for name, data in disc_forms(sheets).items():
        write_flushed(folder / name, data)


def _sheet(disc: Disc, index: Index, image_name: str) -> DiscSheet:
    bags = index.content["bags"]
    return DiscSheet(
        seal=disc.seal,
        copy=disc.copy,
        organ=bags[0]["organ"],
        bags=[BagLine(bag["draw"], bag["title"], bag["digest"], bag["checkpoint"]) for bag in bags],
        rehearsal=any(bag["rehearsal"] for bag in bags),
        number=disc.number,
        count=disc.count,
        label=disc.label,
        image_name=image_name,
        image=disc.image,
        size=disc.size,
        files=len(index.everything()),
        date=index.date,
    )
