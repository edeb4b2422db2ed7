"""Pictures as pixels: whatever the typesetter can read becomes an array, and an array becomes a PNG (ISO/IEC 15948). No picture library is needed."""

import struct
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
import typst

from sunlot.documents.statutory.document import PNG
from sunlot.documents.statutory.form_text import FormError
from sunlot.documents.statutory.scanned import suffix_of

Pixels = npt.NDArray[np.uint8]  # height × width × 4: red, green, blue, how opaque
PAGE = '#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image("p.{}", width: {}pt, height: {}pt, fit: "contain")'
DOTS_AN_INCH = 72  # one pixel a point
HEADER = ">IIBBBBB"


def pixels_of(picture: bytes, most: int) -> Pixels:
    """Return a PNG, JPEG or WebP picture as pixels, fitted into a square of `most`. Raises FormError for what cannot be read."""
    suffix = suffix_of(picture)
    if suffix == "pdf":
        raise FormError("picture_wrong", "请用 PNG、JPEG 或 WebP 图片，不用 PDF。")
    with TemporaryDirectory() as folder:
        Path(folder, f"p.{suffix}").write_bytes(picture)
        page = Path(folder, "page.typ")
        page.write_text(PAGE.format(suffix, most, most))
        try:
            made = typst.compile(str(page), format="png", ppi=DOTS_AN_INCH, ignore_system_fonts=True)
        except typst.TypstError as failure:
            raise FormError("picture_wrong", f"图片无法读取：{failure.message}。") from failure
    return read_png(bytes(made))


def read_png(data: bytes) -> Pixels:
    """Return the pixels of a PNG of eight bits a channel with transparency, not interlaced, as the typesetter writes it."""
    width, height, *kind = struct.unpack(HEADER, data[16:29])
    if kind != [8, 6, 0, 0, 0]:
        raise ValueError(f"not such a PNG: {kind}")
    packed, at = b"", len(PNG)
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        if data[at + 4 : at + 8] == b"IDAT":
            packed += data[at + 8 : at + 8 + size]
        at += 12 + size
    rows = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(height, 1 + width * 4)
    pixels, above = np.zeros((height, width, 4), np.uint8), np.zeros((width, 4), np.uint8)
    for number, row in enumerate(rows):
        above = pixels[number] = _unfiltered(int(row[0]), row[1:].reshape(width, 4), above)
    return pixels


def write_png(pixels: Pixels) -> bytes:
    """Return the pixels as PNG, the same bytes for the same pixels."""
    height, width, _ = pixels.shape
    rows = np.zeros((height, 1 + width * 4), np.uint8)
    rows[:, 1:] = pixels.reshape(height, width * 4)
    head = struct.pack(HEADER, width, height, 8, 6, 0, 0, 0)
    return PNG + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows.tobytes(), 9)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _unfiltered(kind: int, row: Pixels, above: Pixels) -> Pixels:
    """Return a row as it was before its filter (clause 9): none, left, above, mean of both, or Paeth's choice."""
    if kind == 0:
        return row
    if kind == 1:
        return np.cumsum(row, axis=0, dtype=np.uint64).astype(np.uint8)
    if kind == 2:
        return row + above
    done, left, corner = [], [0] * 4, [0] * 4
    for pixel, over in zip(row.tolist(), above.tolist(), strict=True):
        if kind == 3:
            left = [(value + (a + b) // 2) & 255 for value, a, b in zip(pixel, left, over, strict=True)]
        else:
            left = [(value + _paeth(*near)) & 255 for value, *near in zip(pixel, left, over, corner, strict=True)]
        corner = over
        done.append(left)
    return np.array(done, np.uint8)


def _paeth(left: int, above: int, corner: int) -> int:
    far_left, far_above, far_corner = abs(above - corner), abs(left - corner), abs(left + above - 2 * corner)
    if far_left <= far_above and far_left <= far_corner:
        return left
    return above if far_above <= far_corner else corner
