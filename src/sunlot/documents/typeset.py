"""Setting a page: data in, PDF out, the same bytes for the same data."""

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import segno
import typst


def typeset(template: Path, data: Mapping[str, Any]) -> bytes:
    """Return the PDF of a template. Names and numbers reach it as data, never as markup."""
    compiled = typst.compile(
        str(template),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
        font_paths=[str(Path(pylopdf_fonts_zh_cn.__file__).parent)],
        ignore_system_fonts=True,
        timestamp=0,
    )
    return bytes(compiled)


def qr_code(text: str) -> str:
    """Return a QR code as SVG."""
    svg = io.BytesIO()
    segno.make(text, error="m").save(svg, kind="svg", border=1)
    return svg.getvalue().decode()
