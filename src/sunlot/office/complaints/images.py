"""A photo without what it says of who took it: place, time, camera, thumbnail, and whatever hides behind its end.

No picture is decoded. JPEG (ITU-T T.81 annex B): only the segments that a decoder needs are kept, and of Exif the orientation alone, lest
the picture lie on its side. PNG (ISO/IEC 15948): only the chunks that draw. What stands after the picture's end is dropped in both.
"""

import struct
import zlib
from collections.abc import Iterator

from sunlot.refusal import Refusal

LARGEST = 10 * 2**20  # bytes
JPEG, PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
DRAWS = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB"}
JFIF, ADOBE, COMMENT = 0xE0, 0xEE, 0xFE  # APP14 says how colours are spelt
SCAN, END, ALONE = 0xDA, 0xD9, {0x01, *range(0xD0, 0xD8)}
ORIENTATION = 0x0112


def cleaned(data: bytes) -> tuple[bytes, str]:
    """Return the picture without metadata, and its media type. Raises Refusal for what is too large, no JPEG or PNG, or broken."""
    if len(data) > LARGEST:
        raise Refusal("photo_too_large", f"每张照片不超过 {LARGEST // 2**20} MB；请在手机上选较小的尺寸后再上传。")
    try:
        if data.startswith(JPEG):
            return _jpeg(data), "image/jpeg"
        if data.startswith(PNG):
            return _png(data), "image/png"
    except (struct.error, IndexError, ValueError):
        raise Refusal("photo_broken", "照片文件不完整，打不开；请重新拍摄或另选一张。") from None
    raise Refusal("no_photo", "只收 JPEG 或 PNG 格式的照片；苹果手机的 HEIC 照片请先转存为 JPEG。")


def _jpeg(data: bytes) -> bytes:
    kept, turned, drawn = [JPEG], 1, False
    for marker, segment in _segments(data):
        if marker == 0xE1 and segment[4:10] == b"Exif\0\0":
            turned = _orientation(segment[10:])
        if 0xE0 <= marker <= 0xEF or marker == COMMENT:
            if marker == JFIF and segment[4:9] == b"JFIF\0":
                kept.append(b"\xff\xe0\x00\x10" + segment[4:16] + b"\0\0")  # without its thumbnail
            elif marker == ADOBE and segment[4:9] == b"Adobe":
                kept.append(b"\xff\xee\x00\x0e" + segment[4:16])
            continue
        drawn = drawn or marker == SCAN
        kept.append(segment)
    if not drawn or kept[-1][:2] != b"\xff\xd9":
        raise ValueError("the picture has no end")
    return b"".join([kept[0], *([_upright(turned)] if turned in range(2, 9) else []), *kept[1:]])


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield marker and bytes of each segment up to the end of the picture; a scan comes with the data that follow it."""
    at = 2
    while True:
        if data[at] != 0xFF:
            raise ValueError("a marker is missing")
        while data[at + 1] == 0xFF:  # fill bytes
            at += 1
        marker = data[at + 1]
        if marker == END:
            yield marker, b"\xff\xd9"
            return
        if marker in ALONE:
            end = at + 2
        else:
            (length,) = struct.unpack_from(">H", data, at + 2)
            end = at + 2 + length
            if length < 2 or end > len(data):
                raise ValueError("a segment is too long")
            if marker == SCAN:
                end = _scan_end(data, end)
        yield marker, data[at:end]
        at = end


def _scan_end(data: bytes, at: int) -> int:
    """Return where the next marker stands that is neither a stuffed byte nor a restart."""
    while True:
        at = data.index(b"\xff", at)
        if data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7:
            at += 2
        elif data[at + 1] == 0xFF:
            at += 1
        else:
            return at


def _orientation(tiff: bytes) -> int:
    """Return the orientation that Exif tells, 1 when it tells none that can be read."""
    try:
        order = {b"II": "<", b"MM": ">"}[tiff[:2]]
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for number in range(min(count, 100)):
            tag, _kind, _many, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number)
            if tag == ORIENTATION:
                return int(value)
    except (KeyError, struct.error):
        pass
    return 1


def _upright(turned: int) -> bytes:
    """Return an Exif segment that holds the orientation and nothing else."""
    entry = struct.pack(">HHIHH", ORIENTATION, 3, 1, turned, 0)
    body = b"Exif\0\0MM\0\x2a" + struct.pack(">IH", 8, 1) + entry + b"\0\0\0\0"
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _png(data: bytes) -> bytes:
    kept, at, kind, drawn = [PNG], len(PNG), b"", False
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data) or zlib.crc32(data[at + 4 : end - 4]) != struct.unpack_from(">I", data, end - 4)[0]:
            raise ValueError("a chunk is broken")
        if kind in DRAWS:
            kept.append(data[at:end])
        elif not kind[0] & 0x20:
            raise ValueError("an unknown chunk that draws")
        drawn = drawn or kind == b"IDAT"
        at = end
    if not drawn:
        raise ValueError("the picture is empty")
    return b"".join(kept)
