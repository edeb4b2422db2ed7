"""The ceremony in real browsers: a big screen, a clerk's and a chief's desk, three phones; one of them falls silent."""
# ruff: noqa: F401, F811  (fixtures come in by name)

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from inside import serve_inside
from playwright.sync_api import Browser, Page, expect

from lottery.conftest import RANDOMNESS, Clock, Story, clock, county, evidence, story
from office.conftest import PASSWORD, client_of, people, quick_passwords
from sqlite_only import office
from sunlot.draw.verify import exit_code, verify
from sunlot.office.lottery import rounds
from sunlot.office.lottery.models import Round
from sunlot.office.lottery.register import folder_of

LETTERS = "parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)"


class Room:
    """Windows of everybody in the room."""

    def __init__(self, chromium: Browser, url: str) -> None:
        self.chromium, self.url, self.errors = chromium, url, list[str]()

    def window(self, width: int, height: int, **more: object) -> Page:
        page = self.chromium.new_context(viewport={"width": width, "height": height}, locale="zh-CN", **more).new_page()  # type: ignore[arg-type]
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    def person(self, username: str) -> Page:
        page = self.window(1366, 768)
        page.goto(f"{self.url}/accounts/login/")
        page.get_by_label("用户名").fill(username)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(f"{self.url}/")
        return page

    def phone(self, address: str, name: str) -> Page:
        page = self.window(390, 844, has_touch=True, is_mobile=True)
        page.goto(address)
        page.get_by_label("姓名").fill(name)
        page.get_by_role("button", name="登记到场").click()
        expect(page.locator("#me")).to_contain_text(name)
        return page


def fits(screen: Page, part: str, folder: Path) -> bool:
    """Return whether a part of the big screen is whole in its window at 1080p and at 4K, and at 4K twice as large."""
    letters = []
    for width, height in ((3840, 2160), (1920, 1080)):
        screen.set_viewport_size({"width": width, "height": height})
        screen.screenshot(path=folder / f"{part}-{height}.png")
        sizes = f"[document.documentElement.scrollWidth, {part}.scrollHeight - {part}.clientHeight, {LETTERS}]"
        wide, below, size = screen.evaluate(
            f"() => {{ const {part} = document.getElementById('{part}'); return {sizes}; }}"
        )
        if wide > width or below > 0:
            return False
        letters.append(size)
    return bool(letters[0] >= 1.9 * letters[1])


@pytest.fixture
def room(chromium: Browser, story: Callable[..., Story]) -> Iterator[tuple[Room, Story]]:
    told = story(title="公开抽取")
    told.row = rounds.change(told.people["clerk"], told.row.pk, told.row.version, {"reveal_minutes": 30})
    told.approved()
    with serve_inside() as url:
        yield Room(chromium, url), told


def test_three_phones_seal_reveal_and_sign_and_the_screen_shows_it_all(
    room: tuple[Room, Story],
    clock: Clock,
    tmp_path: Path,
) -> None:
    here, told = room
    clerk, chief = here.person("clerk"), here.person("chief")
    desk = f"{here.url}/ceremony/{told.row.pk}/"
    clerk.goto(desk)
    clerk.get_by_role("button", name="开设公开抽取").click()
    address = clerk.locator("a[href*='/ceremony/p/']").get_attribute("href") or ""
    screen = here.person("clerk")
    screen.set_viewport_size({"width": 1920, "height": 1080})
    screen.goto(f"{desk}screen/")
    phones = [here.phone(address, name) for name in ("人大代表", "企业代表", "纪检监察员")]
    for phone in phones:
        phone.get_by_role("button", name="密封", exact=True).click()
        expect(phone.locator("#kept")).to_be_visible()
    expect(screen.locator("#people li.done")).to_have_count(3)

    clock.at = "2023-08-22T01:00:00Z"
    clerk.goto(f"{here.url}/lottery/rounds/{told.row.pk}/check/")
    clerk.get_by_role("button", name="发布公告").click()
    clerk.wait_for_url("**/lottery/draws/**")
    for phone in phones[:2]:
        phone.get_by_role("button", name="揭晓我的数").click()
        expect(phone.locator("#said")).to_contain_text("已揭晓")
    expect(screen.locator("#reveals li.done")).to_have_count(2)
    expect(screen.locator("#countdown")).to_contain_text("29:")
    expect(screen.locator("#late img")).to_be_visible()
    late = here.phone(address, "迟到的村民代表")
    expect(late.locator("#said")).to_contain_text("已登记到场")
    expect(late.locator("#seal")).to_be_hidden()
    expect(screen.locator("#present")).to_have_text("已到场 4 人")
    assert fits(screen, "announced", tmp_path)
    clerk.goto(desk)
    clerk.get_by_role("button", name="不再接受新的参与人").click()
    expect(screen.locator("#full")).to_be_visible()
    expect(screen.locator("#late img")).to_be_hidden()

    clock.at = RANDOMNESS["firms"]["recorded_at"]
    seed = f"{here.url}/lottery/draws/{told.name}/seed/"
    typed = evidence("firms")
    for person in (clerk, chief):
        person.goto(seed)
        person.get_by_label("开奖号码").fill(typed["ssq"]["numbers"])
        person.get_by_role("button", name="录入", exact=True).first.click()
        expect(person.locator("#messages")).to_contain_text("已录入")
    chief.get_by_label("信标签名").fill(typed["drand"]["signature"])
    chief.get_by_role("button", name="录入", exact=True).first.click()
    chief.get_by_role("button", name="登记种子").click()
    chief.get_by_role("button", name="计算结果").click()
    chief.wait_for_url("**/result/")
    expect(screen.locator("#entries li")).to_have_count(6, timeout=10_000)
    for phone in phones:
        pad = phone.locator("#pad")
        expect(pad).to_be_visible()
        box = pad.bounding_box()
        assert box
        phone.mouse.move(box["x"] + 20, box["y"] + 40)
        phone.mouse.down()
        for step in range(12):
            phone.mouse.move(box["x"] + 20 + step * 20, box["y"] + 40 + (step % 3) * 25)
        phone.mouse.up()
        phone.get_by_role("button", name="提交签名").click()
        expect(phone.locator("#said")).to_contain_text("已签名")
    expect(screen.locator("#signatures svg")).to_have_count(3)
    assert fits(screen, "drawn", tmp_path)

    draw = folder_of(Round.objects.get().draw_id or "")
    texts = [source["text"] for source in draw.need("seed", "").read_json("seed.json")["sources"]]
    assert sum(text.startswith("reveal=") for text in texts) == 3
    assert "reveal=p003/absent" in texts
    assert exit_code(verify(draw.folder, check_code=draw.check_code)) in (0, 3)
    assert here.errors == []


def test_the_screen_of_a_rehearsal_cannot_be_mistaken(chromium: Browser, story: Callable[..., Story]) -> None:
    from sunlot.office.ceremony import services

    told = story(title="演练", rehearsal=True)
    services.open_ceremony(told.people["clerk"], told.row.pk)
    with serve_inside() as url:
        here = Room(chromium, url)
        screen = here.person("supervisor")
        for width, height in ((1920, 1080), (3840, 2160)):
            screen.set_viewport_size({"width": width, "height": height})
            screen.goto(f"{url}/ceremony/{told.row.pk}/screen/")
            band = screen.get_by_role("note")
            expect(band).to_contain_text("演练，不具效力")
            box = band.bounding_box()
            assert box and box["width"] >= width * 0.99 and box["height"] > height * 0.03
            assert screen.evaluate("document.documentElement.scrollWidth <= innerWidth")
