"""Sheets become PDF: one template sets every form, alone or as a whole case file; the same bytes for the same data."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import typst

from sunlot.documents.statutory.compose import Sheet
from sunlot.documents.statutory.document import Signature
from sunlot.documents.statutory.form_text import FormError
from sunlot.documents.typeset import qr_code

TEMPLATE = Path(__file__).with_name("forms.typ")
FONTS = [str(Path(pylopdf_fonts_zh_cn.__file__).parent)]


def set_sheets(sheets: Sequence[Sheet], images: Mapping[str, bytes] | None = None, case: bool = False) -> bytes:
    """Return the PDF of the sheets in order, each with pages of its own; in a case file also numbered through.

    `images`: files that blocks of type "image" name. Raises FormError when a signature's picture cannot be read.
    """
    files: dict[str, bytes] = {"main.typ": TEMPLATE.read_bytes(), **(images or {})}
    described = []
    for number, sheet in enumerate(sheets):
        files |= {f"{number}/{name}": picture(signature) for name, signature in sheet.images.items()}
        described.append(_described(number, sheet))
    files["data.json"] = json.dumps({"sheets": described, "case": case}, ensure_ascii=False, sort_keys=True).encode()
    try:
        made = typst.compile(files, format="pdf", font_paths=FONTS, ignore_system_fonts=True, timestamp=0)
    except typst.TypstError as failure:
        raise FormError("picture_wrong", f"文书中的图片或签名无法读取：{failure.message}。") from failure
    return bytes(made)


def picture(signature: Signature) -> bytes:
    """Return the handwriting as a picture file: the PNG given, or an SVG around the stroke."""
    if signature.png:
        return signature.png
    width, height = signature.size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<path d="{signature.stroke}" fill="none" stroke="#111" stroke-width="3" stroke-linecap="round" '
        f'stroke-linejoin="round"/></svg>'
    ).encode()


def stroke_png(signature: Signature) -> bytes:
    """Return the handwriting as PNG, for Word, which knows no SVG without one."""
    if signature.png:
        return signature.png
    page = b'#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image("s.svg", height: 30mm)'
    made = typst.compile({"main.typ": page, "s.svg": picture(signature)}, format="png", ppi=200)
    return bytes(made)


def _described(number: int, sheet: Sheet) -> dict[str, Any]:
    form = sheet.form
    return {
        "name": number,
        "title": form.title,
        "heading": form.heading,
        "layout": form.layout,
        "organ": sheet.organ,
        "number": sheet.number,
        "numbered": bool(form.number),
        "digest": sheet.digest,
        "qr": qr_code(sheet.qr),
        "watermark": sheet.watermark,
        "blocks": sheet.blocks,
        "annex": sheet.annex,
        "every_page": sheet.every_page,
    }
