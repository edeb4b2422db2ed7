"""The demonstration as a newcomer gets it: he logs in with the password shown, every list has something in it, and axe finds nothing on its pages
nor on what their first lines lead to: a firm, a plan, a round, a draw, a visit, a document, an order, a case, a report."""

import re
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import pytest
from axe import assert_accessible
from playwright.sync_api import Browser, Page, expect

from browser.conftest import Served, log_in, serve

ROOT = Path(__file__).parents[2]
LOGINS = ("jingban", "kezhang", "jiandu", "zhifa", "shenji", "xitong")
THINGS = 25  # kinds of pages that lists lead to, at least


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The served demonstration, made by the command that the README names."""
    folder = tmp_path_factory.mktemp("demo") / "county"
    command = [sys.executable, "-m", "sunlot.cli", "demo", "--no-serve", "--firms", "300", "--folder", str(folder)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    shown = re.search(r"口令都是 (\S+?)）", told)
    assert shown, "the password is shown"
    with serve(folder / "office") as url:
        yield Served(url, folder / "office", shown[1])


def test_every_page_and_what_its_first_lines_lead_to(page: Page, demo: Served) -> None:
    seen: set[str] = set()
    details = 0
    for login in LOGINS:
        page.context.clear_cookies()
        log_in(page, demo, login)
        expect(page.get_by_role("heading", level=1)).to_have_text("待办")
        for address in [str(link.get_attribute("href")) for link in page.locator("nav.menu a").all()]:
            if address.startswith(("/public/", "/field/")) or _known(seen, address):
                continue
            page.goto(demo.url + address)
            assert_accessible(page)
            for detail in [each for each in _first_lines(page) if not _known(seen, each)]:
                page.goto(demo.url + detail)
                assert_accessible(page)
                details += 1
    assert details >= THINGS


def test_one_public_page_of_each_kind_on_a_screen_and_on_a_phone_in_large_type(page: Page, demo: Served) -> None:
    """320 pixels wide with letters twice as large, no page is wider than the window, and axe finds nothing."""
    found = _public_pages(page, demo)
    assert {"/public/firms/…/", "/public/draws/…/", "/public/rosters/", "/public/results/…/"} <= set(found)
    for address in found.values():
        page.set_viewport_size({"width": 1366, "height": 768})
        page.goto(demo.url + address)
        assert_accessible(page)
        page.set_viewport_size({"width": 320, "height": 740})
        page.evaluate("document.documentElement.style.fontSize = '212.5%'")
        assert_accessible(page)


def test_no_public_page_needs_scripts_to_fit_a_phone(chromium: Browser, page: Page, demo: Served) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 740}, java_script_enabled=False, locale="zh-CN")
    plain = context.new_page()
    for address in _public_pages(page, demo).values():
        plain.goto(demo.url + address)
        assert plain.evaluate("document.documentElement.scrollWidth") <= 320, address
        assert len(str(plain.locator("main").inner_text())) > 10, address
    context.close()


def _public_pages(page: Page, demo: Served) -> dict[str, str]:
    """Return one page of each kind that the public site leads to, by the shape of its address; the English form has the same templates."""
    found: dict[str, str] = {}
    waiting = ["/public/"]
    while waiting:
        address = waiting.pop(0)
        shape = re.sub(r"/[^/]*\d[^/]*(?=/|$)", "/…", address.replace("/az/", "/in/"))
        if shape in found or "/verifier.html" in address or not re.search(r"(/|\.html)$", address):
            continue
        found[shape] = address
        text = page.request.get(demo.url + address).text()
        links = [unescape(link) for link in re.findall(r'<a [^>]*href="([^"#?]+)"', text)]
        waiting += [path for path in (urljoin(address, link) for link in links) if re.match("/public/(?!en/)", path)]
    return found


def _known(seen: set[str], address: str) -> bool:
    """Return whether a page of this kind has been looked at, and note it."""
    shape = re.sub(r"/[^/]*\d[^/]*(?=/)", "/…", address)
    known = shape in seen
    seen.add(shape)
    return known


def _first_lines(page: Page) -> list[str]:
    """Return where the first lines of the page's tables lead to, within the office."""
    found = [row.locator("a").first for row in page.locator("main table tbody tr").all()[:3]]
    hrefs = [str(link.get_attribute("href")) for link in found if link.count()]
    return [href for href in hrefs if re.fullmatch(r"/(?!public/|field/)[^?#]*/", href)]
