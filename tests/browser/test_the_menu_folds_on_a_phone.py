"""At 390 px the menu is folded behind a button that the keyboard works too; on a wide screen it stands beside the page."""

from collections.abc import Iterator

import pytest
from axe import violations
from playwright.sync_api import Page, expect
from test_every_page_meets_wcag_22_aa import county

from browser.conftest import Served, log_in

__all__ = ["county"]


@pytest.fixture
def phone(page: Page, county: Served) -> Iterator[Page]:
    """A clerk with a telephone."""
    page.set_viewport_size({"width": 390, "height": 844})
    log_in(page, county, "clerk")
    yield page


def test_the_page_begins_near_the_top_and_is_not_wider_than_the_screen(phone: Page) -> None:
    expect(phone.locator("nav.menu")).to_be_hidden()
    box = phone.locator("h1").bounding_box()
    assert box and box["y"] < 844 / 3
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_keyboard_unfolds_it_and_folds_it_again(phone: Page) -> None:
    button = phone.get_by_role("button", name="菜单")
    button.focus()
    phone.keyboard.press("Enter")
    menu = phone.locator("nav.menu")
    expect(menu).to_be_visible()
    assert violations(phone) == []
    phone.keyboard.press("Tab")
    expect(menu.locator("a").first).to_be_focused()
    phone.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()
    assert violations(phone) == []


def test_a_page_is_chosen_by_touch(phone: Page) -> None:
    phone.get_by_role("button", name="菜单").click()
    phone.locator("nav.menu").get_by_role("link", name="抽查轮次").click()
    expect(phone.locator("h1")).to_have_text("抽查轮次")
    expect(phone.locator("nav.menu")).to_be_hidden()


def test_on_a_wide_screen_it_stands_beside_the_page(phone: Page) -> None:
    phone.set_viewport_size({"width": 1366, "height": 768})
    menu, main = phone.locator("nav.menu").bounding_box(), phone.locator("main").bounding_box()
    assert menu and main
    assert menu["x"] == 0 and main["x"] >= menu["width"] > 150
    expect(phone.get_by_role("button", name="菜单")).to_be_hidden()
