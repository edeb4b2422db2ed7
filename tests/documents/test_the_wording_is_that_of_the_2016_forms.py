"""An empty form of 2016 says, word for word and in order, what the published form says; today only what the law has renumbered or renamed differs.

The published wording lies in tests/data/forms-2016, one form a file, the cells of a table in reading order.
"""

import re
from datetime import date
from pathlib import Path

import pytest

from paperwork import ORGAN
from sunlot.documents.statutory import forms
from wording import PUBLISHED, blank, published, sheet_words, squeezed

KINDS = sorted(kind for kind, editions in forms().items() if editions[0].edition == "2016")
THEN, TODAY = date(2018, 12, 31), date(2026, 11, 25)
BUREAU, DEPARTMENT = "安全生产监督管理局", "安全生产监督管理部门"
# What today's form may say otherwise: (the form of 2016, today, why). Nothing else.
RENEWED = (
    ("安监", "应急", "机构改革后的代字"),
    (DEPARTMENT, "应急管理部门", "机构改革后的名称"),
    ("安全生产法》第六十七条第一款", "安全生产法》第七十条第一款", "安全生产法 2021"),
    ("安全生产法》第六十七条第二款", "安全生产法》第七十条第二款", "安全生产法 2021"),
    ("行政处罚法》第三十七条第二款", "行政处罚法》第五十六条", "行政处罚法 2021"),
    ("行政处罚法》第三十一条和第三十二条", "行政处罚法》第四十四条和第四十五条", "行政处罚法 2021"),
    ("行政处罚法》第四十二条", "行政处罚法》第六十三条", "行政处罚法 2021"),
    ("行政处罚法》第五十一条第一项", "行政处罚法》第七十二条第一款第一项", "行政处罚法 2021"),
    ("行政处罚法》第五十一条及", "行政处罚法》第七十二条及", "行政处罚法 2021"),
    ("行政处罚法》第五十二条", "行政处罚法》第六十六条第二款", "行政处罚法 2021"),
    ("接到本告知书之日起3日内", "接到本告知书之日起5日内", "行政处罚法 2021 第六十四条第一项"),
)
ARTICLE = re.compile("第[一二三四五六七八九十百零]+条(?:第[一二三四五六七八九十]+[款项])*")


def organ_of(kind: str) -> str:
    """Return who the office is in the published text: most forms say 部门, three say 局."""
    return BUREAU if BUREAU in published(kind)[0] else DEPARTMENT


@pytest.mark.parametrize("kind", KINDS)
def test_the_empty_form_of_2016_is_the_published_one(kind: str) -> None:
    assert sheet_words(blank(kind, THEN, organ_of(kind))) == published(kind)[0]


@pytest.mark.parametrize("kind", KINDS)
def test_the_continuation_page_is_signed_as_published(kind: str) -> None:
    first, more = published(kind)
    assert first.endswith(more)


@pytest.mark.parametrize("kind", KINDS)
def test_today_only_law_and_names_differ(kind: str) -> None:
    expected = published(kind)[0].replace(BUREAU, ORGAN).replace(f"{DEPARTMENT}（印章）", f"{ORGAN}（印章）")
    expected = expected.replace(f"向{DEPARTMENT}", f"向{ORGAN}")
    for old, new, _why in RENEWED:
        expected = expected.replace(old, new)
    assert sheet_words(blank(kind, TODAY, ORGAN)) == expected


def test_no_article_stands_in_a_form_but_as_a_variable() -> None:
    for kind, editions in forms().items():
        for form in editions:
            assert not ARTICLE.search(str([form.blocks, form.every_page])), kind


@pytest.mark.shared
@pytest.mark.parametrize("kind", KINDS)
def test_the_wording_kept_here_is_the_published_text(kind: str, shared: Path) -> None:
    number = re.search(r"第(\d+)号", forms()[kind][0].source)
    assert number
    pages = re.split(r"=== p\d+\n", (shared / "domain" / "forms-2016.txt").read_text("utf-8"))[3:]
    there = next(at for at, page in enumerate(pages) if page.startswith(f"{number[1]} "))
    text = pages[there].partition("\n")[2]
    if pages[there + 1 :] and not re.match(r"\d+ ", pages[there + 1]):
        text += pages[there + 1]
    kept = (PUBLISHED / f"{kind}.txt").read_text("utf-8")
    assert sorted(squeezed(text)) == sorted(squeezed(kept))
    whole = [line for line in text.splitlines() if len(line) > 30]
    assert [line for line in whole if line not in kept] == []
