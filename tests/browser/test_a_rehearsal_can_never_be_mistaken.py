"""演练: wherever a person meets one, words say so and a colour that no other page has; in pictures, on paper, in the bag and on the disc. A real round has none."""
# ruff: noqa: F401, F811  (fixtures come in by name)

import io
import zipfile
from collections.abc import Callable, Iterator

import pytest
from inside import serve_inside
from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from windows import Windows

from lottery.conftest import PLAN, Clock, Story, clock, county, sources, story
from office.conftest import client_of, people, quick_passwords
from sqlite_only import office
from sunlot.office.ceremony import services as ceremonies
from sunlot.office.lottery import drawing, rounds

WORDS = "演练，不具效力"
STRIPES = {(0xFB, 0xE4, 0xB0), (0xFF, 0xB9, 0x38)}  # of the office's pages and of the big screen
WATERMARK = {(0xF6, 0xC9, 0xC9)}
PAGES = (  # of a round and of its draw
    "lottery/rounds/{pk}/plan/",
    "lottery/rounds/{pk}/sources/",
    "lottery/rounds/{pk}/check/",
    "lottery/rounds/{pk}/excluded/",
    "lottery/draws/{draw}/",
    "lottery/draws/{draw}/seed/",
    "lottery/draws/{draw}/result/",
    "lottery/draws/{draw}/teams/",
    "lottery/draws/{draw}/explain/",
    "lottery/draws/{draw}/archive/",
    "lottery/draws/{draw}/discs/",
    "lottery/draws/{draw}/void/",
    "lottery/draws/{draw}/substitute/",
    "ceremony/{pk}/",
    "ceremony/{pk}/screen/",
)


@pytest.fixture
def told(story: Callable[..., Story]) -> Story:
    """A rehearsal that was held to its end, whose ceremony is open, and that somebody wants void."""
    told = story(rehearsal=True, title="试一试").done()
    ceremonies.open_ceremony(told.people["clerk"], told.row.pk)
    drawing.ask_void(told.people["clerk"], told.name, "演练完毕")
    return told


@pytest.fixture
def windows(chromium: Browser, told: Story) -> Iterator[Windows]:
    with serve_inside() as url:
        windows = Windows(chromium, url)
        yield windows
        assert windows.errors == []


def coloured(page: Page, colours: set[tuple[int, int, int]]) -> int:
    """Return how many points of the window have one of the colours."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    return sum(count for count, colour in picture.getcolors(1 << 24) or [] if colour in colours)


def test_whoever_meets_a_rehearsal_sees_that_it_is_one(windows: Windows, told: Story) -> None:
    every_page_says_it_in_words_and_colour(windows, told)
    the_big_screen_says_it_across(windows, told)
    the_phone_says_it_down_to_the_end_of_the_page(windows, told)
    what_is_printed_packed_and_burned_says_it(windows, told)
    a_real_round_has_none_of_it(windows, told)


def every_page_says_it_in_words_and_colour(windows: Windows, told: Story) -> None:
    desk, names = windows.person("clerk"), {"pk": told.row.pk, "draw": told.name}
    for address in PAGES:
        desk.goto(f"{windows.url}/{address.format(**names)}")
        expect(desk.get_by_text(WORDS).first).to_be_in_viewport()
        assert coloured(desk, STRIPES) > 5000, address
    for address in ("lottery/", "approvals/", ""):  # lists say it before the title, the line is coloured
        desk = windows.person("supervisor") if not address else desk
        desk.goto(f"{windows.url}/{address}")
        expect(desk.locator("tr.rehearsed", has_text="【演练】").first).to_be_in_viewport()
        assert coloured(desk, STRIPES) > 5000, address
    desk.locator("tr.rehearsed a").first.click()
    expect(desk.get_by_role("note")).to_have_text(WORDS)
    desk = windows.person("clerk")
    for address in (f"ceremony/{told.row.pk}/minutes/", f"lottery/rounds/{told.row.pk}/excluded/?as=print"):
        desk.goto(f"{windows.url}/{address}")
        expect(desk.get_by_text(WORDS).first).to_be_in_viewport()
        desk.emulate_media(media="print")
        assert coloured(desk, WATERMARK) > 5000, address
        desk.emulate_media(media="screen")


def the_big_screen_says_it_across(windows: Windows, told: Story) -> None:
    screen = windows.log_in(windows.window(), "supervisor")
    screen.goto(f"{windows.url}/ceremony/{told.row.pk}/screen/")
    for width, height in ((1920, 1080), (3840, 2160)):
        screen.set_viewport_size({"width": width, "height": height})
        box = screen.get_by_role("note").bounding_box()
        assert box and box["width"] >= width * 0.99 and box["height"] > height * 0.03
        assert screen.evaluate("document.documentElement.scrollWidth <= innerWidth")


def the_phone_says_it_down_to_the_end_of_the_page(windows: Windows, told: Story) -> None:
    phone = windows.phone()
    phone.goto(f"{windows.url}/ceremony/p/{told.row.ceremony.token}/")
    phone.get_by_label("姓名").fill("人大代表")
    phone.get_by_role("button", name="登记到场").click()
    expect(phone.locator("#pad")).to_be_visible()
    for height in (844, 420):  # turned on its side, the page is longer than the window
        phone.set_viewport_size({"width": 390, "height": height})
        phone.evaluate("scrollTo(0, document.body.scrollHeight)")
        expect(phone.get_by_text(WORDS)).to_be_in_viewport()
        assert coloured(phone, STRIPES) > 1000


def what_is_printed_packed_and_burned_says_it(windows: Windows, told: Story) -> None:
    desk = windows.person("clerk")
    draw = f"{windows.url}/lottery/draws/{told.name}"
    desk.goto(f"{draw}/archive/")
    with desk.expect_download() as packed:
        desk.get_by_role("button", name="制作并下载证据包").click()
    with zipfile.ZipFile(packed.value.path()) as bag:
        info = bag.read(next(name for name in bag.namelist() if name.endswith("/bag-info.txt"))).decode()
    assert WORDS in info
    desk.goto(f"{draw}/discs/")
    desk.get_by_role("button", name="制作证据包和光盘映像").click()
    expect(desk.get_by_text(WORDS).first).to_be_in_viewport()
    papers = {str(link.get_attribute("href")) for link in desk.locator("a[href$='.pdf']").all()}
    papers |= {f"/lottery/draws/{told.name}/archive/{stage}/record.pdf" for stage in ("outcome", "teams-outcome")}
    assert len(papers) >= 4
    for paper in papers:
        data = desk.request.get(f"{windows.url}{paper}").body()
        for page in PdfReader(io.BytesIO(data)).pages:
            text = page.extract_text()
            assert "演练 不具效力" in text, paper
        assert WORDS in PdfReader(io.BytesIO(data)).pages[0].extract_text(), paper
    data = desk.request.get(f"{draw}/archive/outcome/result.xlsx").body()
    assert all(WORDS in str(sheet["A1"].value) for sheet in load_workbook(io.BytesIO(data)))


def a_real_round_has_none_of_it(windows: Windows, told: Story) -> None:
    row = rounds.start(told.people["clerk"], PLAN)
    rounds.change(told.people["clerk"], row.pk, row.version, {"sources": sources("firms")})
    ceremonies.open_ceremony(told.people["clerk"], row.pk)
    desk = windows.person("clerk")
    for address in (
        "lottery/rounds/{pk}/check/",
        "lottery/rounds/{pk}/excluded/",
        "ceremony/{pk}/",
        "ceremony/{pk}/screen/",
    ):
        desk.goto(f"{windows.url}/{address.format(pk=row.pk)}")
        expect(desk.get_by_text(WORDS)).to_have_count(0)
        assert coloured(desk, STRIPES) == 0, address
