"""此栏不够，可另附页: a box filled to its last line stays on the form's page, one line more makes an annex page, signed like the first."""

import io
from collections import Counter
from typing import Any

import pytest
from docx import Document as read_word
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from documents.test_a_statutory_form_stands_on_its_page_as_its_form_does import covered
from paperwork import FIELDS, document
from rendered import Box, Page, pages_of
from sunlot.documents.statutory import Document, forms, pdf, word
from sunlot.documents.statutory.compose import compose
from sunlot.documents.statutory.overflow import lines_of, split_items, split_text

LETTERS = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏"
ALL = [(kind, name) for kind, editions in sorted(forms().items()) for name in editions[-1].fields]
BOXES = [
    (kind, name) for kind, name in ALL if (field := forms()[kind][-1].fields[name]).capacity and field.kind != "rows"
]


def pages(data: bytes) -> list[str]:
    """Return the text of every page without spaces."""
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages]


def full(kind: str, name: str, more: int = 0) -> Any:
    """Return a value that takes every line of a box, and `more`."""
    field = forms()[kind][-1].fields[name]
    line = (LETTERS * 9)[: field.width - (field.kind == "long" and len(field.ends[1]))]
    if field.kind == "items":
        return [line] * (field.capacity + more)
    return "\n".join([line] * (field.capacity + more))


@pytest.mark.parametrize("kind", sorted({kind for kind, _ in BOXES}))
def test_a_form_with_every_box_full_is_one_page(kind: str) -> None:
    filled = document(kind, **{name: full(kind, name) for box, name in BOXES if box == kind})
    assert compose(filled).annex == []
    assert len(pages(pdf(filled))) == 1


@pytest.mark.parametrize(("kind", "name"), BOXES)
def test_one_line_more_makes_an_annex_page(kind: str, name: str) -> None:
    filled = document(kind, **{name: full(kind, name, more=1)})
    first, annex = pages(pdf(filled))
    label = filled.form().fields[name].label
    assert "附页" in annex and f"{label}（续）" in annex
    assert "见附页" in first or "转附页" in first
    assert "共2页第1页" in first and "共2页第2页" in annex
    for line in compose(filled).every_page:
        for part in line:
            assert part["k"] != "text" or "".join(part["v"].split()) in annex
            assert part["k"] != "sign" or "".join(part["caption"].split()) in annex


@pytest.mark.parametrize("kind", ["onsite_record", "questioning_record"])
def test_a_record_goes_on_and_every_page_is_signed(kind: str) -> None:
    name = {"onsite_record": "findings", "questioning_record": "record"}[kind]
    lines = [f"第{number}项：{LETTERS}" for number in range(70)]
    set_pages = pages(pdf(document(kind, **{name: "\n".join(lines)})))
    assert len(set_pages) == 4
    whole = "".join(set_pages)
    assert all(line in whole for line in lines)
    for number, page in enumerate(set_pages, 1):
        assert f"共4页第{number}页" in page
        assert page.count("2026-03-0911:40") == sum(document(kind).form().roles().values())
    assert all("（续页）" in page for page in set_pages[1:]) and "（续页）" not in set_pages[0]


def test_what_was_split_is_whole_again() -> None:
    text = "\n".join((LETTERS * 3)[:length] for length in range(60))
    for capacity in range(1, 80):
        here, rest = split_text(text, capacity, 20)
        assert lines_of(here, 20) <= capacity or not here
        assert "".join((here + rest).split()) == "".join(text.split())
    assert split_text(text, 0, 20) == (text, "")
    assert split_items(["甲" * 30, "乙"], 2, 20) == 1 and split_items(["甲" * 30, "乙"], 3, 20) == 2


def test_many_deliveries_go_on_in_the_annex() -> None:
    rows = [{"document": f"文书{number}号", "server": "王垚"} for number in range(9)]
    first, annex = pages(pdf(document("receipt", deliveries=rows)))
    assert "文书5号" in first and "文书6号" not in first
    assert "文书6号" in annex and "文书8号" in annex and "送达文书名称、文号" in annex


def test_word_has_the_same_annex() -> None:
    filled = document("onsite_measure", problems=full("onsite_measure", "problems", more=2))
    made = read_word(io.BytesIO(word(filled)))
    texts = [paragraph.text for paragraph in made.paragraphs]
    assert "违法违规行为和事故隐患（续）" in texts
    assert len(made.sections) == 2
    footer = "".join(paragraph.text for paragraph in made.sections[1].footer.paragraphs)
    assert "安全生产监管行政执法人员（签名）" in footer and "被检查单位负责人（签名）" in footer


def test_all_the_fields_of_a_form_are_known_here() -> None:
    assert set(FIELDS) == set(forms())


def whole_and_signed(filled: Document, name: str) -> list[Page]:
    """Return the pages of a document after a look at each: the box's text is there to the letter, everybody signs, nothing is cut or covered."""
    found = pages_of(pdf(filled))
    value = filled.fields[name]
    written = Counter("".join(str(value if isinstance(value, str) else "".join(value)).split()))
    ends = Counter("；。") if filled.form().fields[name].ends[1] else Counter()
    printed = Counter(letter for page in found for letter in page.text)
    assert {letter: (n, printed[letter]) for letter, n in (written - printed).items() if letter not in ends} == {}
    for number, page in enumerate(found, 1):
        assert all(box.within(Box(26, 12, 188, page.height - 10), slack=1) for box in page.letters), number
        assert all(one.caption().replace(" ", "") in page.text for one in filled.signatures), number
        assert covered(page) == [], number
    return found


LONG = [(kind, name) for kind, name in ALL if forms()[kind][-1].fields[name].kind in ("long", "items")]
WORDS = st.text(alphabet=LETTERS + "垚犇喆䶮龘𫍯abcXYZ0123456789，。；、（）", min_size=1, max_size=220)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(LONG), st.lists(WORDS, min_size=1, max_size=14))
def test_whatever_is_written_in_whatever_box_is_whole_and_signed(box: tuple[str, str], texts: list[str]) -> None:
    kind, name = box
    items = forms()[kind][-1].fields[name].kind == "items"
    whole_and_signed(document(kind, **{name: texts if items else "\n".join(texts)}), name)


@pytest.mark.parametrize(
    ("kind", "name", "pages"),
    [("onsite_record", "findings", 8), ("onsite_measure", "problems", 6), ("rectification_order", "problems", 6)],
)
def test_a_list_of_six_thousand_characters_is_whole_and_signed(kind: str, name: str, pages: int) -> None:
    texts = [f"{number}号车间{(LETTERS * 5)[:94]}" for number in range(1, 61)]
    value = texts if forms()[kind][-1].fields[name].kind == "items" else "\n".join(texts)
    assert len(whole_and_signed(document(kind, **{name: value}), name)) >= pages


@pytest.mark.parametrize("kind", sorted(FIELDS))
def test_what_has_no_blank_to_break_at_stays_on_the_page(kind: str) -> None:
    address, fields = "http://a.cn/" + "x1Y2" * 30, document(kind).form().fields.values()
    texts = {field.name: address for field in fields if field.kind in ("text", "long")}
    for page in pages_of(pdf(document(kind, **texts))):
        assert all(box.within(Box(26, 12, 188, page.height - 10), slack=1) for box in page.letters)


@pytest.mark.parametrize(("kind", "name"), [("recheck", "opinion"), ("inspection_scheme", "content")])
def test_one_paragraph_of_six_thousand_characters_is_whole_and_signed(kind: str, name: str) -> None:
    assert len(whole_and_signed(document(kind, **{name: (LETTERS * 250)[:6000]}), name)) >= 6
