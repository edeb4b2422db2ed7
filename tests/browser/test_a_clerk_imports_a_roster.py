"""A clerk in a real browser, with the keyboard's help: upload, look, import, find the firm, change it, take the import back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Served, log_in, serve
from rosters import code, line, workbook

PASSWORD = "阳光-sunlot-2026"


@pytest.fixture
def served(tmp_path: Path, migrated: dict[str, str]) -> Iterator[Served]:
    """An office with a clerk, served by a process of its own."""
    from django.db import connection

    from sunlot.office.accounts.services import change_password, open_account
    from sunlot.office.journal import checkpoints
    from sunlot.office.start import open_office

    home = tmp_path / "office"
    open_office(home, "")
    checkpoints.open_log(home, "yj.qinghe.example")
    change_password(open_account("u/console", "clerk", "王经办", "clerk", PASSWORD), PASSWORD)
    connection.close()
    with serve(home) as url:
        yield Served(url, home, PASSWORD)


def test_from_a_file_to_the_roster_and_back(page: Page, served: Served, tmp_path: Path) -> None:
    wrong = line(3, 统一社会信用代码=code(3)[:17])
    path = workbook(tmp_path / "检查对象名录.xlsx", [line(1), line(2, 风险等级="红色"), wrong])
    log_in(page, served, "clerk")
    page.get_by_role("link", name="检查对象名录").click()
    page.get_by_role("link", name="导入 Excel").click()
    page.get_by_label("文件").set_input_files(path)
    page.get_by_role("button", name="上传并试运行").click()
    expect(page.get_by_role("heading", name="检查对象导入")).to_be_visible()
    expect(page.get_by_label("风险等级")).to_have_value("risk_level")
    page.get_by_role("link", name="逐行报告").click()
    expect(page.get_by_text("代码长度为 17 位")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="导入", exact=True).press("Enter")
    expect(page.get_by_text("导入已生效。")).to_be_visible()
    batch = page.url
    page.get_by_role("link", name="检查对象名录").click()
    page.get_by_label("风险等级").select_option("重大")
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("link", name="青禾县第2机械有限公司").click()
    page.get_by_role("link", name="修改", exact=True).click()
    page.get_by_label("联系电话").fill("139 0000 1111")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("13900001111")).to_be_visible()
    page.goto(batch)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="撤销导入").click()
    expect(page.get_by_role("heading", name="撤销时保持不变的行")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text=code(2))).to_have_count(1)
