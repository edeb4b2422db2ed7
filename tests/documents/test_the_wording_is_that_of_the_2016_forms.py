"""Every fixed word of a form of 2016 stands in the published text of that form, and every fixed word of that text in our form."""

import re
from pathlib import Path

import pytest

from sunlot.documents.statutory import forms
from sunlot.documents.statutory.form_text import OPTIONAL, PLACEHOLDER

PUBLISHED = sorted(kind for kind, editions in forms().items() if editions[0].edition == "2016")
UPRIGHT = {"当事人基本情况"}  # set letter under letter beside its rows, so that the extracted text mingles them
SKIPPED = ("items", "long", "grid", "columns")
CHANGED = (
    # what a form of 2016 prints, and what stands in its place today or where we fill it in
    r"（）安监[一-龥]{1,4}〔〕号|（）安监〔〕（）号",
    r"安全生产监督管理(局|部门)",
    r"《中华人民共和国行政处罚法》第(三十一条|三十七条第二款|五十一条第一项|五十一条|五十二条)|《中华人民共和国行政强制法》第(三十五条|三十六条|四十五条|五十三条)|(?<=、)第?五十四条|第三十二条|《中华人民共和国行政处罚法》第四十二条|《中华人民共和国安全生产法》第六十七条",
    r"(?<=接到本告知书之日起)3(?=日内)",
    r"续页.*",
    r"当事(?=代表人|职务)|人基(?=年龄|（个人）)|本情(?=所在)|况(?=家庭)",
    r"收件人签名送达送达送达送达文书名称、文号送达人或者盖章地点日期方式",
    r"年|月|日|时|分|共|页|第|份|号|，|、|。|；|：|:|\d[．.]|证号|或者|第一款",
)


def pieces(part: object) -> list[str]:
    if isinstance(part, str):
        plain = PLACEHOLDER.sub("\0", OPTIONAL.sub(r"\1", part)).removeprefix("> ")
        return [piece for text in re.split("[\0\n]", plain) if (piece := re.sub(r"\s", "", text))]
    if isinstance(part, dict):
        return [text for key, value in part.items() if key not in SKIPPED for text in pieces(value)]
    return [text for value in part for text in pieces(value)] if isinstance(part, (list, tuple)) else []


def published(shared: Path, kind: str) -> str:
    """Return the text of the form in the published collection, pages joined."""
    number = re.search(r"第(\d+)号", forms()[kind][0].source)
    assert number
    pages = re.split(r"=== p\d+\n", (shared / "domain" / "forms-2016.txt").read_text("utf-8"))[3:]
    starts = [page for page in pages if page.startswith(f"{number[1]} ")]
    return re.sub(r"\s", "", "".join(starts))


@pytest.mark.shared
@pytest.mark.parametrize("kind", PUBLISHED)
def test_our_words_are_the_forms_words(kind: str, shared: Path) -> None:
    form = forms()[kind][0]
    text = published(shared, kind)
    titles = "".join(title for block in form.blocks for _, title in block.get("columns", ()))
    assert set(titles) <= {"\n", *text}
    assert [
        piece
        for piece in pieces([form.title, *form.blocks, *form.every_page])
        if piece not in text and piece not in UPRIGHT
    ] == []


@pytest.mark.shared
@pytest.mark.parametrize("kind", PUBLISHED)
def test_no_word_of_the_form_is_left_out(kind: str, shared: Path) -> None:
    form = forms()[kind][0]
    left = published(shared, kind)
    for changed in CHANGED[:7]:
        left = re.sub(changed, "\0", left)
    columns = [title for block in form.blocks for _, title in block.get("columns", ())]
    for piece in sorted(
        [form.heading, form.title, *columns, *pieces([*form.blocks, *form.every_page])], key=len, reverse=True
    ):
        left = left.replace(piece, "\0")
    for changed in CHANGED[7:]:
        left = re.sub(changed, "\0", left)
    assert [rest for rest in re.split("\0+", left) if len(rest) > 1 and not rest.isdecimal()] == []
