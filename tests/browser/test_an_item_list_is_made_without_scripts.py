"""A clerk and a chief make, publish and renew the item list in a browser that runs no script; the public page then shows it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browser.conftest import Served, log_in, serve

PASSWORD = "阳光-sunlot-2026"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """An office with a clerk and a chief."""
    from sunlot.office.accounts.services import change_password, open_account
    from sunlot.office.journal import checkpoints
    from sunlot.office.start import open_office

    home = tmp_path / "office"
    open_office(home, "")
    checkpoints.open_log(home, "yj.qinghe.example")
    for role in ("clerk", "chief"):
        change_password(open_account("u/console", role, role, role, PASSWORD), PASSWORD)
    with serve(home) as url:
        yield Served(url, home, PASSWORD)


def page_of(chromium: Browser, served: Served, username: str) -> Page:
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    if username:
        log_in(page, served, username)
    return page


def test_from_an_empty_office_to_the_public_list(chromium: Browser, served: Served, tmp_path: Path) -> None:
    clerk, chief = page_of(chromium, served, "clerk"), page_of(chromium, served, "chief")
    clerk.get_by_role("link", name="公布随机抽查事项清单").click()
    clerk.get_by_role("button", name="从模板开始").click()

    clerk.get_by_role("link", name="AQ-09").click()
    clerk.get_by_role("link", name="修改", exact=True).click()
    clerk.get_by_label("抽查事项").fill("安全警示标志")
    clerk.get_by_role("button", name="再加一条要点").click()
    assert clerk.get_by_label("抽查事项").input_value() == "安全警示标志"
    clerk.get_by_label("检查要点 3", exact=True).fill("标志是否完好")
    clerk.get_by_label("抽查事项").press("Enter")  # saves, and takes away no row
    assert clerk.get_by_role("listitem").filter(has_text="标志是否完好").count() == 1

    clerk.get_by_role("link", name="随机抽查事项清单（第 1 版）").click()
    clerk.get_by_label("选择 WH-01").check()
    clerk.get_by_role("button", name="停用").click()
    clerk.get_by_label("停用原因").fill("新法施行后重新确定依据")
    clerk.get_by_role("button", name="停用").click()
    with clerk.expect_download() as saved:
        clerk.get_by_role("link", name="导出 Excel").click()
    file = tmp_path / "清单.xlsx"
    saved.value.save_as(file)

    clerk.get_by_role("link", name="从 Excel 更新").click()
    clerk.get_by_label("Excel 或 CSV 文件").set_input_files(file)
    clerk.get_by_role("button", name="读取文件").click()
    assert clerk.get_by_text("没有变化。").is_visible()
    clerk.get_by_role("button", name="确认导入").click()
    clerk.get_by_role("link", name="提交公布").click()
    clerk.get_by_label("公布理由").fill("首次公布")
    clerk.get_by_role("button", name="提交公布").click()

    chief.goto(served.url)
    chief.get_by_role("link", name="公布随机抽查事项清单").click()
    chief.get_by_role("button", name="批准").click()

    anybody = page_of(chromium, served, "")
    anybody.goto(f"{served.url}/catalog/public/?q=AQ-09")
    assert anybody.get_by_text("标志是否完好").is_visible()
    anybody.get_by_text("安全生产法第35条").first.click()
    assert anybody.get_by_text("设置明显的安全警示标志").is_visible()
    anybody.goto(f"{served.url}/catalog/public/?q=WH-01")
    assert anybody.get_by_text("新法施行后重新确定依据").is_visible()
