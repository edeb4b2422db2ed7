"""A visit in real browsers without the field form: two officers' phones, the firm's phone behind the check code, signatures on the screen."""
# ruff: noqa: F401, F811  (fixtures come in by name)

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from inside import serve_inside
from playwright.sync_api import Browser, Page, expect
from windows import Windows

from lottery.conftest import Story, clock, county, story
from office.conftest import people, quick_passwords
from sqlite_only import office
from sunlot.office.visits.models import Visit
from sunlot.office.visits.states import State
from visits.conftest import JPEG, Phone, drawn, item_list, officers, phone_of, ready


def draw_on(page: Page) -> None:
    """Write on the pad."""
    page.locator("canvas.pad").scroll_into_view_if_needed()
    box = page.locator("canvas.pad").bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 40)
    page.mouse.down()
    for step in range(12):
        page.mouse.move(box["x"] + 20 + step * 20, box["y"] + 40 + (step % 3) * 25)
    page.mouse.up()


def test_two_officers_fill_the_firm_checks_and_all_sign(
    chromium: Browser, ready: Callable[..., Visit], phone_of: Callable[[str], Phone], tmp_path: Path
) -> None:
    visit = ready()
    names = [phone_of(person).user.username for person in officers(visit)[:2]]
    with serve_inside() as url:
        room = Windows(chromium, url)
        one, two = (room.log_in(room.phone(), name) for name in names)
        for page in (one, two):
            page.goto(f"{url}/visits/{visit.pk}/fill/")
            page.get_by_label("我已到场").check()
            page.get_by_role("button", name="签到").click()
            expect(page.locator("#messages")).to_contain_text("已签到")
        picture = tmp_path / "photo.jpg"
        picture.write_bytes(JPEG)
        two.get_by_role("link", name="拍照").click()
        two.get_by_label("照片").set_input_files(picture)
        two.get_by_role("button", name="上传").click()
        one.goto(f"{url}/visits/{visit.pk}/fill/")
        for answer in one.get_by_label("合格", exact=True).all():
            answer.check()
        one.get_by_label("到达时间").fill("2023-09-20T10:00")
        one.get_by_label("离开时间").fill("2023-09-20T11:30")
        one.get_by_label("检查场所").fill("一车间")
        one.get_by_label("检查情况").fill("查看现场和台账")
        one.get_by_label("处理情况").fill("无需处理")
        one.get_by_label("检查结果").select_option("no_problem")
        one.get_by_label("实地核查").check()
        one.screenshot(path=tmp_path / "fill.png", full_page=True)
        one.get_by_role("button", name="保存").click()
        expect(one.locator("#messages")).to_contain_text("已保存")

        firm = room.window(390, 844, has_touch=True, is_mobile=True)
        one.goto(f"{url}/visits/{visit.pk}/")
        one.screenshot(path=tmp_path / "one.png", full_page=True)
        firm.goto(one.locator("a[href*='/visits/code/']").get_attribute("href") or "")
        expect(firm.locator(".verdict")).to_contain_text("真实")
        expect(firm.locator(".people .tag.ok")).to_have_count(len(officers(visit)))
        firm.screenshot(path=tmp_path / "code.png", full_page=True)
        firm.get_by_label("4 满意").check()
        firm.get_by_role("button", name="提交评价").click()
        expect(firm.locator("#messages")).to_contain_text("评价已收到")
        firm.get_by_label("反映的问题").fill("没有出示证件")
        firm.get_by_role("button", name="提交给监督员").click()
        expect(firm.locator("#messages")).to_contain_text("执法人员看不到内容")
        firm.goto(f"{url}/firm/?code={visit.token}")
        firm.get_by_role("button", name="进入").click()
        expect(firm.get_by_role("heading", level=1)).to_have_text(visit.firm_name)
        firm.screenshot(path=tmp_path / "own.png", full_page=True)

        one.goto(f"{url}/visits/{visit.pk}/fill/")
        one.get_by_role("button", name="形成检查记录").click()
        for _ in officers(visit):
            draw_on(one)
            one.get_by_role("button", name="签字", exact=True).click()
            expect(one.locator("#messages")).to_contain_text("已签字")
        one.get_by_label("签字人").first.select_option("firm")
        one.get_by_label("姓名").fill("王某")
        one.get_by_role("button", name="签字", exact=True).click()
        expect(one.get_by_role("alert")).to_contain_text("手写签名")
        expect(one.get_by_label("姓名")).to_have_value("王某")
        one.get_by_label("企业签字人身份").select_option("site")
        draw_on(one)
        one.screenshot(path=tmp_path / "sign.png", full_page=True)
        one.get_by_role("button", name="签字", exact=True).click()
        expect(one.locator("#messages")).to_contain_text("检查办结")
        one.goto(f"{url}/visits/{visit.pk}/record/1/")
        expect(one.locator("svg.signature")).to_have_count(len(officers(visit)) + 1)
        one.screenshot(path=tmp_path / "record.png", full_page=True)
        chief = room.person("chief")
        chief.goto(f"{url}/visits/")
        chief.screenshot(path=tmp_path / "list.png")
        assert room.errors == []
    assert Visit.objects.get(pk=visit.pk).state == State.DONE
