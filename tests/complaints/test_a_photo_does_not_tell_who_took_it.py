"""What a photo says of place, time and camera is gone before it is kept; the picture itself is left as it is."""

import struct

import pytest

from complaints.conftest import GPS, chunk, jpeg, png, segment
from sunlot.office.complaints.images import LARGEST, cleaned
from sunlot.refusal import Refusal


def test_a_jpeg_loses_place_comment_and_what_stands_behind_its_end() -> None:
    clean, media = cleaned(jpeg())
    assert media == "image/jpeg"
    assert GPS not in clean and GPS[:3] not in clean and b"MPF" not in clean and b"film" not in clean
    assert clean.endswith(b"\xff\xd9")


def test_a_jpeg_keeps_every_segment_that_draws() -> None:
    clean, _ = cleaned(jpeg())
    for part in (segment(0xDB, b"\0" + b"\1" * 64), b"\x12\xff\x00\x34\xff\xd0\x56", b"\x78\xff\x00\xff\xd9"):
        assert part in clean
    assert clean.count(b"\xff\xda") == 2


@pytest.mark.parametrize("turned", [1, 3, 6, 8])
def test_a_turned_picture_stays_turned(turned: int) -> None:
    clean, _ = cleaned(jpeg(turned))
    told = struct.pack(">HHIHH", 0x0112, 3, 1, turned, 0)
    assert (told in clean) == (turned != 1)
    assert clean.count(b"Exif") == (turned != 1)


def test_cleaning_twice_changes_nothing_more() -> None:
    for data in (jpeg(), png()):
        once = cleaned(data)[0]
        assert cleaned(once)[0] == once


def test_a_png_loses_texts_and_keeps_its_dot() -> None:
    clean, media = cleaned(png())
    assert media == "image/png"
    assert GPS not in clean and b"tEXt" not in clean and b"eXIf" not in clean
    assert b"IHDR" in clean and b"IDAT" in clean and clean.endswith(chunk(b"IEND", b""))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "no_photo"),
        (b"GIF89a", "no_photo"),
        (b"%PDF-1.7", "no_photo"),
        (b"\xff\xd8", "photo_broken"),
        (jpeg()[:200], "photo_broken"),
        (b"\xff\xd8\xff\xd9", "photo_broken"),
        (png()[:60], "photo_broken"),
        (png().replace(b"Author", b"Auther"), "photo_broken"),
        (b"\xff\xd8" + b"\0" * LARGEST, "photo_too_large"),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes, kind: str) -> None:
    with pytest.raises(Refusal) as refused:
        cleaned(data)
    assert refused.value.kind == kind
