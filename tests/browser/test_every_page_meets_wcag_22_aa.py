"""Every page of a menu is opened at 1366×768 by a role that may, and axe finds nothing; so are the pages that no menu shows."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe import assert_accessible, violations
from django.urls import resolve
from playwright.sync_api import Page, expect

from browser.conftest import Served, log_in, serve
from sunlot.office.access import pages
from sunlot.office.accounts.roles import Role

PASSWORD = "阳光-sunlot-2026"


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A served office with one person of each role, and one request that waits."""
    from django.db import connection

    from sunlot.office.accounts.models import User
    from sunlot.office.accounts.services import change_password, open_account
    from sunlot.office.administration.services import ask_role
    from sunlot.office.journal import checkpoints
    from sunlot.office.start import open_office

    home: Path = tmp_path_factory.mktemp("county")
    open_office(home, "")
    checkpoints.open_log(home, "yj.qinghe.example")
    for role in Role:
        user = open_account("u/console", role.value, str(role.label), role.value, PASSWORD, department="办公室")
        change_password(user, PASSWORD)
    ask_role(User.objects.get(role="system"), User.objects.get(role="clerk"), "chief", "提拔")
    checkpoints.sign(home)
    connection.close()
    with serve(home) as url:
        yield Served(url, home, PASSWORD)


def menu_of(page: Page) -> list[str]:
    return [str(link.get_attribute("href")) for link in page.locator("nav.menu a").all()]


def first_of(address: str) -> str:
    """Return the role that looks at a page: the first that may open it, in an order that begins with those who see most of it."""
    page = pages()[resolve(address).view_name]
    order = ("clerk", "inspector", "chief", *Role.values)
    return next(role for role in order if page.open_to(role))


@pytest.mark.parametrize("role", Role.values)
def test_every_page_of_the_menu(page: Page, county: Served, role: str) -> None:
    log_in(page, county, role)
    expect(page.locator("nav.menu")).to_be_visible()
    addresses = menu_of(page)
    assert "/" in addresses
    for address in (each for each in addresses if each == "/" or first_of(each) == role):
        page.goto(county.url + address)
        if not address.startswith(("/public/", "/field/")):  # what the public and a phone see has a frame of its own
            expect(page.locator("nav.menu a[aria-current=page]")).to_have_count(1)
        assert_accessible(page)


def test_the_door(page: Page, county: Served) -> None:
    page.goto(f"{county.url}/accounts/login/")
    assert_accessible(page)
    page.get_by_label("用户名").fill("nobody")
    page.get_by_label("密码").fill("wrong")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_accessible(page)


def test_the_pages_that_no_menu_shows(page: Page, county: Served) -> None:
    log_in(page, county, "system")
    for address in ("users/open/", "users/4/", "users/4/edit/", "users/4/close/", "users/4/role/"):
        page.goto(f"{county.url}/accounts/{address}")
        assert_accessible(page)
    page.goto(f"{county.url}/accounts/users/open/")
    page.get_by_role("button", name="开设").click()
    expect(page.locator("#errors")).to_be_focused()
    assert_accessible(page)
    for address in ("/accounts/second-factor/", "/accounts/password/", "/accounts/sessions/", "/approvals/1/"):
        page.goto(county.url + address)
        assert_accessible(page)


def test_the_pages_of_those_who_watch(page: Page, county: Served) -> None:
    log_in(page, county, "auditor")
    for address in ("3/", "checkpoints/cosigned/", "of/u/4/"):
        page.goto(f"{county.url}/journal/{address}")
        assert_accessible(page)
    page.goto(f"{county.url}/journal/checkpoints/")
    page.get_by_role("button", name="签署现在的检查点").click()
    expect(page.locator("img.qr")).to_be_visible()
    assert_accessible(page)
    page.goto(f"{county.url}/journal/audit/")
    page.get_by_role("button", name="开始审计").click()
    expect(page.get_by_text("没有发现问题")).to_be_visible()
    assert_accessible(page)


def test_the_check_finds_what_is_wrong(page: Page, county: Served) -> None:
    page.goto(f"{county.url}/accounts/login/")
    page.evaluate("document.querySelector('label').remove()")
    assert {found["rule"] for found in violations(page)} == {"label"}


@pytest.mark.parametrize("role", ["auditor", "security", "clerk"])
def test_it_fits_a_phone(page: Page, county: Served, role: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    log_in(page, county, role)
    expect(page.get_by_role("heading", level=1)).to_have_text("待办")
    for address in menu_of(page):
        page.goto(county.url + address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
