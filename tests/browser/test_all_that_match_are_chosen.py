"""选择全部 ticks the page and means every page; who takes a row out takes that back; the office asks once more, with and without scripts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe import assert_accessible
from playwright.sync_api import Browser, Page, expect

from browser.conftest import Served, log_in, serve
from rosters import enter, firm

PASSWORD = "阳光-sunlot-2026"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A served office with a clerk and 70 firms."""
    from django.db import connection

    from sunlot.office.accounts.services import change_password, open_account
    from sunlot.office.journal import checkpoints
    from sunlot.office.start import open_office

    home: Path = tmp_path_factory.mktemp("roster")
    open_office(home, "")
    checkpoints.open_log(home, "yj.qinghe.example")
    change_password(open_account("u/console", "clerk", "经办人", "clerk", PASSWORD), PASSWORD)
    enter(*(firm(number) for number in range(1, 71)))
    connection.close()
    with serve(home) as url:
        yield Served(url, home, PASSWORD)


def test_all_that_match_are_chosen_asked_about_and_done(page: Page, served: Served) -> None:
    log_in(page, served, "clerk")
    page.goto(f"{served.url}/roster/?hazard_class=机械")
    every, rows = page.get_by_label("选择全部 70 条符合条件的"), page.locator("input[name=pk]")
    every.check()
    assert all(box.is_checked() for box in rows.all()) and rows.count() == 50
    rows.nth(3).uncheck()
    expect(every).not_to_be_checked()
    every.check()
    page.get_by_role("button", name="批量修改").click()
    expect(page.get_by_role("heading", name="将办理 70 条")).to_be_visible()
    expect(page.get_by_text("行业类别“机械”")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("风险等级").select_option("重大")
    page.get_by_label("理由和依据").fill("2026年度风险评估结果")
    page.get_by_role("button", name="批量修改：确认 70 条").click()
    expect(page.get_by_text("已办理 70 条")).to_be_visible()
    assert "hazard_class" in page.url


def test_it_works_without_scripts_on_a_phone(chromium: Browser, served: Served) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 800}, locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    log_in(page, served, "clerk")
    page.goto(f"{served.url}/roster/")
    page.get_by_label("选择全部 70 条符合条件的").check()
    page.get_by_role("button", name="标记今日核对无误").click()
    page.get_by_role("button", name="标记今日核对无误：确认 70 条").click()
    expect(page.get_by_text("已办理 70 条")).to_be_visible()
    context.close()
