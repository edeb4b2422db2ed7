"""The record and the workbook: right text, the same bytes twice, nothing interpreted."""

import io

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from helpers import complete
from sunlot.documents.draw_record import draw_record_pdf
from sunlot.documents.forms import forms
from sunlot.draw.state import Draw


@pytest.fixture(scope="module")
def draw(tmp_path_factory: pytest.TempPathFactory) -> Draw:
    return complete(tmp_path_factory.mktemp("county"))


def pdf_text(data: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).replace("\n", "")


@pytest.mark.parametrize(("stage", "step"), [("firms", "outcome"), ("teams", "teams-outcome")])
def test_the_record_says_it_all_and_twice_the_same(draw: Draw, stage: str, step: str) -> None:
    outcome = draw.need(step, "").read_json("outcome.json")
    first, second = forms(draw, stage, outcome, outcome["seed"]), forms(draw, stage, outcome, outcome["seed"])
    assert first == second
    text = pdf_text(first["record.pdf"])
    for wanted in (
        "双随机抽取记录",
        "演练，不具效力",
        outcome["seed"],
        outcome["notice"],
        "福彩双色球",
        "见证人",
        draw.name,
    ):
        assert wanted in text
    for entry in outcome.get("selected", outcome.get("teams"))[:50]:
        assert entry.get("id", entry.get("visit")) in text


def test_codes_are_text_and_lists_are_whole(draw: Draw) -> None:
    outcome = draw.need("outcome", "").read_json("outcome.json")
    book = load_workbook(io.BytesIO(forms(draw, "firms", outcome, outcome["seed"])["result.xlsx"]))
    rows = list(book["抽中名单"].iter_rows(min_row=4, values_only=True))
    assert [row[2] for row in rows] == [entry["id"] for entry in outcome["selected"]]
    assert all(isinstance(row[2], str) for row in rows)


def test_markup_and_formulas_in_names_are_printed_as_they_are(draw: Draw, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = draw.need("outcome", "").read_json("outcome.json")
    odd = '=1+1 #let $x$ *粗* [括] \\ < & 喆堃垚昇犇"'
    rows = [row | {"name": odd} for row in draw.frame()]
    monkeypatch.setattr(Draw, "frame", lambda self: rows)
    made = forms(draw, "firms", outcome, outcome["seed"])
    text = pdf_text(made["record.pdf"]).replace(" ", "")
    missing = [part for part in ("#let", "*粗*", "[括]", "喆堃", "垚昇犇") if part not in text]
    assert missing == [], text[1500:2500]
    cell = load_workbook(io.BytesIO(made["result.xlsx"]))["抽中名单"]["B4"]
    assert (cell.value, cell.data_type) == (odd, "s")
    assert draw_record_pdf is not None
