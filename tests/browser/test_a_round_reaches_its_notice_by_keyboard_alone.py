"""Without a mouse at 1366×768, by Tab, Enter, arrows and typing: an Excel file is imported, a firm changed, a plan made and approved, a round led through
its steps to the notice. Wherever the focus goes it is seen; no page holds it, and none leaves anything out."""
# ruff: noqa: F401, F811  (fixtures come in by name)

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from inside import serve_inside
from keyboard import SKIP, Keyboard
from playwright.sync_api import Browser, expect
from windows import Windows

from lottery.conftest import Clock, clock, county
from office.conftest import PASSWORD, client_of, people, quick_passwords
from rosters import line, workbook
from sqlite_only import office
from sunlot.office.lottery.models import Round, RoundState
from sunlot.office.roster.models import Firm
from visits.conftest import item_list

ROUND = "第一次双随机抽查"


@pytest.fixture
def keys(
    chromium: Browser, office: Path, item_list: object, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Keyboard]:
    """The keyboard of an office that has firms, inspectors, an item list and rules of 2023; its clock is the office's."""
    from django.utils import timezone

    from sunlot.office.journal.clock import moment

    monkeypatch.setattr(timezone, "now", moment)
    text = (files("sunlot.policy") / "packs" / "county-office-2026.toml").read_text(encoding="utf-8")
    (office / "policy").mkdir()
    (office / "policy" / "2023.toml").write_text(text.replace("2026", "2023"), encoding="utf-8")
    with serve_inside() as url:
        windows = Windows(chromium, url)
        yield Keyboard(windows.window(), url)
        assert windows.errors == []


def test_from_a_file_to_the_notice(keys: Keyboard, clock: Clock, tmp_path: Path) -> None:
    keys.log_in("clerk", PASSWORD)
    first = keys.tab()
    assert first and first["name"] == SKIP
    keys.walk()
    import_a_file(keys, workbook(tmp_path / "检查对象名录.xlsx", [line(1001), line(1002)]))
    change_a_firm(keys)
    make_a_plan(keys)
    grant(keys, "leading", "批准2023年度监督检查计划")
    lead_a_round(keys)
    grant(keys, "chief", f"发布抽取公告：{ROUND}")
    clock.at = "2023-08-22T01:00:00Z"
    publish(keys)
    assert Round.objects.get().state == RoundState.ANNOUNCED
    keys.to("退出").press("Enter")
    expect(keys.page.get_by_label("用户名")).to_be_focused()


def says(keys: Keyboard, text: str) -> None:
    expect(keys.page.locator("#main")).to_contain_text(text)


def import_a_file(keys: Keyboard, path: Path) -> None:
    before = Firm.objects.count()
    keys.menu("导入").skip_to_content().to("上传文件").press("Enter")
    says(keys, "上传并试运行")
    keys.skip_to_content().to("文件").upload(path).to("上传并试运行").press("Enter")
    says(keys, "确认导入")
    keys.walk()
    keys.skip_to_content().to("导入", "BUTTON").press("Enter")
    says(keys, "导入已生效。")
    assert Firm.objects.count() == before + 2


def change_a_firm(keys: Keyboard) -> None:
    keys.menu("检查对象名录")
    keys.walk()
    keys.skip_to_content().to("关键词").type("第1001").press("Enter")
    says(keys, "共 1 条")
    keys.skip_to_content().to("青禾县第1001…", "A").press("Enter")
    keys.page.wait_for_url("**/firms/**")
    keys.walk()
    keys.skip_to_content().to("修改").press("Enter")
    says(keys, "联系电话")
    keys.walk()
    keys.skip_to_content().to("单位名称").type("").press("Enter")
    expect(keys.page.locator("#errors")).to_be_focused()
    keys.to("单位名称", "A").press("Enter")
    expect(keys.page.get_by_label("单位名称")).to_be_focused()
    keys.type("青禾县第1001机械厂").to("联系电话").type("13900001111").press("Enter")
    says(keys, "13900001111")


def make_a_plan(keys: Keyboard) -> None:
    keys.menu("年度计划").skip_to_content().to("起草年度计划").press("Enter")
    says(keys, "编制机关")
    keys.skip_to_content().to("年度").type("2023").to("编制机关").type("青禾县应急管理局")
    keys.to("纳入计划…").type("8").to("起草", "BUTTON").press("Enter")
    says(keys, "其他执法")
    keys.skip_to_content().to("其他执法：综合监管…").type("1000").to("非执法：值班…").type("500")
    keys.to("保存").press("Enter")
    says(keys, "增加轮次")
    for title, first, last, share in (
        (ROUND, "2023-09-18", "2023-10-31", "15"),
        ("第二次双随机抽查", "2023-11-01", "2023-12-20", "85"),
    ):
        keys.skip_to_content().to("增加轮次").press("Enter")
        says(keys, "检查事项编号")
        keys.skip_to_content().to("名称").type(title).to("开始日期").day(first).to("结束日期").day(last)
        keys.to("检查对象范围").type("全县在册单位").to("名录户数").type("42").to("抽查比例…").type(share)
        keys.to("检查事项编号").type("AQ-01").to("承办机构").type("执法大队").to("保存").press("Enter")
        says(keys, "已增加轮次")
    keys.walk()
    keys.skip_to_content().to("送审").press("Enter")
    says(keys, "理由")
    keys.skip_to_content().to("理由").type("按要求编制").to("送审", "BUTTON").press("Enter")
    expect(keys.page.locator("#messages .message")).to_be_visible()


def grant(keys: Keyboard, username: str, title: str) -> None:
    """Grant what the first page says is waiting."""
    keys.log_in(username, PASSWORD).skip_to_content().to(f"{title}…", "A").press("Enter")
    says(keys, "将会改变的内容")
    keys.walk()
    keys.skip_to_content().to("审批意见…").type("同意").to("批准", "BUTTON").press("Enter")
    says(keys, "：已批准。")


def lead_a_round(keys: Keyboard) -> None:
    """From the plan's line on the first page to the chief's desk."""
    keys.log_in("clerk", PASSWORD).skip_to_content().to(f"轮次 2023-01 {ROUND}…", "A").press("Enter")
    says(keys, "抽取总户数")
    keys.walk()
    keys.skip_to_content().to("抽取总户数…").type("6").to("保存，下一步").press("Enter")
    says(keys, "种子由公告之后才产生")
    keys.walk()
    keys.skip_to_content().to("期号，或摇号名称").type("2023097").to("保存，下一步").press("Enter")
    says(keys, "可以组成")
    keys.walk()
    keys.skip_to_content().to("理由").type("按年度计划").to("固定名录并送审").press("Enter")
    says(keys, "申请人不能审批自己的申请")


def publish(keys: Keyboard) -> None:
    keys.log_in("clerk", PASSWORD).skip_to_content().to(f"{ROUND}…", "A").press("Enter")
    says(keys, "已批准，可以发布公告。")
    keys.skip_to_content().to("发布公告").press("Enter")
    says(keys, "请立即公布核对码")
    keys.walk()
