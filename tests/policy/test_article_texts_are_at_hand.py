"""The texts that ship with us are whole, and a cited paragraph or item is found in them."""

import re
from pathlib import Path

import pytest

from sunlot.policy.statutes.citations import StatuteError, number_of
from sunlot.policy.statutes.laws import Article, Paragraph, article, laws

LENGTHS = {
    "安全生产法": 119,
    "行政处罚法": 86,
    "山东省安全生产条例": 80,
    "政府信息公开条例": 56,
    "危险化学品安全管理条例": 102,
    "烟花爆竹安全管理条例": 46,
    "矿山安全法": 50,
    "安全生产许可证条例": 24,
}


def test_every_law_is_whole() -> None:
    held = {name: sorted(law.articles) for name, law in laws().items() if law.articles}
    assert held == {name: list(range(1, length + 1)) for name, length in LENGTHS.items()}


def test_the_items_of_every_paragraph_run_from_one_without_a_gap() -> None:
    for name, length in LENGTHS.items():
        for number in range(1, length + 1):
            for paragraph in article(name, number).paragraphs:
                assert list(paragraph.items) == list(range(1, len(paragraph.items) + 1)), (name, number)


def test_an_article_is_found_by_any_way_of_writing_it() -> None:
    text = article("安全生产法", "65").text
    assert text.startswith("应急管理部门和其他负有安全生产监督管理职责的部门依法开展安全生产行政执法工作")
    assert article("《中华人民共和国安全生产法》", "六十五").text == text
    assert article("安全生产法", 65).text == text


def test_a_paragraph_and_an_item_are_found() -> None:
    assert article("安全生产法", 36).passage(4).startswith("餐饮等行业的生产经营单位使用燃气的")
    assert article("政府信息公开条例", 20).passage(item=13) == (
        "(十三)环境保护、公共卫生、安全生产、食品药品、产品质量的监督检查情况；"
    )
    assert article("安全生产法", 21).passage(1, 7) == article("安全生产法", 21).passage(item=7)


def test_a_paragraph_comes_with_its_items() -> None:
    assert len(article("山东省安全生产条例", 43).passage(1).split("\n")) == 6


@pytest.mark.parametrize(
    ("law", "number", "place", "sentence"),
    [
        ("安全生产法", 120, {}, "《安全生产法》共 119 条，没有第 120 条。"),
        ("安全生产法", 36, {"paragraph": 5}, "安全生产法第36条共 4 款，没有第 5 款。"),
        ("安全生产法", 21, {"item": 8}, "安全生产法第21条没有第 8 项。"),
        ("职业病防治法", 16, {}, "未收录《职业病防治法》的原文，无法核对。"),
    ],
)
def test_what_is_not_there_is_said(law: str, number: int, place: dict[str, int], sentence: str) -> None:
    with pytest.raises(StatuteError) as refusal:
        article(law, number).passage(**place)
    assert refusal.value.sentence == sentence


def test_an_item_of_two_paragraphs_must_say_which() -> None:
    law = laws()["安全生产法"]
    doubled = Article(law, 21, (Paragraph("前款", {1: "（一）甲"}), Paragraph("后款", {1: "（一）乙", 2: "（二）丙"})))
    assert doubled.passage(2, 1) == "（一）乙"
    assert doubled.passage(item=2) == "（二）丙"
    with pytest.raises(StatuteError, match="安全生产法第21条有几款都列有第 1 项，请写明第几款"):
        doubled.passage(item=1)


def test_the_texts_are_those_of_the_public_files(shared: Path) -> None:
    for source in sorted((shared / "domain" / "law").glob("*.md")):
        body = source.read_text("utf-8").split("<!-- INFO END -->")[1]
        kept = "".join(line for line in body.splitlines() if not line.startswith("#"))
        law = next(law for law in laws().values() if source.read_text("utf-8").startswith(f"# {law.title}\n"))
        ours = "".join(f"第{number}条{text}" for number, text in law.articles.items())
        theirs = re.sub(
            r"第([一二三四五六七八九十百零]+)条(?=[\s　])", lambda found: f"第{number_of(found[1])}条", kept
        )
        assert re.sub(r"\s", "", ours) == re.sub(r"\s", "", theirs), source.name
