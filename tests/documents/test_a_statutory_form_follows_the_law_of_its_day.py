"""A form is the same to the byte each time, and follows the law and the names of its day."""

from dataclasses import replace
from datetime import date

import pytest

from paperwork import FIELDS, document
from rendered import pages_of
from sunlot.documents.statutory import forms, pdf


def text_of(data: bytes) -> str:
    """Return the text of a PDF without spaces and line ends."""
    return "".join(page.text for page in pages_of(data))


def test_every_form_is_filled_in_here() -> None:
    assert set(FIELDS) == set(forms())


@pytest.mark.parametrize("kind", sorted(FIELDS))
def test_the_same_document_gives_the_same_bytes(kind: str) -> None:
    assert pdf(document(kind)) == pdf(document(kind))


def test_an_article_follows_the_day() -> None:
    notice = document("penalty_notice")
    old = replace(notice, day=date(2021, 7, 14))
    assert "《中华人民共和国行政处罚法》第三十一条和第三十二条的规定" in text_of(pdf(old))
    assert "《中华人民共和国行政处罚法》第四十四条和第四十五条的规定" in text_of(pdf(notice))


@pytest.mark.parametrize(
    ("kind", "day", "before", "after"),
    [
        ("hearing_notice", date(2021, 7, 14), "第四十二条的规定", "第六十三条的规定"),
        ("hearing_notice", date(2021, 7, 14), "之日起3日内", "之日起5日内"),
        ("power_cut_notice", date(2021, 8, 31), "安全生产法》第六十七条第一款", "安全生产法》第七十条第一款"),
        ("sampling", date(2021, 7, 14), "行政处罚法》第三十七条第二款的规定", "行政处罚法》第五十六条的规定"),
        ("recheck", date(2018, 12, 31), "一份由安全生产监督管理部门备案", "一份由应急管理部门备案"),
    ],
)
def test_what_changed_with_the_law_changes_with_the_day(kind: str, day: date, before: str, after: str) -> None:
    old = text_of(pdf(replace(document(kind), day=day)))
    new = text_of(pdf(document(kind)))
    assert before in old and after not in old
    assert after in new and before not in new
