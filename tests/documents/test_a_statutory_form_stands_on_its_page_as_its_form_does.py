"""Every form, rendered: title in the middle, number at the right, boxes and rules where the form has them, fields in order, nothing cut, covered or unsigned.

What is dark on the page is compared with profiles that were looked at (tests/data/form-profiles.json; `python -m form_profiles` in tests/ renews them).
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from form_profiles import PROFILES, profile
from paperwork import FIELDS, document
from rendered import Box, Page, pages_of
from sunlot.documents.statutory import Document, forms, pdf
from sunlot.documents.statutory.compose import compose
from wording import of_block, of_line, pieces, squeezed

LETTERS = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏𫍯䶮龘"
TEXT = Box(26, 12, 188, 297)  # left and right margin, page header included
BESIDE = ("当事", "人基", "本情", "况")  # written down beside the rows it stands for


def overlong(kind: str) -> Document:
    """Return a document that has more in every field than its place holds."""
    form, changes = document(kind).form(), {}
    for field in form.fields.values():
        line = (LETTERS * 4)[: max(field.width, 8)]
        if field.kind == "long":
            changes[field.name] = "\n".join([line] * (field.capacity + 5 if field.capacity else 60))
        elif field.kind == "items":
            changes[field.name] = [line] * (field.capacity + 5)
        elif field.kind == "rows":
            changes[field.name] = [dict.fromkeys(field.columns, LETTERS[:9])] * ((field.capacity or 15) + 5)
        elif field.kind == "text":
            changes[field.name] = str(FIELDS[kind].get(field.name) or "") + LETTERS
    return document(kind, **changes)


def empty(kind: str) -> Document:
    """Return the form to be filled in by hand."""
    return replace(document(kind), fields={}, signatures=[], number="", blank=True)


MAKE = {"filled": document, "empty": empty, "overlong": overlong}


@cache
def rendered(kind: str, how: str) -> list[Page]:
    """Return the pages of a form."""
    return pages_of(pdf(MAKE[how](kind)))


def tables(kind: str) -> Iterator[dict[str, list[int]]]:
    yield from (block for block in compose(document(kind)).blocks if block["type"] == "table")


EVERY = [(kind, how) for kind in sorted(forms()) for how in MAKE]


@pytest.mark.parametrize("kind", sorted(forms()))
def test_title_in_the_middle_and_number_at_the_right(kind: str) -> None:
    page, form = rendered(kind, "filled")[0], document(kind).form()
    title = page.where(form.title)
    assert abs(title.middle - TEXT.middle) < 1.5
    assert title.bottom - title.top > 5
    if form.heading:
        heading = page.where(form.heading)
        assert heading.bottom < title.top and abs(heading.middle - TEXT.middle) < 1.5
    if form.number:
        number = page.where(document(kind).number)
        assert title.bottom < number.top < title.bottom + (25 if form.layout == "cover" else 8)
        assert abs(number.right - TEXT.right) < 2.5


@pytest.mark.parametrize("kind", sorted(forms()))
def test_the_words_come_in_the_order_of_the_form(kind: str) -> None:
    page, at = rendered(kind, "filled")[0], 0
    for piece in pieces(compose(document(kind))):
        sought = squeezed(piece)
        if sought not in BESIDE:
            assert sought in page.text[at:], sought
            at = page.text.index(sought, at) + len(sought)


@pytest.mark.parametrize("kind", sorted(forms()))
def test_what_is_read_later_stands_further_down_or_right(kind: str) -> None:
    page = rendered(kind, "empty")[0]
    before, at = Box(0, 0, 0, 0), 0
    for block in compose(empty(kind)).blocks:
        if block["type"] == "table":
            continue
        for piece in filter(None, map(squeezed, of_block(block))):
            here = page.where(piece, at)
            at = page.text.index(piece, at) + len(piece)
            assert here.top > before.top - 1 or here.left > before.right - 1, piece
            before = here


@pytest.mark.parametrize("kind", sorted(kind for kind in forms() if list(tables(kind))))
def test_a_table_is_ruled_where_its_form_is(kind: str) -> None:
    page = rendered(kind, "empty")[0]
    for block in tables(kind):
        width = sum(block["columns"])
        for part in np.cumsum([0, *block["columns"]]):
            at = TEXT.left + 162 * part / width
            assert any(abs(rule.middle - at) < 0.6 for rule in page.upright()), f"column at {at:.0f} mm"
        boxes = [rule for rule in page.across() if rule.right - rule.left > 10]
        assert len({round(rule.top) for rule in boxes}) > len(block["rows"])


@pytest.mark.parametrize("kind", sorted(kind for kind, editions in forms().items() if editions[-1].layout == "record"))
def test_a_record_is_ruled_for_writing_down_to_its_signatures(kind: str) -> None:
    page = rendered(kind, "empty")[0]
    label = page.where(next(block["label"] for block in compose(empty(kind)).blocks if block["type"] == "long"))
    foot = page.where(of_line(compose(empty(kind)).every_page[0])).top
    lines = [line for line in page.lines if label.top < line < foot]
    assert len(lines) > 9 and foot - lines[-1] < 12 and lines[0] - label.bottom < 3
    assert max(low - high for high, low in pairwise(lines)) < 9


@pytest.mark.parametrize(("kind", "how"), EVERY)
def test_nothing_leaves_the_margins_or_covers_another(kind: str, how: str) -> None:
    for number, page in enumerate(rendered(kind, how), 1):
        foot = page.height - 10
        for letter, box in zip(page.text, page.letters, strict=True):
            assert box.within(Box(TEXT.left, TEXT.top, TEXT.right, foot), slack=1), (number, letter, box)
        for picture in page.pictures:
            assert picture.within(Box(TEXT.left, TEXT.top, TEXT.right, page.height - 8), slack=1), number
        assert page.darkness.max() < 0.75
        assert covered(page) == [], number


def covered(page: Page) -> list[str]:
    """Return pairs of letters one of which stands on the other."""
    small = [Box(box.left + 0.3, box.top + 0.3, box.right - 0.3, box.bottom - 0.3) for box in page.letters]
    order = sorted(range(len(small)), key=lambda at: small[at].left)
    found = []
    for place, at in enumerate(order):
        for other in order[place + 1 :]:
            if small[other].left > small[at].right:
                break
            if small[at].covers(small[other]) and small[at] != small[other]:  # the letters of a ligature share a box
                found.append(page.text[at] + page.text[other])
    return found


@pytest.mark.parametrize(("kind", "how"), EVERY)
def test_every_page_has_the_places_of_all_who_sign(kind: str, how: str) -> None:
    filled, found = MAKE[how](kind), rendered(kind, how)
    signers = [signature.caption().replace(" ", "") for signature in filled.signatures]
    places = [words for line in compose(filled).every_page for words in _labels(line)]
    for number, page in enumerate(found, 1):
        assert all(caption in page.text for caption in signers), number
        assert all(place in page.text for place in places), number
        assert f"共{len(found)}页第{number}页" in page.text
        counted = page.where(f"共{len(found)}页第{number}页")
        assert counted.right > TEXT.right - 2 and counted.top > page.height - 30


def _labels(line: list[dict[str, str]]) -> list[str]:
    return [words for part in line if part["k"] == "text" and (words := squeezed(part["v"])) and words != "年月日"]


@pytest.mark.parametrize(("kind", "how"), EVERY)
def test_everything_that_was_written_is_there(kind: str, how: str) -> None:
    whole = "".join(page.text for page in rendered(kind, how))
    expected = squeezed("".join(str(value) for value in MAKE[how](kind).fields.values() if isinstance(value, str)))
    assert {letter for letter in expected if letter not in whole} == set()
    for field, value in MAKE[how](kind).fields.items():
        for text in value if isinstance(value, list) else []:
            if isinstance(text, str):
                assert squeezed(text).rstrip("；。") in whole, field


@pytest.mark.parametrize("kind", sorted(forms()))
def test_chinese_fonts_are_inside(kind: str) -> None:
    fonts = {name: there for page in rendered(kind, "overlong") for name, there in page.fonts.items()}
    assert fonts and all(fonts.values()) and any("NotoSerifSC" in name for name in fonts)


@pytest.mark.parametrize("kind", sorted(forms()))
def test_the_page_is_dark_where_the_one_that_was_looked_at_is(kind: str) -> None:
    reviewed = json.loads(Path(PROFILES).read_text())[kind]
    for how in ("filled", "empty"):
        here = np.array(profile(rendered(kind, how)[0]))
        assert np.abs(here - np.array(reviewed[how])).max() <= 4, how
