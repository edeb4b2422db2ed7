"""盘面标签 and 封存记录: what is printed for every disc and goes with it into its envelope."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sunlot.documents.typeset import qr_code, typeset

LABEL, RECORD = (Path(__file__).with_name(name) for name in ("disc_label.typ", "disc_record.typ"))
COPIES = {1: "正本", 2: "副本"}


@dataclass(frozen=True)
class BagLine:
    """One bag on a disc, as the forms name it."""

    draw: str
    title: str
    digest: str
    checkpoint: int


@dataclass(frozen=True)
class DiscSheet:
    """Everything the forms say of one disc. `copy`: 1 正本, 2 副本; `image`: SHA-256 of its image."""

    seal: str
    copy: int
    organ: str
    bags: Sequence[BagLine]
    rehearsal: bool
    number: int
    count: int
    label: str
    image_name: str
    image: str
    size: int
    files: int
    date: str


def disc_forms(sheets: Sequence[DiscSheet]) -> Mapping[str, bytes]:
    """Return the PDFs by file name: labels.pdf for all discs, and a 封存记录 for each of the two copies."""
    made = {"labels.pdf": typeset(LABEL, {"discs": [_data(sheet) for sheet in sheets]})}
    for copy in sorted({sheet.copy for sheet in sheets}):
        pages = [_data(sheet) for sheet in sheets if sheet.copy == copy]
        made[f"seal-record-{copy}.pdf"] = typeset(RECORD, {"discs": pages})
    return made


def seal_number(seal: str) -> str:
    """Return a seal number such as 2026-0007 as it is printed: 封〔2026〕0007号."""
    year, number = seal.split("-")
    return f"封〔{year}〕{number}号"


def _data(sheet: DiscSheet) -> dict[str, Any]:
    return {
        **vars(sheet),
        "bags": [vars(bag) for bag in sheet.bags],
        "copy": COPIES[sheet.copy],
        "seal": seal_number(sheet.seal),
        "number_only": sheet.seal,
        "size": f"{sheet.size:,}",
        "qr": qr_code(f"sunlot-disc:{sheet.seal}:{sheet.image}"),
    }
