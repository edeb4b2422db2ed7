"""The public site in a real browser: a draw computed again from the published files, reading without JavaScript on a small phone."""

import json
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.conftest import serve
from sunlot.commands.demo_county import write_office_files
from sunlot.office.disclosure.likeness import Names

PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office of a fictional county after a whole round, its site written to files beside it."""
    from sunlot.commands import demo_office
    from sunlot.commands.demo_round import OPENED, Story
    from sunlot.office.disclosure.export import write_site
    from sunlot.office.journal.clock import held
    from sunlot.office.start import open_office

    folder = tmp_path_factory.mktemp("public")
    excel = write_office_files(folder / "excel", 120, 12)
    open_office(folder / "office", "")
    with held(OPENED) as clock:
        story = Story((folder / "office").resolve(), {}, clock)
        story.open_log()
        people = story.people = demo_office.open_people()
        demo_office.describe_bureau()
        demo_office.take_in_rosters(people, excel)
        story.announce()
        story.draw("firms")
        story.announce_teams()
        story.draw("teams")
    write_site(folder / "site")
    return folder / "office"


@pytest.fixture(scope="module")
def url(home: Path) -> Iterator[str]:
    with serve(home) as address:
        yield f"{address}/public/"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def static(home: Path) -> Iterator[str]:
    """The written site below a sub-path of a plain web server."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(home.parent)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/site/"
    server.shutdown()


def verify(page: Page, address: str) -> None:
    """Go from the first page to a draw that the browser computes again."""
    page.goto(address)
    page.get_by_role("link", name="自己核验一次抽取").click()
    page.get_by_role("link", name="379921Y-2023-0001").first.click()
    expect(page.locator("#verdict")).to_have_text("通过：凡能重算的都相符", timeout=120_000)
    expect(page.locator("#lines li.differs")).to_have_count(0)
    assert page.locator("#lines li.equal").count() > 20


def test_a_draw_is_computed_again_from_the_live_site(page: Page, url: str) -> None:
    verify(page, url)


def test_a_draw_is_computed_again_from_the_files_on_any_server(page: Page, static: str) -> None:
    verify(page, f"{static}index.html")


def test_a_changed_file_on_the_server_is_named(page: Page, static: str, home: Path) -> None:
    outcome = next((home.parent / "site").glob("draws/*/bag/data/*/03-outcome/outcome.json"))
    genuine = outcome.read_bytes()
    outcome.write_bytes(genuine.replace(b'"rank":1', b'"rank":2', 1))
    try:
        page.goto(f"{static}verify/verifier.html?bag=../draws/379921Y-2023-0001/bag/")
        expect(page.locator("#verdict")).to_have_text("不通过：有内容不符或缺失", timeout=120_000)
    finally:
        outcome.write_bytes(genuine)


def test_a_bag_of_another_site_is_not_fetched(page: Page, static: str) -> None:
    page.goto(f"{static}verify/verifier.html?bag=https://elsewhere.example/bag/")
    expect(page.locator("#folder")).to_be_attached()
    assert page.locator("#status").text_content() == ""


def test_from_the_disk_it_says_what_to_do(page: Page, home: Path) -> None:
    page.goto(f"file://{home.parent}/site/draws/379921Y-2023-0001/index.html")
    page.get_by_role("link", name="在浏览器里重算").click()
    expect(page.locator("#status")).to_contain_text("选择文件夹")
    expect(page.locator("#status")).to_contain_text("draws/379921Y-2023-0001/bag/")
    page.locator("#folder").set_input_files(home.parent / "site/draws/379921Y-2023-0001/bag")
    expect(page.locator("#verdict")).to_have_text("通过：凡能重算的都相符", timeout=120_000)


def test_everything_is_read_from_the_disk_without_javascript_on_a_small_phone(chromium: Browser, home: Path) -> None:
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"file://{home.parent}/site/index.html")
    page.get_by_role("navigation").get_by_role("link", name="抽取").click()
    page.get_by_role("link", name="379921Y-2023-0001").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("抽取 379921Y-2023-0001")
    page.get_by_role("row").filter(has_text="91379921").first.get_by_role("link").click()
    expect(page.get_by_text("所以它被抽中")).to_be_visible()
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Double-random inspection, in public")
    context.close()


def test_the_written_site_is_searched_from_the_disk_as_the_live_one_is(page: Page, home: Path) -> None:
    files = sorted((home.parent / "site/search/names").glob("*.js"))
    firms = [row for file in files for row in json.loads(f"[{file.read_text()[19:-3]}]")[1]]
    names = Names((number, name) for number, name, _ in firms)
    page.goto(f"file://{home.parent}/site/firms/index.html")
    for number, name, _ in firms[:60:15]:
        middle = name[2:6]
        for typed in (
            number,
            number[8:].replace("0", "O", 1),
            number[:10] + number[11:],
            name,
            middle[:-1] + "鑷",
            middle[1] + middle[0] + middle[2:],
            middle[0] + middle,
            f"{name[:4]}{name[5:]}",
        ):
            expected = names.search(typed)
            page.get_by_role("searchbox").fill(typed)
            page.get_by_role("button", name="查询").click()
            found = page.locator("#found li .soft")
            if not expected or len(expected) == 20:
                continue
            expect(found.first).to_contain_text(expected[0])
            assert number in "".join(found.all_inner_texts()), typed
    page.get_by_role("searchbox").fill("鑷鑷鑷鑷")
    page.get_by_role("button", name="查询").click()
    expect(page.locator("#found")).to_contain_text("没有与此相近的单位")
    page.get_by_role("searchbox").fill(firms[0][0])
    page.get_by_role("button", name="查询").click()
    page.locator("#found a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(firms[0][1])


@pytest.mark.parametrize("zoom", [1, 2])
def test_no_page_is_wider_than_the_phone_even_in_letters_twice_as_large(zoom: int, page: Page, url: str) -> None:
    page.set_viewport_size(PHONE)
    for address in (
        "",
        "draws/",
        "draws/379921Y-2023-0001/",
        "firms/?q=青禾",
        "items/",
        "plans/",
        "rosters/",
        "log/",
        "verify/",
        "about/",
        "data/",
        "en/",
    ):
        page.goto(url + address)
        page.evaluate("zoom => { document.documentElement.style.fontSize = `${106.25 * zoom}%` }", zoom)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address


def test_every_page_is_walked_by_keyboard_and_named_for_the_ear(page: Page, url: str) -> None:
    page.goto(f"{url}firms/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.get_by_label("单位名称或统一社会信用代码").fill("青禾")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="查到的单位")).to_be_visible()
    for landmark in ("banner", "navigation", "main", "contentinfo"):
        assert page.get_by_role(landmark).count() == 1, landmark  # type: ignore[arg-type]
