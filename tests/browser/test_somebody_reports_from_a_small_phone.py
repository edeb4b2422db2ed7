"""A hazard is reported from a small phone without JavaScript, taken by the clerk, and answered behind the tracking code; axe looks at every page."""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe import assert_accessible
from playwright.sync_api import Browser, Page, expect

from browser.conftest import Served, log_in, serve
from complaints.conftest import GPS, exif, jpeg, segment
from sunlot.office.complaints.images import cleaned
from sunlot.office.complaints.questions import LEAST, NUMERALS

PASSWORD = "阳光-sunlot-2026"
TEXT = "仓库的安全出口被货物堵住，灭火器也过期了。"


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Served]:
    """A served office with a clerk."""
    from django.db import connection

    from sunlot.office.accounts.services import change_password, open_account
    from sunlot.office.bureau.services import describe
    from sunlot.office.journal import checkpoints
    from sunlot.office.start import open_office

    open_office(tmp_path, "")
    checkpoints.open_log(tmp_path, "yj.qinghe.example")
    facts = {"code": "379921", "name": "青禾县应急管理局", "short": "青", "territories": "城关街道\n南岗镇"}
    describe("u/console", facts | {"telephone": "0000-12350"})
    change_password(open_account("u/console", "clerk", "经办人", "clerk", PASSWORD), PASSWORD)
    connection.close()
    with serve(tmp_path) as url:
        yield Served(url, tmp_path, PASSWORD)


def fits(page: Page) -> None:
    """Nothing stands out at the side of a small screen."""
    wide = page.locator("html").evaluate("html => html.scrollWidth - window.innerWidth")
    assert wide <= 0, page.url


def sum_of(page: Page) -> str:
    first, second = str(page.locator("label[for=id_answer]").text_content()).split(" ")[0].split("加")
    return str(NUMERALS.index(first) + NUMERALS.index(second))


def report(page: Page, url: str, photo: Path) -> str:
    """Fill the form in as people do, with a mistake first, and return the tracking code."""
    page.goto(f"{url}/complaints/new/")
    page.get_by_label("发生了什么").fill(TEXT)
    page.get_by_label("哪个镇街").select_option("南岗镇")
    page.get_by_role("button", name="提交举报").click()
    expect(page.get_by_role("alert")).to_contain_text("请选择一类")
    expect(page.get_by_label("发生了什么")).to_have_value(TEXT)
    expect(page.get_by_label("哪个镇街")).to_have_value("南岗镇")
    page.get_by_label("事故隐患").check()
    page.get_by_label("照片").set_input_files(photo)
    page.get_by_label("我已阅读上面的说明").check()
    page.locator("#id_answer").fill(sum_of(page))
    page.wait_for_timeout(1000 * LEAST + 500)
    page.get_by_role("button", name="提交举报").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("举报已收到")
    return str(page.locator(".bigcode").text_content())


def follow(page: Page, url: str, code: str) -> None:
    page.goto(f"{url}/complaints/track/")
    page.get_by_label("查询码").fill(code.lower())
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("举报 20")


def test_from_a_phone_to_the_answer(chromium: Browser, page: Page, bureau: Served, tmp_path: Path) -> None:
    photo = tmp_path / "IMG_0001.jpg"
    photo.write_bytes(jpeg())
    small = chromium.new_context(
        viewport={"width": 360, "height": 640},
        java_script_enabled=False,
        has_touch=True,
        is_mobile=True,
        locale="zh-CN",
    )
    phone = small.new_page()
    code = report(phone, bureau.url, photo)

    log_in(page, bureau, "clerk")
    page.get_by_role("link", name="投诉举报 20").first.click()
    assert TEXT not in page.content()
    assert_accessible(page)
    page.get_by_role("button", name="领取").click()
    expect(page.get_by_text(TEXT)).to_be_visible()
    expect(page.get_by_role("img", name="照片 1")).to_be_visible()
    address = str(page.get_by_role("img", name="照片 1").get_attribute("src"))
    assert GPS not in page.request.get(bureau.url + address).body()
    assert_accessible(page)
    page.get_by_role("link", name="向举报人提问").click()
    page.get_by_label("向举报人提问").fill("是哪个仓库？")
    page.get_by_role("button", name="向举报人提问").click()
    expect(page.get_by_text("是哪个仓库？")).to_be_visible()

    follow(phone, bureau.url, code)
    expect(phone.get_by_text("是哪个仓库？")).to_be_visible()
    phone.get_by_label("补充情况或者回答").fill("西边那个。")
    phone.get_by_role("button", name="提交补充").click()
    expect(phone.get_by_text("补充的内容已收到")).to_be_visible()
    small.close()

    page.reload()
    expect(page.get_by_text("西边那个。")).to_be_visible()
    page.get_by_role("button", name="补充已阅").click()
    page.get_by_role("link", name="受理", exact=True).click()
    assert_accessible(page)
    page.get_by_role("button", name="受理").click()
    expect(page.locator(".tag").first).to_have_text("已受理")


def test_the_code_of_a_scanned_qr_goes_into_the_field_and_out_of_the_address(page: Page, bureau: Served) -> None:
    page.goto(f"{bureau.url}/complaints/track/#ABCD-EFGH-JKLM-NPQR")
    expect(page.get_by_label("查询码")).to_have_value("ABCD-EFGH-JKLM-NPQR")
    assert page.url == f"{bureau.url}/complaints/track/"


@pytest.mark.parametrize("width", [360, 1366])
def test_the_public_pages_are_accessible_and_fit(page: Page, bureau: Served, width: int, tmp_path: Path) -> None:
    photo = tmp_path / "IMG_0001.jpg"
    photo.write_bytes(jpeg())
    page.set_viewport_size({"width": width, "height": 740})
    for address in ("/complaints/new/", "/complaints/track/", "/public/complaints/", "/public/en/complaints/"):
        page.goto(bureau.url + address)
        assert_accessible(page)
        fits(page)
    page.goto(f"{bureau.url}/complaints/new/")
    page.get_by_role("button", name="提交举报").click()
    assert_accessible(page)
    fits(page)
    code = report(page, bureau.url, photo)
    assert_accessible(page)
    fits(page)
    follow(page, bureau.url, code)
    assert_accessible(page)
    fits(page)


def test_the_pages_of_the_office_are_accessible(page: Page, bureau: Served) -> None:
    log_in(page, bureau, "clerk")
    page.goto(f"{bureau.url}/complaints/intake/")
    assert_accessible(page)
    page.get_by_label("来源").select_option("letter")
    page.get_by_label("事故隐患").check()
    page.get_by_label("发生了什么").fill(TEXT)
    page.get_by_label("举报人姓名").fill("赵某")
    page.get_by_role("button", name="登记").click()
    expect(page.locator(".bigcode")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="打开举报件").click()
    here = page.url
    page.get_by_role("link", name="查看举报人").click()
    assert_accessible(page)
    page.get_by_role("button", name="查看并记录").click()
    expect(page.get_by_text("赵某")).to_be_visible()
    for act in ("do/firm/", "do/refuse/", "do/ask-transfer/", "do/join/", "receipt/received/"):
        page.goto(here + act)
        assert_accessible(page)
    for address in ("/complaints/", "/complaints/statistics/", "/complaints/expired/"):
        page.goto(bureau.url + address)
        assert_accessible(page)


def test_a_browser_draws_the_cleaned_picture_as_the_one_before(page: Page) -> None:
    page.set_content("<h1>隐患</h1>")
    clip = {"x": 0, "y": 0, "width": 300, "height": 100}
    plain = page.screenshot(type="jpeg", clip=clip)  # type: ignore[arg-type]
    turned = plain[:2] + segment(0xE1, exif(6)) + segment(0xFE, GPS) + plain[2:] + GPS
    clean, _ = cleaned(turned)
    assert GPS in turned and GPS not in clean
    shot = page.screenshot(type="png", clip=clip)  # type: ignore[arg-type]
    draw = """async data => { const image = new Image(); image.src = data; await image.decode();
        const canvas = document.createElement("canvas"); canvas.width = image.naturalWidth; canvas.height = image.naturalHeight;
        canvas.getContext("2d").drawImage(image, 0, 0); return [canvas.width, canvas.height, canvas.toDataURL()]; }"""

    def drawn(data: bytes, media: str) -> list[Any]:
        return list(page.evaluate(draw, f"data:{media};base64,{b64encode(data).decode()}"))

    assert drawn(clean, "image/jpeg") == drawn(turned, "image/jpeg")
    assert drawn(clean, "image/jpeg")[:2] == [100, 300]  # it still stands upright
    assert drawn(cleaned(shot)[0], "image/png") == drawn(shot, "image/png")
