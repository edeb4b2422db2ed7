"""A missing, unknown or wrong field or signature is named in Chinese; nothing is printed half."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from paperwork import DAY, FIELDS, ORGAN, document
from sunlot.documents.statutory import Document, FormError, Scan, Signature, case_pdf, form_in_force, pdf, word
from sunlot.documents.statutory.document import PNG
from sunlot.documents.statutory.form_text import read_form
from sunlot.refusal import Refusal


def test_every_missing_field_is_named() -> None:
    with pytest.raises(FormError, match="《现场检查记录》缺少：地址、检查情况。") as refused:
        pdf(document("onsite_record", address=" ", findings=""))
    assert isinstance(refused.value, Refusal) and refused.value.kind == "field_missing"


def test_an_unknown_field_is_named() -> None:
    with pytest.raises(FormError, match="没有这些栏目：weather"):
        pdf(document("onsite_record", weather="晴"))


@pytest.mark.parametrize(
    ("kind", "name", "value", "sentence"),
    [
        ("rectification_order", "deadline", "下周", "“整改期限”应为日期"),
        ("rectification_order", "problems", "一个问题", "“存在的问题”应为一组文本"),
        ("onsite_record", "begun", date(2026, 3, 9), "“检查开始时间”应为日期和时间"),
        ("onsite_record", "officers", ["甲", "乙", "丙"], "“行政执法人员”应为两个文本"),
        ("onsite_record", "place", ["车间"], "“检查场所”应为文本"),
        ("onsite_record", "findings", "坏\x00字", "“检查情况”含有看不见的控制字符"),
        ("receipt", "deliveries", [{"weight": "1"}], "第 1 行没有这些列：weight"),
    ],
)
def test_a_value_of_the_wrong_kind_is_named(kind: str, name: str, value: object, sentence: str) -> None:
    with pytest.raises(FormError, match=sentence):
        pdf(document(kind, **{name: value}))


def test_a_form_that_carries_a_number_is_not_set_without_one_except_as_a_draft() -> None:
    unnumbered = replace(document("onsite_record"), number="")
    with pytest.raises(FormError, match="须有文号"):
        pdf(unnumbered)
    assert pdf(replace(unnumbered, draft=True)).startswith(b"%PDF")
    with pytest.raises(FormError, match="没有文号"):
        pdf(replace(document("questioning_record"), number="1号"))


@pytest.mark.parametrize(
    ("signature", "sentence"),
    [
        (Signature("mayor", "甲"), "没有“mayor”的签名处"),
        (Signature("representative", "甲"), "“representative”只有 1 处签名，给出了 2 个"),
    ],
)
def test_a_signature_without_a_place_is_refused(signature: Signature, sentence: str) -> None:
    filled = document("onsite_record")
    with pytest.raises(FormError, match=sentence):
        pdf(replace(filled, signatures=[*filled.signatures, signature]))


@pytest.mark.parametrize(
    "signature",
    [
        Signature("representative", "赵犇", stroke='M0 0"/><script>'),
        Signature("representative", "赵犇", png=b"GIF89a"),
        Signature("representative", "赵犇", png=b"\x89PNG\r\n\x1a\nnothing"),
    ],
)
def test_a_handwriting_that_is_none_is_refused(signature: Signature) -> None:
    with pytest.raises(FormError, match="签名"):
        pdf(replace(document("onsite_record"), signatures=[signature]))


def test_an_unknown_kind_and_a_day_before_the_form_are_refused() -> None:
    with pytest.raises(FormError, match="没有种类为“poem”的文书"):
        pdf(Document("poem", ORGAN, DAY))
    with pytest.raises(FormError, match="2025-04-30 没有生效的《行政检查通知书》式样"):
        form_in_force("inspection_notice", date(2025, 4, 30))


def test_an_empty_case_is_refused() -> None:
    with pytest.raises(FormError, match="案卷中还没有文书"):
        case_pdf(document("case_file"), [])


def test_a_scanned_page_that_is_no_picture_is_named() -> None:
    with pytest.raises(FormError, match="附件“现场照片”第 2 件：不是 PNG、JPEG、WebP 图片或 PDF"):
        case_pdf(document("case_file"), [Scan("现场照片", [PNG, b"GIF89a"])])
    with pytest.raises(FormError, match="附件“现场照片”没有页面"):
        case_pdf(document("case_file"), [Scan("现场照片", [])])
    with pytest.raises(FormError, match="图片或签名无法读取"):
        case_pdf(document("case_file"), [Scan("现场照片", [PNG])])


def test_an_empty_form_for_writing_by_hand_needs_no_fields() -> None:
    for kind in FIELDS:
        assert pdf(Document(kind, ORGAN, DAY, blank=True)).startswith(b"%PDF")
        assert word(Document(kind, ORGAN, DAY, blank=True)).startswith(b"PK")


def test_a_form_whose_text_and_fields_disagree_is_refused_by_its_file(tmp_path: Path) -> None:
    path = tmp_path / "poem.toml"
    head = 'title = "诗"\nlayout = "letter"\nvalid_from = 2026-01-01\nsource = "无"\ncertainty = "default"\n'
    path.write_text(head + '[fields]\nrhyme = { label = "韵" }\n[[block]]\nplain = ["{metre}"]\n', "utf-8")
    with pytest.raises(FormError, match=r"poem\.toml 中栏目与正文不一致：metre、rhyme"):
        read_form(path)
    path.write_text("title = ", "utf-8")
    with pytest.raises(FormError, match=r"poem\.toml 格式有误"):
        read_form(path)
