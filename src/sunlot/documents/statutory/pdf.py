"""Sheets become PDF: one template sets every form, alone or as a whole case file; the same bytes for the same data."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import pylopdf_fonts_zh_cn
import typst

from sunlot.documents.statutory.compose import Sheet
from sunlot.documents.statutory.document import Signature
from sunlot.documents.statutory.form_text import FormError
from sunlot.documents.statutory.scanned import pictures_of
from sunlot.documents.typeset import qr_code
from sunlot.draw.canonical import hash_of

TEMPLATE = Path(__file__).with_name("forms.typ")
ARCHIVAL: Literal["a-2b"] = "a-2b"  # ISO 19005-2, for the archive
NO_GLYPH = re.compile('the text `"(.+?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
PICTURE = re.compile("image|SVG|svg|decode")
POINTS = re.compile(r"(?: ?[ML] ?[0-9]+ [0-9]+)+")
FONTS = [str(Path(pylopdf_fonts_zh_cn.__file__).parent)]


@dataclass(frozen=True)
class Scan:
    """Pages that came from elsewhere: a signed paper, photos. `pages`: PNG, JPEG, WebP or PDF files; `captions`: a line under each, where given."""

    title: str
    pages: Sequence[bytes]
    number: str = ""
    day: date | None = None
    captions: Sequence[str] = ()


def set_sheets(sheets: Sequence[Sheet | Scan], day: date, case: bool = False) -> bytes:
    """Return the PDF/A-2b of the sheets in order, each with pages of its own; in a case file also numbered through.

    Raises FormError when a signature's picture or a scanned page cannot be read.
    """
    files: dict[str, bytes] = {"main.typ": TEMPLATE.read_bytes()}
    described = []
    for number, sheet in enumerate(sheets):
        if isinstance(sheet, Scan):
            pictures = _pictures(sheet)
            files |= {f"{number}/{page}": data for page, (data, _) in enumerate(pictures)}
            described.append(_scan(number, sheet, [caption for _, caption in pictures]))
            continue
        files |= {f"{number}/{name}": picture(signature) for name, signature in sheet.images.items()}
        files |= {f"{number}/seal.png": sheet.seal.png} if sheet.seal else {}
        files |= {f"{number}/firm.png": sheet.firm_seal} if sheet.firm_seal else {}
        described.append(_described(number, sheet))
    data: dict[str, Any] = {"sheets": described, "case": case, "day": [day.year, day.month, day.day], "missing": ""}
    while True:
        files["data.json"] = json.dumps(data, ensure_ascii=False, sort_keys=True).encode()
        try:
            return _compile(files, "pdf")
        except typst.TypstError as failure:
            missing = _without_glyph(failure)
            if missing in data["missing"]:
                raise
            data["missing"] += missing


def _without_glyph(failure: typst.TypstError) -> str:
    """Return the characters that no font of ours has, for the template to print as their code. Raises FormError or the failure."""
    if PICTURE.search(failure.message):
        raise FormError("picture_wrong", f"文书中的图片或签名无法读取：{failure.message}。") from failure
    if not (found := NO_GLYPH.search(failure.message)):
        raise failure
    return ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1])


def _compile(files: Mapping[str, bytes], kind: Literal["pdf", "png"]) -> bytes:
    with TemporaryDirectory() as folder:
        for name, data in files.items():
            path = Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
        made = typst.compile(
            str(Path(folder, "main.typ")),
            format=kind,
            font_paths=FONTS,
            ignore_system_fonts=True,
            timestamp=0,
            ppi=200,
            pdf_standards=ARCHIVAL if kind == "pdf" else None,
        )
    return bytes(made)


def picture(signature: Signature) -> bytes:
    """Return the handwriting as a picture file: the PNG given, or an SVG around the stroke."""
    if signature.png:
        return signature.png
    width, height = extent(signature.stroke, signature.size)
    pen = max(1, width // 100)
    box = f"{-pen} {-pen} {width + 2 * pen} {height + 2 * pen}"  # the pen is as wide on the edge as elsewhere
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{width + 2 * pen}" height="{height + 2 * pen}">'
        f'<path d="{signature.stroke}" fill="none" stroke="#111" stroke-width="{pen}" stroke-linecap="round" '
        f'stroke-linejoin="round"/></svg>'
    ).encode()


def extent(stroke: str, size: tuple[int, int]) -> tuple[int, int]:
    """Return width and height of the box, grown to hold every point of a stroke of M and L (docs/sync.md): papers issued earlier name a smaller one."""
    if not POINTS.fullmatch(stroke):
        return size
    numbers = [int(number) for number in re.findall(r"[0-9]+", stroke)]
    return max(size[0], *numbers[::2]), max(size[1], *numbers[1::2])


def stroke_png(signature: Signature) -> bytes:
    """Return the handwriting as PNG, for Word, which knows no SVG without one."""
    if signature.png:
        return signature.png
    page = b'#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image("s.svg", height: 30mm)'
    return _compile({"main.typ": page, "s.svg": picture(signature)}, "png")


def _pictures(scan: Scan) -> list[tuple[bytes, str]]:
    """Return every picture of a scan with the line under it; the pages of a PDF one by one. Raises FormError that names the attachment."""
    found = []
    for number, page in enumerate(scan.pages):
        caption = scan.captions[number] if number < len(scan.captions) else ""
        try:
            pictures = pictures_of(page)
        except FormError as failure:
            raise FormError(failure.kind, f"附件“{scan.title}”第 {number + 1} 件：{failure.sentence}") from failure
        several = caption and len(pictures) > 1
        found += [(one, f"{caption}（第 {at} 页）" if several else caption) for at, one in enumerate(pictures, 1)]
    if not found:
        raise FormError("picture_missing", f"附件“{scan.title}”没有页面。")
    return found


def _scan(number: int, scan: Scan, captions: Sequence[str]) -> dict[str, Any]:
    images = [
        {"type": "image", "name": f"{number}/{page}", "caption": caption} for page, caption in enumerate(captions)
    ]
    digest = hash_of(b"".join(bytes.fromhex(hash_of(page)) for page in scan.pages))
    return {
        "name": number,
        "title": scan.title,
        "heading": "",
        "layout": "scan",
        "organ": "",
        "number": scan.number,
        "number_line": "",
        "digest": digest,
        "qr": qr_code(f"sunlot-scan:{scan.number}:{digest}"),
        "watermark": "",
        "blocks": images,
        "annex": [],
        "every_page": [],
    }


def _described(number: int, sheet: Sheet) -> dict[str, Any]:
    form = sheet.form
    return {
        "name": number,
        "title": form.title,
        "heading": form.heading,
        "layout": form.layout,
        "organ": sheet.organ,
        "number": sheet.number,
        "number_line": sheet.number_line,
        "firm_seal": "firm.png" if sheet.firm_seal else "",
        "digest": sheet.digest,
        "qr": qr_code(sheet.qr),
        "watermark": sheet.watermark,
        "blocks": sheet.blocks,
        "annex": sheet.annex,
        "every_page": sheet.every_page,
    }
