"""What is printed for a disc says which disc it is, and nothing typed into a title is interpreted."""

import io
from dataclasses import replace

from pypdf import PdfReader

from sunlot.documents.disc_forms import BagLine, DiscSheet, disc_forms, seal_number

IMAGE = "b8e529c27472919a78c9759e3da43ce01cecb0b08266a72a66fa88640b7df725"
BAG = BagLine("379921-2026-0001", "2026年度第一次抽查", "c8" * 32, 20)
SHEET = DiscSheet(
    seal="2026-0007",
    copy=1,
    organ="青禾县应急管理局",
    bags=[BAG],
    rehearsal=False,
    number=1,
    count=1,
    label="3799212026000101",
    image_name="379921-2026-0001.iso",
    image=IMAGE,
    size=2_097_152,
    files=93,
    date="2026-09-15",
)
SHEETS = [SHEET, replace(SHEET, seal="2026-0008", copy=2)]


def text(data: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).replace("\n", "").replace(" ", "")


def test_the_same_bytes_twice() -> None:
    assert disc_forms(SHEETS) == disc_forms(SHEETS)
    assert sorted(disc_forms(SHEETS)) == ["labels.pdf", "seal-record-1.pdf", "seal-record-2.pdf"]


def test_each_copy_has_its_own_seal_number() -> None:
    made = disc_forms(SHEETS)
    labels, original, duplicate = (text(made[name]) for name in sorted(made))
    assert seal_number("2026-0007") == "封〔2026〕0007号"
    for wanted in ("正本", "副本", "封〔2026〕0007号", "封〔2026〕0008号", IMAGE[:32], IMAGE[32:]):
        assert wanted in labels
    assert "封〔2026〕0007号" in original and "封〔2026〕0008号" not in original
    assert "封〔2026〕0008号" in duplicate and "封〔2026〕0007号" not in duplicate


def test_the_record_says_it_all() -> None:
    record = text(disc_forms(SHEETS)["seal-record-1.pdf"])
    for wanted in (
        "数据保全光盘封存记录",
        "青禾县应急管理局",
        "379921-2026-0001",
        "c8" * 32,
        IMAGE,
        "2,097,152字节",
        "盘标",
        "3799212026000101",
        "刻录人（签名）",
        "监督人（纪检监察，签名）",
        "保管人（签名）",
        "启封与复读",
    ):
        assert wanted in record.replace(" ", ""), wanted
    assert "不具效力" not in record


def test_a_rehearsal_says_so() -> None:
    made = disc_forms([replace(SHEET, rehearsal=True)])
    assert all("演练，不具效力" in text(data) for data in made.values())


def test_markup_in_a_title_is_printed_as_it_is_and_many_bags_fit() -> None:
    odd = '#let $x$ *粗* [括] \\ < & 喆堃垚昇犇"'
    made = disc_forms([replace(SHEET, bags=[replace(BAG, title=odd * 3)] * 12)])
    assert "#let$x$*粗*[括]" in text(made["seal-record-1.pdf"])
    assert "喆堃垚昇犇" in text(made["seal-record-1.pdf"])
    assert "等12次抽取" in text(made["labels.pdf"])
    assert len(PdfReader(io.BytesIO(made["labels.pdf"])).pages) == 1
