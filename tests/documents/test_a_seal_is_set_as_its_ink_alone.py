"""A seal that was scanned or photographed loses its paper; on the document it stands over the office's name and day, in PDF and Word, and hides nothing."""

import io
from dataclasses import replace

import numpy as np
import pytest
import typst
from docx import Document as read_word
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from paperwork import document
from rendered import pages_of
from sunlot.documents.statutory import FormError, Seal, forms, pdf, word
from sunlot.documents.statutory.raster import pixels_of, read_png, write_png
from sunlot.documents.statutory.seal_ink import ink_of

SEALED = sorted(kind for kind, editions in forms().items() if editions[-1].sealed())
ROUND = """
#set page(width: 60mm, height: 50mm, margin: 0pt, fill: {paper})
#place(left + top, text(9pt, fill: black)[on paper, in black])
#place(center + horizon, circle(radius: 19mm, stroke: 1.2mm + rgb("#d2232a"), align(center + horizon, text(30pt, fill: rgb("#d2232a"))[★])))
"""


def seal_on(paper: str) -> bytes:
    """Return the picture of a seal on paper of a colour, or on none."""
    return bytes(typst.compile(ROUND.format(paper=paper).encode(), format="png", ppi=200))


@pytest.mark.parametrize("paper", ["white", "none", "rgb(214, 208, 196)", "luma(140)"])
def test_paper_and_black_go_and_the_ink_stays(paper: str) -> None:
    ink = pixels_of(ink_of(seal_on(paper)), 400)
    corner, ring = ink[4:40, 4:40], ink[:, ink.shape[1] // 2]
    assert corner[..., 3].max() == 0
    inked = ring[ring[:, 3] > 200]
    assert len(inked) > 8 and inked[:, 0].mean() > inked[:, 1].mean() + 90
    assert abs(ink[..., 3].any(axis=0).sum() - ink[..., 3].any(axis=1).sum()) < 12, "cut to the ring, which is round"
    assert ink_of(seal_on(paper)) == ink_of(seal_on(paper))


def test_what_shows_no_seal_is_refused() -> None:
    grey = np.full((60, 60, 4), 200, np.uint8)
    red = np.full((60, 60, 4), (200, 20, 20, 255), np.uint8)
    for picture in (write_png(grey), write_png(red)):
        with pytest.raises(FormError) as refusal:
            ink_of(picture)
        assert refusal.value.kind == "seal_without_ink"
    for broken in (b"\x89PNG\r\n\x1a\nbroken", b"%PDF-1.7", b"text"):
        with pytest.raises(FormError):
            ink_of(broken)


@settings(max_examples=40, deadline=None)
@given(arrays(np.uint8, st.tuples(st.integers(1, 12), st.integers(1, 12), st.just(4))))
def test_pixels_come_back_from_a_png(pixels: np.ndarray) -> None:
    assert (read_png(write_png(pixels)) == pixels).all()


def test_every_filter_of_a_png_is_undone() -> None:
    noise = np.random.default_rng(7).integers(0, 256, (90, 90, 4), np.uint8)
    noise[30:] = np.linspace(0, 255, 90).astype(np.uint8)[None, :, None]
    noise[..., 3] = 255
    again = pixels_of(write_png(noise), 90)
    assert np.abs(again.astype(int) - noise.astype(int)).max() <= 1


@pytest.mark.parametrize("kind", SEALED)
def test_it_stands_over_name_and_day(kind: str) -> None:
    seal = Seal(ink_of(seal_on("white")), 42)
    plain, sealed = (pages_of(pdf(replace(document(kind), seal=one)))[0] for one in (None, seal))
    assert sealed.text == plain.text and sealed.letters == plain.letters
    (picture,) = [one for one in sealed.pictures if one not in plain.pictures]
    name = sealed.where("汶安县应急管理局（印章）")
    assert abs(picture.right - picture.left - 42) < 0.5
    assert abs(picture.middle - name.middle) < 1.5 and picture.top < name.top and picture.bottom > name.bottom + 5
    assert picture.right < 192 and picture.bottom < sealed.height - 12


@pytest.mark.parametrize("kind", sorted(set(forms()) - set(SEALED)))
def test_a_form_without_a_place_bears_none(kind: str) -> None:
    assert pdf(document(kind)) == pdf(replace(document(kind), seal=Seal(ink_of(seal_on("white")))))


def test_in_word_it_floats_over_the_name() -> None:
    made = read_word(io.BytesIO(word(replace(document("recheck"), seal=Seal(ink_of(seal_on("white")), 40)))))
    (paragraph,) = [one for one in made.paragraphs if "（印章）" in one.text]
    anchor = paragraph._p.xpath(".//wp:anchor")[0]
    assert anchor.get("behindDoc") == "0" and anchor.xpath("./wp:wrapNone") and anchor.xpath(".//a:blip")
    assert anchor.xpath("./wp:extent")[0].get("cx") == str(40 * 36000)
    assert [child.tag.partition("}")[2] for child in anchor][:4] == ["simplePos", "positionH", "positionV", "extent"]


def test_the_firm_s_seal_stands_at_the_end_of_a_record() -> None:
    record = document("onsite_record")
    sealed = replace(record, firm_seal=ink_of(seal_on("white")))
    plain, there = pages_of(pdf(record)), pages_of(pdf(sealed))
    (picture,) = [one for one in there[-1].pictures if one not in plain[-1].pictures]
    assert picture.covers(there[-1].where("2026年3月9日", there[-1].text.index("被检查单位现场负责人")))
    assert there[-1].text == plain[-1].text and sealed.digest() == record.digest()
    assert len(read_word(io.BytesIO(word(sealed))).inline_shapes) == 1
