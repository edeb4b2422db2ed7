"""The Word file opens again with every figure, how it came about, and the table of rounds in the columns in use."""

import io
from collections.abc import Callable

from django.test import Client
from docx import Document
from docx.enum.section import WD_ORIENT
from openpyxl import load_workbook

from plans import YEAR
from sunlot.documents.plan_document import COLUMNS
from sunlot.office.accounts.models import User
from sunlot.office.journal.models import Event
from sunlot.office.plan import key_list
from sunlot.office.plan.models import Plan


def opened(client: Client, plan: Plan) -> "Document":  # type: ignore[valid-type]  # a factory, not a class
    answer = client.get(f"/plan/{plan.pk}/word/")
    assert answer.status_code == 200
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    return Document(io.BytesIO(answer.content))


def test_it_sets_every_figure_out(plan: Plan, client_of: Callable[[str], Client]) -> None:
    word = opened(client_of("clerk"), plan)
    lines = [paragraph.text for paragraph in word.paragraphs]
    assert lines[:2] == ["青禾县应急管理局", f"{YEAR}年度监督检查计划"]
    assert "草稿" in lines[2]
    for line in (
        "二、工作日测算",
        "监督检查工作日 = 总法定工作日 1984 − 其他执法工作日 1035 − 非执法工作日 535 = 414 天（占 20.9%）。",
        "第一次双随机抽查：20 户次 × 每次 1 天 × 2 人 = 40 天。",
        "夜查行动：4 户次 × 每次 1 天 × 2 人 = 8 天。",
        "共需 148 天，可用 414 天，够用，余 266 天。",
        "双随机比例（按户数）：44户 ÷ 74户 = 59.5%，达到 30%。（汶安监字〔2017〕38号：双随机抽查比例不低于 30%）",
        "其余单位：每年不超过 6 次。",
    ):
        assert line in lines


def test_the_rounds_stand_in_the_columns_in_use(plan: Plan, client_of: Callable[[str], Client]) -> None:
    table = opened(client_of("clerk"), plan).tables[0]
    assert tuple(cell.text for cell in table.rows[0].cells) == COLUMNS
    first = [cell.text for cell in table.rows[1].cells]
    assert first[0] == "1"
    assert first[1].startswith("第一次双随机抽查：AQ-01 全员安全生产责任制建立与落实；AQ-02")
    assert "安全生产法第21条" in first[2]
    assert first[3] == "工贸企业（名录 400 户，检查 20 户，5.0%）；双随机抽查，由抽签产生"
    assert first[7] == "3月1日至4月30日"
    assert first[9] == "否"
    assert len(table.rows) == 5


def test_wide_tables_stand_on_their_side_and_repeat_their_heads(
    plan: Plan, clerk: User, client_of: Callable[[str], Client]
) -> None:
    key_list.add_firms(clerk, plan.pk, [("91370830MA3C000115", "甲公司")], "high_risk", "", plan.rounds.all()[2].pk)
    word = opened(client_of("clerk"), plan)
    turned = [section.orientation == WD_ORIENT.LANDSCAPE for section in word.sections]
    assert turned == [False, True, False]
    for table in word.tables:
        assert "tblHeader" in table.rows[0]._tr.xml
    assert [cell.text for cell in word.tables[1].rows[1].cells] == [
        "1",
        "甲公司",
        "91370830MA3C000115",
        "1 次",
        "高危生产经营单位",
    ]


def test_excel_and_print_say_the_same_and_the_export_is_an_event(
    plan: Plan, client_of: Callable[[str], Client]
) -> None:
    client = client_of("clerk")
    sheet = load_workbook(io.BytesIO(client.get(f"/plan/{plan.pk}/rounds/?as=xlsx").content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:3] == ("编号", "名称", "类别")
    assert rows[1][:3] == (f"{YEAR}-01", "第一次双随机抽查", "双随机抽查")
    page = client.get(f"/plan/{plan.pk}/print/").content.decode()
    assert "工贸企业（名录 400 户，检查 20 户，5.0%）" in page
    assert Event.objects.filter(act="data.exported").count() == 1
