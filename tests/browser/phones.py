"""Phones of the field form in a real Chromium: what an officer does with his fingers, in words."""

import base64
import contextlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, Route, expect

from sunlot.office.visits.merge import sheet
from sunlot.office.visits.models import Visit
from sunlot.office.visits.sync import entries

NOW = "2023-09-20T04:00:00Z"
EXIF = b"\xff\xe1\x00\x10Exif\x00\x00MM\x00*\x00\x00\x00\x08"
DRAW = """([width, height, seed, noise]) => {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const pen = canvas.getContext('2d');
  pen.fillStyle = `hsl(${seed * 37 % 360} 60% 60%)`;
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = '#000';
  pen.font = `${height / 5}px sans-serif`;
  pen.fillText(`photo ${seed}`, 20, height / 2);
  if (noise) { // its bits: 31 makes a file as large as of a yard, 127 as of gravel
    const data = pen.getImageData(0, 0, width, height);
    for (let i = 0, x = seed + 1; i < data.data.length; i++) { x = (x * 1103515245 + 12345) & 0x7fffffff; data.data[i] ^= x >> 16 & noise; }
    pen.putImageData(data, 0, 0);
  }
  return canvas.toDataURL('image/jpeg', 0.85).split(',')[1];
}"""
FIELDS = """(owner) => new Promise((resolve) => {
  const request = indexedDB.open(`sunlot-field-${owner}`);
  request.onsuccess = () => {
    const all = request.result.transaction('changes').objectStore('changes').getAll();
    all.onsuccess = () => { request.result.close(); resolve(all.result); };
  };
})"""


def photo(page: Page, path: Path, width: int, height: int, seed: int = 1, noise: int = 0) -> Path:
    """Write a picture as a phone's camera would, with an Exif block, and return its path."""
    data = base64.b64decode(page.evaluate(DRAW, [width, height, seed, noise]))
    path.write_bytes(data[:2] + EXIF + data[2:])
    return path


@dataclass
class Town:
    """A served office, a visit, and its officers."""

    browser: Browser
    url: str
    visit: Visit
    usernames: dict[str, str]
    password: str
    folder: Path
    errors: list[str] = field(default_factory=list)

    def officers(self) -> list["Officer"]:
        """Return the officers of the visit, each with the form loaded on his phone and ready for a place without a network."""
        return [Officer(self, person) for person in self.usernames]


class Officer:
    """An inspector with a phone of his own, at one visit."""

    def __init__(self, town: Town, person: str, width: int = 360, height: int = 640, secure: bool = True) -> None:
        self.town, self.person, self.username = town, person, town.usernames[person]
        self.name = town.visit.team.get(inspector=person).name
        self.context: BrowserContext = town.browser.new_context(
            viewport={"width": width, "height": height}, has_touch=True, is_mobile=True, locale="zh-CN"
        )
        self.context.clock.set_fixed_time(NOW)
        self.page = self.new_page()
        self.page.goto(f"{town.url}/field/")
        self.log_in()
        if secure:
            self.page.evaluate("navigator.serviceWorker.ready.then(() => 0)")

    def new_page(self) -> Page:
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.town.errors.append(str(error)))
        page.set_default_timeout(10_000)
        return page

    def log_in(self) -> None:
        self.page.get_by_label("用户名").fill(self.username)
        self.page.get_by_label("密码").fill(self.town.password)
        self.page.get_by_role("button", name="登录").click()
        expect(self.page.locator(".visits, .page").first).to_be_visible()

    # the network and the phone
    def offline(self) -> None:
        self.context.set_offline(True)

    def online(self) -> None:
        self.context.set_offline(False)

    def reload(self) -> None:
        self.page.reload()
        expect(self.page.locator("#title")).to_contain_text(self.town.visit.firm_name)

    def kill(self) -> None:
        """End the tab as a phone does that needs the memory: nothing in the page gets to run."""
        with contextlib.suppress(Error):  # it answers no more
            self.page.goto("chrome://crash", timeout=3000)
        self.page.close(run_before_unload=False)

    def start(self) -> None:
        self.page = self.new_page()
        self.page.goto(f"{self.town.url}/field/")
        expect(self.page.locator(".visits")).to_be_visible()

    def handed_in(self, timeout: int = 20_000) -> None:
        """Press the button, and wait until the phone says that the office has everything."""
        button = self.page.locator("#send")
        if button.is_visible():
            button.click()
        expect(button).to_be_visible(timeout=timeout)
        expect(self.page.locator("#state")).to_contain_text("已上传", timeout=timeout)

    def drop_connections(self, times: int) -> dict[str, int]:
        """Break that many requests off: the office takes each in, the phone never hears of it."""
        drops = {"left": times, "seen": 0}

        def route(one: Route) -> None:
            drops["seen"] += 1
            if one.request.method == "POST" and drops["left"] > 0 and drops["seen"] % 2 == 0:
                drops["left"] -= 1
                one.fetch()
                one.abort("connectionreset")
            else:
                one.continue_()

        self.context.route("**/visits/api/**", route)
        return drops

    # what the phone holds
    def changes(self) -> list[dict[str, Any]]:
        return list(self.page.evaluate(FIELDS, self.person))

    def count(self) -> int:
        return len(self.changes())

    def fields(self) -> dict[str, Any]:
        """Return by field the value that wins, null left out, worked out apart from the form."""
        winners: dict[str, Any] = {}
        for change in sorted(self.changes(), key=lambda one: (one["counter"], one["device"], one["id"])):
            winners[change["field"]] = change["value"]
        return {name: value for name, value in winners.items() if value is not None}

    # entering
    def open(self, step: str) -> None:
        titles = {"in": "签到", "check": "检查", "found": "问题", "facts": "情况", "sign": "签字"}
        if not self.page.locator("#steps").is_visible():
            self.page.locator(".visits a", has_text=self.town.visit.firm_name).first.click()
        link = self.page.locator("#steps").get_by_role("link", name=titles[step], exact=True)
        link.click()
        expect(link).to_have_attribute("aria-current", "page")

    def saved(self) -> None:
        expect(self.page.locator("#state")).not_to_contain_text("正在存")

    def check_in(self) -> None:
        self.open("in")
        self.page.get_by_role("button", name="已出示证件，我承诺遵守，签到").click()
        expect(self.page.get_by_text("您已签到并承诺")).to_be_visible()

    def point(self, name: str) -> Locator:
        return self.page.get_by_role("article", name=f"要点 {name}", exact=True)

    def answer(self, point: str, title: str) -> None:
        self.open("check")
        box = self.point(point).get_by_role("group", name=f"要点 {point} 的结果")
        box.locator("label", has_text=title).filter(has=self.page.get_by_text(title, exact=True)).click()
        expect(box.get_by_role("radio", name=title, exact=True)).to_be_checked()
        self.saved()

    def type(self, label: str, text: str, step: str = "", within: Locator | None = None) -> None:
        if step:
            self.open(step)
        box = (within or self.page).get_by_label(label, exact=True)
        box.fill(text)
        box.blur()
        self.saved()

    def pick(self, title: str, within: Locator | None = None) -> None:
        (within or self.page.locator("main")).locator("label.pick").filter(
            has=self.page.get_by_text(title, exact=True)
        ).click()
        self.saved()

    def finding(self, point: str, text: str, severity: str, picture: Path | None = None) -> None:
        box = self.point(point).get_by_role("article", name="问题")
        self.type("问题描述", text, within=box)
        self.pick(severity, box)
        if not box.get_by_label("依据条文").input_value():
            self.type("依据条文", "安全生产法第三十五条", within=box)
        self.type("现场处理要求", "三日内修复", within=box)
        if picture:
            self.shot(box, picture)

    def hazard(self, text: str, severity: str) -> None:
        self.open("found")
        boxes = self.page.get_by_role("article", name="清单外隐患")
        before = boxes.count()
        self.page.get_by_role("button", name="另记一个清单外隐患").click()
        expect(boxes).to_have_count(before + 1)
        self.type("隐患描述", text, within=boxes.last)
        self.pick(severity, boxes.last)

    def shot(self, box: Locator, picture: Path) -> None:
        shots = box.locator(".shots").last
        before = shots.locator("img").count()
        shots.locator("input[type=file]").set_input_files(picture)
        expect(shots.locator("img")).to_have_count(before + 1)
        self.saved()

    def shoot(self, step: str, picture: Path) -> None:
        self.open(step)
        self.shot(self.page.locator("main"), picture)

    def facts(self, outcome: str) -> None:
        self.open("facts")
        self.type("检查场所", "一车间")
        self.pick("实地核查")
        self.type("检查情况", "查看现场和台账")
        self.pick(outcome)
        self.type("处理情况", "无需处理" if outcome == "未发现问题" else "责令限期整改")
        self.pick("无需处置" if outcome == "未发现问题" else "责令改正")
        self.page.get_by_role("button", name="记为现在").click()
        self.saved()

    def fill(self, outcome: str, large: bool = False) -> None:
        """Enter a whole record without problems."""
        self.check_in()
        for point in ("AQ-01/1", "AQ-01/2", "AQ-02/1"):
            self.answer(point, "合格")
        self.facts(outcome)
        size = (3000, 2250) if large else (800, 600)
        path = self.town.folder / f"{self.person}.jpg"
        self.shoot("facts", photo(self.page, path, *size, noise=127 if large else 0))

    # signing
    def read_to_the_end(self) -> None:
        self.page.locator(".end").first.scroll_into_view_if_needed()

    def sign(self, title: str) -> None:
        self.page.get_by_role("button", name=f"{title} 签字", exact=True).click()
        box = self.page.locator("dialog canvas").bounding_box()
        assert box
        self.page.mouse.move(box["x"] + 30, box["y"] + 40)
        self.page.mouse.down()
        for step in range(1, 12):
            self.page.mouse.move(box["x"] + 30 + 15 * step, box["y"] + 40 + 40 * (step % 2))
        self.page.mouse.up()
        self.page.get_by_role("button", name="确认签字").click()
        expect(self.page.get_by_role("img", name=f"{title.split('（')[0]}", exact=False).last).to_be_visible()

    def make_record(self) -> None:
        """Freeze what was entered, for everybody to read."""
        self.open("sign")
        self.page.get_by_role("button", name="形成记录，供各方阅读").click()

    def sign_with(self, colleague: "Officer") -> None:
        """Both officers sign on this phone."""
        for officer in (self, colleague):
            self.sign(officer.name)

    def sign_for_the_firm(self) -> None:
        self.page.get_by_label("签字人姓名").fill("王某")
        self.page.get_by_role("group", name="身份").locator("label", has_text="现场负责人").click()
        self.sign("王某（现场负责人）")

    def complete(self) -> None:
        self.page.get_by_role("button", name="完成签字").click()


def entered(first: Officer, second: Officer) -> None:
    """Both are there, the first enters a whole record without problems, and the office has it."""
    second.check_in()
    second.handed_in()
    first.fill("未发现问题")
    first.handed_in()


def everybody_signs(first: Officer, second: Officer) -> None:
    """Make the record on the first phone, have it read and signed by both officers and the firm, and hand it in."""
    first.make_record()
    first.read_to_the_end()
    first.sign_with(second)
    first.sign_for_the_firm()
    first.complete()
    first.handed_in()


def signed(first: Officer, second: Officer) -> None:
    """The whole way to a signed record."""
    entered(first, second)
    everybody_signs(first, second)


def at_the_office(visit: Visit) -> dict[str, object]:
    """Return what the office says holds, by field."""
    return sheet(entries(visit))
