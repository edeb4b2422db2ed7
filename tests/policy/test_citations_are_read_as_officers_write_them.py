"""A citation names laws, articles, paragraphs and items, in Arabic or Chinese numerals, singly, in lists and in ranges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sunlot.policy.statutes.citations import Citation, StatuteError, number_of, parse_citations


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "安全生产法第21条第1项、第22条；山东省安全生产条例第16条",
            ["安全生产法第21条第1项", "安全生产法第22条", "山东省安全生产条例第16条"],
        ),
        ("山东省安全生产条例第19、21条", ["山东省安全生产条例第19条", "山东省安全生产条例第21条"]),
        ("安全生产法第31至33条", ["安全生产法第31条", "安全生产法第32条", "安全生产法第33条"]),
        ("安全生产法第三十一条至第三十三条", ["安全生产法第31条", "安全生产法第32条", "安全生产法第33条"]),
        ("安全生产法第36条第2款至第4款", [f"安全生产法第36条第{paragraph}款" for paragraph in (2, 3, 4)]),
        ("安全生产法第36条第2、3款", ["安全生产法第36条第2款", "安全生产法第36条第3款"]),
        ("安全生产法第36条第2款、第3款", ["安全生产法第36条第2款", "安全生产法第36条第3款"]),
        (
            "《中华人民共和国安全生产法》第六十五条第一款第（一）项和第（三）项",
            ["安全生产法第65条第1款第1项", "安全生产法第65条第1款第3项"],
        ),
        ("危险化学品安全管理条例第一百零二条", ["危险化学品安全管理条例第102条"]),
        ("生产安全事故应急预案管理办法", ["生产安全事故应急预案管理办法"]),
        ("安全生产法第43条；GB 30871-2022", ["安全生产法第43条", "GB 30871-2022"]),
    ],
)
def test_every_place_is_found_in_order(text: str, places: list[str]) -> None:
    assert [str(citation) for citation in parse_citations(text)] == places


def test_a_remark_in_brackets_is_kept_beside_the_law() -> None:
    (citation,) = parse_citations("工贸企业有限空间作业安全规定（应急管理部令第13号）")
    assert citation == Citation("工贸企业有限空间作业安全规定", remark="应急管理部令第13号")


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("安全生产法21条", "安全生产法21条"),
        ("第21条", "第21条"),
        ("安全生产法第21条等", "等"),
        ("安全生产法第21条、", "、"),
        ("安全生产法第21条第x款", "第x款"),
        ("  ；", "没有写明依据"),
    ],
)
def test_what_cannot_be_read_is_quoted_with_the_right_form(text: str, quoted: str) -> None:
    with pytest.raises(StatuteError) as refusal:
        parse_citations(text)
    assert quoted in refusal.value.sentence
    assert "请写成 安全生产法第21条第1款" in refusal.value.sentence


@pytest.mark.parametrize("text", ["安全生产法第34至31条", "安全生产法第34条至第31条", "安全生产法第1至9999999条"])
def test_an_impossible_range_is_refused(text: str) -> None:
    with pytest.raises(StatuteError):
        parse_citations(text)


@given(st.integers(1, 999), st.integers(1, 20) | st.none(), st.integers(1, 20) | st.none())
def test_what_is_written_is_read_back(article: int, paragraph: int | None, item: int | None) -> None:
    citation = Citation("安全生产法", article, paragraph, item)
    assert parse_citations(str(citation)) == (citation,)


def test_chinese_numerals_up_to_the_longest_law() -> None:
    digits = "零一二三四五六七八九"
    for number in range(1, 130):
        hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
        text = f"{digits[hundreds]}百" if hundreds else ""
        text += f"{digits[tens]}十" if tens else ("零" if hundreds and ones else "")
        text += digits[ones] if ones else ""
        assert number_of(text) == number
        assert number_of(text.removeprefix("一") if 10 <= number < 20 else text) == number
