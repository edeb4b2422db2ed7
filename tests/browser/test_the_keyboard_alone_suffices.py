"""Without a mouse: login, menu, a list with its query panel, a form with a mistake in it, and out again. The focus can always be seen."""

import pytest
from playwright.sync_api import Page, expect
from test_every_page_meets_wcag_22_aa import county

from browser.conftest import Served

__all__ = ["county"]
FOCUSED = (
    "(document.activeElement.innerText || document.activeElement.ariaLabel || document.activeElement.id || '').trim()"
)


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the element with this text, label or id has the focus; each on the way must show it."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement !== document.body"):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
        if page.evaluate(FOCUSED) == wanted:
            return
    raise AssertionError(f"Tab never came to {wanted}")


@pytest.fixture
def keyboard(page: Page, county: Served) -> Page:
    """The system administrator, who has logged in by typing."""
    page.goto(f"{county.url}/accounts/login/")
    expect(page.get_by_label("用户名")).to_be_focused()
    page.keyboard.type("system")
    page.keyboard.press("Tab")
    page.keyboard.insert_text(county.password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("待办")
    return page


def test_the_first_tab_skips_to_the_content(keyboard: Page) -> None:
    keyboard.keyboard.press("Tab")
    expect(keyboard.get_by_role("link", name="跳到正文")).to_be_focused()
    keyboard.keyboard.press("Enter")
    expect(keyboard.locator("#main")).to_be_focused()


def test_menu_list_and_form(keyboard: Page) -> None:
    tab_to(keyboard, "用户与岗位")
    keyboard.keyboard.press("Enter")
    expect(keyboard.get_by_role("heading", level=1)).to_have_text("用户与岗位")
    tab_to(keyboard, "f-q")
    keyboard.keyboard.type("clerk")
    keyboard.keyboard.press("Enter")
    expect(keyboard.get_by_text("共 1 条")).to_be_visible()
    tab_to(keyboard, "clerk")
    keyboard.keyboard.press("Enter")
    expect(keyboard.get_by_role("heading", level=1)).to_have_text("经办人")
    tab_to(keyboard, "修改资料")
    keyboard.keyboard.press("Enter")
    expect(keyboard.get_by_role("heading", level=1)).to_have_text("修改账号资料")
    tab_to(keyboard, "id_name")
    keyboard.keyboard.press("Control+a")
    keyboard.keyboard.press("Delete")
    keyboard.keyboard.press("Enter")
    expect(keyboard.locator("#errors")).to_be_focused()
    tab_to(keyboard, "姓名")  # the mistake's own link
    keyboard.keyboard.press("Enter")
    expect(keyboard.locator("#id_name")).to_be_focused()
    keyboard.keyboard.insert_text("经办人甲")
    keyboard.keyboard.press("Enter")
    expect(keyboard.get_by_role("heading", level=1)).to_have_text("经办人甲")
    expect(keyboard.get_by_role("status")).to_contain_text("已保存")


def test_out_again(keyboard: Page) -> None:
    tab_to(keyboard, "退出")
    keyboard.keyboard.press("Enter")
    expect(keyboard.get_by_label("用户名")).to_be_visible()
