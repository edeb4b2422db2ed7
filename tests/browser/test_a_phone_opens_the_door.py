"""The second factor as a person meets it: the QR code is shown, a code from the phone turns it on, the next login asks for one."""

import re
import time
from base64 import b32decode

from axe import assert_accessible
from django_otp.oath import totp
from playwright.sync_api import Page, expect
from test_every_page_meets_wcag_22_aa import county

from browser.conftest import Served, log_in

__all__ = ["county"]


def test_turning_it_on_and_logging_in_with_it(page: Page, county: Served) -> None:
    log_in(page, county, "partner")
    page.get_by_role("link", name="动态口令").click()
    picture = page.get_by_role("img", name=re.compile("动态口令二维码"))
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    secret = b32decode(page.locator("code").inner_text().replace(" ", ""))
    page.get_by_label("六位动态口令").fill(f"{totp(secret):06d}")
    page.get_by_role("button", name="启用动态口令").click()
    expect(page.locator("ol.codes li")).to_have_count(10)
    assert_accessible(page)
    spare = page.locator("ol.codes code").first.inner_text()
    page.get_by_role("button", name="退出").click()

    log_in(page, county, "partner")
    expect(page.get_by_role("heading", level=1)).to_have_text("动态口令")
    assert_accessible(page)
    page.get_by_label("动态口令或恢复码").fill("123")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_contain_text("口令不对")
    time.sleep(1.1)  # a wrong guess waits a second
    page.get_by_label("动态口令或恢复码").fill(spare)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("status")).to_contain_text("还剩 9 个")
    page.goto(f"{county.url}/accounts/second-factor/")
    expect(page.get_by_text("还有 9 个恢复码没有用过")).to_be_visible()
    assert_accessible(page)


def test_a_locked_account_says_so(page: Page, county: Served) -> None:
    for _ in range(5):
        page.goto(f"{county.url}/accounts/login/")
        page.get_by_label("用户名").fill("leading")
        page.get_by_label("密码").fill("wrong")
        page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_contain_text(
        re.compile(r"账号锁定 15 分钟。请在 \d{4}-\d\d-\d\d \d\d:\d\d 之后再试")
    )
    assert_accessible(page)
