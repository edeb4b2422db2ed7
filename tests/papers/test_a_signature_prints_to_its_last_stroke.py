"""Whoever signs to the far corner of the pad finds the whole signature on the page, in the PDF and in Word; papers of the smaller box too."""

import re
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from papers.conftest import Clients, Phones, held
from papers.test_the_record_becomes_its_statutory_form import made
from sunlot.documents.statutory import Signature
from sunlot.documents.statutory.pdf import extent, stroke_png
from sunlot.office.papers.body import document_of
from sunlot.office.visits import signing
from sunlot.office.visits.models import Visit

CORNER = "M0 0L3 0L0 3 M630 300L640 320L632 320"
OLD_BOX = (600, 240)  # that papers issued before November 2026 name
ROOT = Path(__file__).parents[2]


def alpha_of(png: bytes) -> list[bytes]:
    """Return the rows of a PNG's alpha (8 bits RGBA, W3C PNG 9.2)."""
    assert png[25] == 6, "RGBA"
    width, at, data = int.from_bytes(png[16:20]), 8, b""
    while at < len(png):
        size = int.from_bytes(png[at : at + 4])
        data += png[at + 8 : at + 8 + size] if png[at + 4 : at + 8] == b"IDAT" else b""
        at += size + 12
    raw, line, rows = zlib.decompress(data), 4 * width + 1, []
    above = bytearray(4 * width)
    for start in range(0, len(raw), line):
        kind, row = raw[start], bytearray(raw[start + 1 : start + line])
        for i, byte in enumerate(row):
            left, up, corner = (row[i - 4] if i > 3 else 0), above[i], (above[i - 4] if i > 3 else 0)
            paeth = min((left, up, corner), key=lambda one: abs(left + up - corner - one))
            row[i] = (byte + (0, left, up, (left + up) // 2, paeth)[kind]) & 255
        above = row
        rows.append(bytes(row[3::4]))
    return rows


def is_whole(png: bytes) -> bool:
    """Return whether the tip at 640, 320 is inked, with its round end."""
    rows = alpha_of(png)
    unit = len(rows[0]) / (640 + 2 * 6)
    x, y = (int((place + 6) * unit) for place in (640, 320))
    return bool(rows[y][x]) and bool(rows[y][x + int(2 * unit)]) and bool(rows[y + int(2 * unit)][x])


@pytest.mark.parametrize("size", [signing.BOX, OLD_BOX])
def test_ink_reaches_the_far_corner_and_is_not_cut(size: tuple[int, int]) -> None:
    assert is_whole(stroke_png(Signature("representative", "赵犇", stroke=CORNER, size=size)))


def test_a_stroke_of_the_old_pad_lies_within_the_box() -> None:
    assert extent("M600 0L600 240", OLD_BOX) == OLD_BOX and extent("M600 0L600 240", signing.BOX) == signing.BOX


def test_page_and_paper_hold_what_reaches_the_corner(
    arranged: Callable[..., Visit], phone_of: Phones, client_of: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    from papers import conftest

    drawn = conftest.signature
    monkeypatch.setattr(conftest, "signature", lambda *who, **more: drawn(*who, **more) | {"path": CORNER})
    visit = arranged()
    held(visit, phone_of)
    clerk = client_of("clerk")
    page = clerk.get(f"/visits/{visit.pk}/record/1/").content.decode()
    boxes = re.findall(r'<svg class="signature" viewBox="(-?\d+) (-?\d+) (\d+) (\d+)"', page)
    assert len(boxes) == 3
    for left, top, width, height in boxes:
        assert int(left) + int(width) >= 640 and int(top) + int(height) >= 320
    paper = made(clerk, visit)
    for one in document_of(paper).signatures:
        assert one.size == signing.BOX == (640, 320)
        assert is_whole(stroke_png(one))


def test_every_pad_writes_in_the_box_of_the_protocol() -> None:
    assert "in a box 640 wide and 320 high" in (ROOT / "docs/sync.md").read_text()
    assert "[WIDTH, HEIGHT] = [640, 320]" in (ROOT / "frontend/field/src/pad.js").read_text()
    sign = (ROOT / "src/sunlot/office/visits/templates/visits/sign.html").read_text()
    assert 'width="640" height="320"' in sign
