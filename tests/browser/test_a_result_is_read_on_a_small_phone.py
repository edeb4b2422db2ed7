"""A released result in a real browser: found by a mistyped name, read on a small phone without JavaScript; the office releases it page by page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe import assert_accessible
from playwright.sync_api import Browser, Page, expect

from browser.conftest import Served, log_in, serve
from sunlot.commands.demo_county import write_office_files

PHONE = {"width": 360, "height": 740}
PAGES = ("results/", "results/{}/", "results/on/{}/1.html", "penalties/", "en/results/", "about/", "data/", "")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The served office of a fictional county in which two visits have ended; the result of the first is released."""
    from django.db import connection
    from django.utils import timezone

    from sunlot.commands import demo_office, demo_release
    from sunlot.office.disclosure.export import write_site
    from sunlot.office.journal import checkpoints
    from sunlot.office.start import open_office

    folder: Path = tmp_path_factory.mktemp("released")
    excel = write_office_files(folder / "excel", 120, 12)
    open_office(folder / "office", "")
    checkpoints.open_log(folder / "office", "yj.qinghe.example")
    people = demo_office.open_people()
    demo_office.describe_bureau()
    demo_office.take_in_rosters(people, excel)
    today = timezone.localdate()
    demo_office.publish_items(people, today.replace(month=1, day=1))
    done = demo_release.hold_visit(people, today)
    demo_release.release(people, "result", done.pk, "检查已办结")
    write_site(folder / "site")
    connection.close()
    with serve(folder / "office") as url:
        yield Served(url, folder / "office", demo_office.PASSWORD)


def number() -> str:
    from django.utils import timezone

    return f"{timezone.localdate().year}-00001"


def test_a_mistyped_name_finds_it(chromium: Browser, county: Served) -> None:
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{county.url}/public/results/{number()}/")
    name = str(page.get_by_role("heading", level=1).text_content())
    page.get_by_role("navigation").get_by_role("link", name="抽查结果").click()
    page.get_by_role("searchbox").fill(name.replace("有限公司", "有线公司"))
    page.get_by_role("button", name="查询").click()
    page.locator("section[aria-labelledby=found]").get_by_role("link", name=number()).click()
    expect(page.get_by_text("配电室门口没有安全警示标志")).to_be_visible()
    context.close()


def test_the_files_are_read_from_the_disk(chromium: Browser, county: Served) -> None:
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"file://{county.home.parent}/site/index.html")
    page.get_by_role("navigation").get_by_role("link", name="抽查结果").click()
    page.locator("section[aria-labelledby=on]").get_by_role("link").first.click()
    page.get_by_role("link", name=number()).click()
    page.get_by_role("link", name="原文").click()
    assert '"format":"sunlot/1 public result"' in page.content()
    context.close()


@pytest.mark.parametrize("zoom", [1, 2])
def test_no_page_is_wider_than_the_phone_and_axe_finds_nothing(page: Page, county: Served, zoom: int) -> None:
    page.set_viewport_size(PHONE)
    for pattern in PAGES:
        page.goto(f"{county.url}/public/{pattern.format(number() if 'on/' not in pattern else _month())}")
        page.evaluate("size => document.documentElement.style.fontSize = size", f"{106.25 * zoom}%")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), pattern
        assert_accessible(page)


def _month() -> str:
    from django.utils import timezone

    return timezone.localdate().isoformat()[:7]


def test_the_pages_of_the_office_are_accessible(page: Page, county: Served) -> None:
    log_in(page, county, "jingban")
    for address in ("", "penalties/", "released/", "1/", "1/correct/", "1/withdraw/"):
        page.goto(f"{county.url}/release/{address}")
        assert_accessible(page)


def test_a_withdrawal_is_asked_granted_and_seen(page: Page, county: Served) -> None:
    log_in(page, county, "jingban")
    page.goto(f"{county.url}/release/1/")
    page.get_by_role("link", name="撤回", exact=True).click()
    page.get_by_label("撤回理由").fill("检查对象登记错误")
    page.get_by_role("button", name="送审撤回").click()
    asked = page.url
    page.get_by_role("button", name="退出").click()
    log_in(page, county, "kezhang")
    page.goto(asked)
    assert_accessible(page)
    page.get_by_role("button", name="批准").click()
    page.goto(f"{county.url}/public/results/{number()}/")
    expect(page.get_by_text("检查对象登记错误").first).to_be_visible()
    expect(page.get_by_text("配电室门口没有安全警示标志")).to_have_count(0)
