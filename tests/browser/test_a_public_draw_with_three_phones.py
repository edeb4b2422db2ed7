"""A ceremony in real browsers, from the door to the bag: phones come in by the picture on the big screen, a witness cosigns, two persons type the dice,
the beacon is the recorded one of 2023, the result appears as it is computed and those present sign; then the teams, by a seed of their own."""
# ruff: noqa: F401, F811  (fixtures come in by name)

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from inside import serve_inside
from pictures import seen
from playwright.sync_api import Browser, Page, expect
from sources_of_chance import enter, name_sources
from windows import Windows
from witness_pc import WitnessPc

from lottery.conftest import RANDOMNESS, Clock, Story, clock, county, evidence, sources, story
from office.conftest import client_of, people, quick_passwords
from sqlite_only import office
from sunlot.commands.apart import verify_apart
from sunlot.office.journal.audit import audit
from sunlot.office.lottery import rounds
from sunlot.office.lottery.register import folder_of

LETTERS = "parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)"
PRESENT = ("人大代表", "企业代表", "纪检监察员")
DICE = {"kind": "hand", "label": "dice", "bits": 25, "known_at": "2023-08-22T02:00:00Z"}
BALLS = {"kind": "hand", "label": "balls", "bits": 26, "known_at": "2023-09-12T02:00:00Z"}
THROWN, MISREAD, DRAWN = "3,1,6,6,2,4,5,1,2,6", "3,1,6,6,2,4,5,1,2,5", "07,31,12,05"


class Hall:
    """The room of one ceremony: the big screen, the desks of a clerk and a chief, the witness's PC next door."""

    def __init__(self, windows: Windows, told: Story, witness: WitnessPc, folder: Path) -> None:
        self.windows, self.told, self.witness, self.folder = windows, told, witness, folder
        self.clerk, self.chief = windows.person("clerk"), windows.person("chief")
        self.screen = windows.window(1920, 1080)
        self.phones: list[Page] = []

    def go(self, person: Page, address: str) -> Page:
        person.goto(f"{self.windows.url}/{address}")
        return person

    def come_in(self, address: str, name: str) -> Page:
        phone = self.windows.phone()
        phone.goto(address)
        phone.get_by_label("姓名").fill(name)
        phone.get_by_role("button", name="登记到场").click()
        expect(phone.locator("#me")).to_contain_text(name)
        return phone


@pytest.fixture
def hall(
    chromium: Browser,
    story: Callable[..., Story],
    clock: Clock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Hall]:
    """A round whose clerk names dice before a beacon, and half an hour for revealing."""
    told = story(title="公开抽取")
    witness = WitnessPc(tmp_path / "witness", "纪检", clock, monkeypatch)
    with serve_inside() as url:
        hall = Hall(Windows(chromium, url), told, witness, tmp_path)
        yield hall
        assert hall.windows.errors == []


def test_from_the_picture_on_the_screen_to_a_verified_bag(hall: Hall, clock: Clock) -> None:
    prepare(hall)
    three_phones_seal(hall)
    clock.at = "2023-08-22T01:00:00Z"
    first = the_notice_is_out(hall)
    the_witness_cosigns(hall)
    expect(hall.screen.locator("#anchor")).to_have_text("公告已由见证人锚定")
    two_phones_say_their_numbers(hall)
    clock.at = "2023-08-22T02:05:00Z"
    two_persons_type_the_dice(hall)
    clock.at = RANDOMNESS["firms"]["recorded_at"]
    the_result_appears(hall, "firms")
    those_present_sign(hall)
    clock.at = "2023-09-12T01:00:00Z"
    second = the_teams_are_announced(hall)
    assert second != first
    the_witness_cosigns(hall)
    expect(hall.screen.locator("#anchor")).to_have_text("公告已由见证人锚定")
    clock.at = "2023-09-12T02:05:00Z"
    for person in (hall.clerk, hall.chief):
        hall.go(person, f"lottery/draws/{hall.told.name}/seed/")
        enter(person, "现场结果", DRAWN)
    clock.at = RANDOMNESS["teams"]["recorded_at"]
    the_result_appears(hall, "teams")
    archive = f"lottery/draws/{hall.told.name}/archive/"
    expect(hall.go(hall.clerk, archive).get_by_text("见证人还没有签署最后的步骤")).to_be_visible()
    the_witness_cosigns(hall)
    expect(hall.go(hall.clerk, archive).get_by_text("见证人还没有签署最后的步骤")).to_have_count(0)
    what_is_left_verifies(hall)


def prepare(hall: Hall) -> None:
    """The clerk names the sources, the chief approves, the big screen is opened."""
    page = hall.go(hall.clerk, f"lottery/rounds/{hall.told.row.pk}/sources/")
    name_sources(page, [DICE, sources("firms")[-1]])
    page.get_by_label("现场参与").fill("30")
    page.get_by_role("button", name="保存，下一步").click()
    page.wait_for_url("**/check/")
    hall.told.approved()
    hall.go(page, f"ceremony/{hall.told.row.pk}/").get_by_role("button", name="开设公开抽取").click()
    expect(page.get_by_role("link", name="打开大屏")).to_be_visible()
    hall.windows.log_in(hall.screen, "supervisor")
    hall.go(hall.screen, f"ceremony/{hall.told.row.pk}/screen/")


def three_phones_seal(hall: Hall) -> None:
    expect(hall.screen.locator("#waiting img")).to_be_visible()
    (address,) = seen(hall.screen)
    for name in PRESENT:
        phone = hall.come_in(address, name)
        phone.get_by_role("button", name="密封", exact=True).click()
        expect(phone.locator("#kept")).to_be_visible()
        hall.phones.append(phone)
    expect(hall.screen.locator("#people li.done")).to_have_count(3)


def the_notice_is_out(hall: Hall) -> str:
    """Return the check code, as large on the screen as in its picture."""
    page = hall.go(hall.clerk, f"lottery/rounds/{hall.told.row.pk}/check/")
    page.get_by_role("button", name="发布公告").click()
    page.wait_for_url("**/lottery/draws/**")
    expect(hall.screen.locator("#late img")).to_be_visible()
    code = hall.screen.locator("#code").inner_text()
    door = next(text for text in seen(hall.screen) if text != code)
    assert {code, door} == set(seen(hall.screen))
    expect(hall.screen.locator("#anchor")).to_have_text("公告尚未锚定")
    late = hall.come_in(door, "迟到的村民代表")
    expect(late.locator("#seal")).to_be_hidden()
    expect(hall.screen.locator("#present")).to_have_text("已到场 4 人")
    return code


def the_witness_cosigns(hall: Hall) -> None:
    """The request goes to the witness's PC as a file, and his answer comes back."""
    page = hall.go(hall.clerk, f"lottery/draws/{hall.told.name}/")
    with page.expect_download() as told:
        page.get_by_role("link", name="下载见证请求").click()
    request = hall.folder / "request.txt"
    told.value.save_as(request)
    page.get_by_text("收取见证人的签署").click()
    page.get_by_label("或选择文件").set_input_files(hall.witness.sign(request))
    page.get_by_role("button", name="收取", exact=True).click()
    expect(page.locator(".steps")).to_be_visible()


def two_phones_say_their_numbers(hall: Hall) -> None:
    """The third stays silent, and nobody else comes in."""
    for phone in hall.phones[:2]:
        phone.get_by_role("button", name="揭晓我的数").click()
        expect(phone.locator("#said")).to_contain_text("已揭晓")
    expect(hall.screen.locator("#reveals li.done")).to_have_count(2)
    expect(hall.screen.locator("#countdown")).to_contain_text("29:")
    assert fits(hall.screen, "announced", hall.folder)
    page = hall.go(hall.clerk, f"ceremony/{hall.told.row.pk}/")
    page.get_by_role("button", name="不再接受新的参与人").click()
    expect(hall.screen.locator("#full")).to_be_visible()
    expect(hall.screen.locator("#late img")).to_be_hidden()


def two_persons_type_the_dice(hall: Hall) -> None:
    """Neither sees the other's numbers before his own are in; where they differ, both are shown and the room is told."""
    dice = hall.screen.locator("#sources li", has_text="现场摇号")
    seed = f"lottery/draws/{hall.told.name}/seed/"
    enter(hall.go(hall.clerk, seed), "现场结果", THROWN)
    expect(dice).to_contain_text("等待第二人录入")
    page = hall.go(hall.chief, seed)
    expect(page.get_by_text(THROWN)).to_have_count(0)
    enter(page, "现场结果", MISREAD)
    expect(page.locator("#messages .warning")).to_contain_text("两人录入不一致")
    for typed in (THROWN, MISREAD):
        expect(page.get_by_text(typed)).to_be_visible()
    expect(dice).to_contain_text("两人录入不一致")
    expect(dice).to_have_class("wait")
    page.get_by_role("button", name="撤回我的录入").click()
    enter(page, "现场结果", THROWN)
    expect(dice).to_contain_text("已齐")


def the_result_appears(hall: Hall, stage: str) -> None:
    """The beacon proves itself; the seed is recorded, then the result computed: the screen shows the one, then the other."""
    page = hall.go(hall.chief, f"lottery/draws/{hall.told.name}/seed/")
    enter(page, "信标签名", evidence(stage)["drand"]["signature"])
    page.get_by_role("button", name="登记种子").click()
    page.get_by_role("button", name="计算结果").wait_for()
    expect(hall.screen.locator("#seed")).to_be_visible()
    prefix = "teams-" if stage == "teams" else ""
    recorded = folder_of(hall.told.name).need(f"{prefix}seed", "").read_json("seed.json")
    expect(hall.screen.locator("#seed")).to_have_text(recorded["seed"])
    expect(hall.screen.locator("#drawn")).to_be_hidden()
    page.get_by_role("button", name="计算结果").click()
    page.wait_for_url("**/result/")
    expect(hall.screen.locator("#drawn")).to_be_visible()
    expect(hall.screen.locator("#entries li")).to_have_count(6)
    expect(hall.screen.locator("#draw")).to_contain_text("检查组抽取" if prefix else "企业抽取")
    said = " ".join(hall.screen.locator("#entries li").all_inner_texts())
    assert ("检查员" in said) == bool(prefix)
    assert fits(hall.screen, "drawn", hall.folder)


def those_present_sign(hall: Hall) -> None:
    for phone in hall.phones:
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
    expect(hall.screen.locator("#signatures svg")).to_have_count(3)
    assert fits(hall.screen, "drawn", hall.folder)


def the_teams_are_announced(hall: Hall) -> str:
    """One names the sources of the teams' seed, another publishes; return the check code that the screen shows now."""
    page = hall.go(hall.clerk, f"lottery/draws/{hall.told.name}/teams/")
    name_sources(page, [BALLS, sources("teams")[-1]])
    page.get_by_role("button", name="保存来源").click()
    expect(page.get_by_text("请另一人发布")).to_be_visible()
    page = hall.go(hall.chief, f"lottery/draws/{hall.told.name}/teams/")
    page.get_by_role("button", name="发布检查组公告").click()
    expect(page.get_by_text("检查组公告已发布。")).to_be_visible()
    expect(hall.screen.locator("#announced")).to_be_visible()
    code = hall.screen.locator("#code").inner_text()
    assert seen(hall.screen) == [code], "the door is shut"
    return code


def what_is_left_verifies(hall: Hall) -> None:
    """The bag is downloaded, and a process that knows nothing of the office verifies it; the silent phone stands in it."""
    draw = folder_of(hall.told.name)
    texts = [source["text"] for source in draw.need("seed", "").read_json("seed.json")["sources"]]
    assert [text.partition("/")[0] for text in texts[:3]] == ["reveal=p001", "reveal=p002", "reveal=p003"]
    assert texts[2:4] == ["reveal=p003/absent", f"hand=dice/{THROWN}"]
    page = hall.go(hall.clerk, f"lottery/draws/{hall.told.name}/archive/")
    with page.expect_download() as told:
        page.get_by_role("button", name="制作并下载证据包").click()
    told.value.save_as(hall.folder / "bag.zip")
    with zipfile.ZipFile(hall.folder / "bag.zip") as file:
        file.extractall(hall.folder / "unzipped")
    (bag,) = (hall.folder / "unzipped").iterdir()
    assert verify_apart("bag", [str(bag)]) == 0
    assert audit().findings == []


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
