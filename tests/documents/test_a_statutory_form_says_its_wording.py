"""Every form, set as PDF, holds the wording of its data line by line and what was filled in."""

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from paperwork import FIELDS, document
from sunlot.documents.statutory import forms, pdf
from sunlot.documents.statutory.document import spell
from sunlot.documents.statutory.form_text import OPTIONAL, PLACEHOLDER

needs_pdftotext = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler) is not installed")


def text_of(data: bytes, folder: Path) -> str:
    """Return the text of a PDF as poppler reads it, without spaces and line ends."""
    (folder / "form.pdf").write_bytes(data)
    read = subprocess.run(["pdftotext", "form.pdf", "-"], cwd=folder, capture_output=True, check=True)
    return squeezed(read.stdout.decode())


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def literals(part: object) -> list[str]:
    """Return the fixed wording of a form's blocks, broken at its placeholders."""
    if isinstance(part, str):
        return [
            squeezed(text.strip("> ")) for text in re.split("[\0\n]", PLACEHOLDER.sub("\0", OPTIONAL.sub("\0", part)))
        ]
    if isinstance(part, dict):
        return [text for key, value in part.items() if key not in ("items", "long", "grid") for text in literals(value)]
    return [text for value in part for text in literals(value)] if isinstance(part, (list, tuple)) else []


def test_every_form_is_filled_in_here() -> None:
    assert set(FIELDS) == set(forms())


@needs_pdftotext
@pytest.mark.parametrize("kind", sorted(FIELDS))
def test_the_page_holds_the_wording_and_the_fields(kind: str, tmp_path: Path) -> None:
    filled = document(kind)
    text = text_of(pdf(filled), tmp_path)
    form = filled.form()
    assert [part for part in literals([form.heading, form.title, *form.blocks]) if part not in text] == []
    assert filled.number.replace(" ", "") in text
    for name, value in filled.fields.items():
        spelled = spell(form.fields[name], value)
        for part in [spelled] if isinstance(spelled, str) else spelled:
            for piece in part.values() if isinstance(part, dict) else part.split("\n"):
                assert squeezed(piece.rstrip("；。")) in text, (name, piece)


@pytest.mark.parametrize("kind", sorted(FIELDS))
def test_the_same_document_gives_the_same_bytes(kind: str) -> None:
    assert pdf(document(kind)) == pdf(document(kind))


@needs_pdftotext
def test_an_article_follows_the_day(tmp_path: Path) -> None:
    notice = document("penalty_notice")
    old = replace(notice, day=date(2021, 7, 14))
    assert "《中华人民共和国行政处罚法》第三十一条和第三十二条的规定" in text_of(pdf(old), tmp_path)
    assert "《中华人民共和国行政处罚法》第四十四条和第四十五条的规定" in text_of(pdf(notice), tmp_path)


@needs_pdftotext
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
def test_what_changed_with_the_law_changes_with_the_day(
    kind: str, day: date, before: str, after: str, tmp_path: Path
) -> None:
    old = text_of(pdf(replace(document(kind), day=day)), tmp_path)
    new = text_of(pdf(document(kind)), tmp_path)
    assert before in old and after not in old
    assert after in new and before not in new
