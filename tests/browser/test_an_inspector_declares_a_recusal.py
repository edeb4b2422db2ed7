"""A real browser: an inspector declares with the keyboard, a chief finds it among his tasks and grants it, a clerk sees nothing of it."""

from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Page, expect

from browser.conftest import Served, log_in, serve
from inspectors.conftest import roster
from office.conftest import people, quick_passwords
from sunlot.office.accounts.models import User
from sunlot.office.inspectors.models import Inspector

__all__ = ["people", "quick_passwords", "roster"]
PASSWORD = "阳光-sunlot-2026"


@pytest.fixture
def served(office: Path, people: dict[str, User], roster: dict[str, Inspector]) -> Served:
    if not (office / "office.sqlite3").exists():
        pytest.skip("the browser's way is the same on either database")
    from sunlot.office.accounts.services import change_password

    User.objects.filter(pk=people["inspector"].pk).update(person="J1")
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"]
    ):  # as the server has it
        for name in ("inspector", "chief", "clerk"):
            change_password(people[name], PASSWORD)
    return Served("", office, PASSWORD)


def test_it_is_declared_granted_and_hidden(served: Served, page: Page) -> None:
    with serve(served.home) as url:
        served = Served(url, served.home, served.password)
        log_in(page, served, "inspector")
        page.get_by_role("navigation", name="主菜单").get_by_role("link", name="我的回避声明").click()
        page.get_by_role("link", name="申报回避").click()
        page.get_by_label("单位").focus()
        page.keyboard.type("91370830MA3C000115")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.type("配偶任该单位安全总监")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("已提交审批")
        page.get_by_role("button", name="退出").click()

        log_in(page, served, "chief")
        page.get_by_role("link", name="回避声明", exact=True).click()
        expect(page.get_by_text("配偶任该单位安全总监")).to_be_visible()
        page.get_by_role("button", name="批准").click()
        expect(page.get_by_text("已批准").first).to_be_visible()
        page.get_by_role("link", name="回避声明审批").click()
        expect(page.get_by_role("cell", name="有效")).to_be_visible()
        page.get_by_role("button", name="退出").click()

        log_in(page, served, "clerk")
        expect(page.get_by_role("link", name="检查人员名录")).to_be_visible()
        expect(page.get_by_text("回避声明")).to_have_count(0)
