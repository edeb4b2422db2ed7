"""The page inside the bag, in a real Chromium: from a file, from plain http, by mouse, keyboard and drop."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

AXE = Path(__file__).parents[2] / "frontend" / "verifier" / "node_modules" / "axe-core" / "axe.min.js"
PAGE = "00-OPEN-ME.html"


def choose(page: Page, folder: Path) -> None:
    page.locator("#folder").set_input_files(folder)
    expect(page.locator("#verdict")).to_be_visible(timeout=60_000)


@pytest.mark.parametrize("origin", ["file", "http"])
def test_a_genuine_bag_passes(page: Page, whole_bag: Path, plain_http: str, origin: str) -> None:
    page.goto((whole_bag / PAGE).as_uri() if origin == "file" else plain_http + PAGE)
    assert page.evaluate("isSecureContext") == (origin == "file")
    choose(page, whole_bag)
    expect(page.locator("#verdict")).to_have_text("通过：凡能重算的都相符")
    expect(page.locator("#lines")).to_contain_text("已锚定：每一步都由 上级、报社、纪检 共同签署")
    expect(page.locator("#lines")).to_contain_text("信任等级 甲")
    expect(page.locator("#lines li.outside").first).to_contain_text("请与外部核对")
    assert page.locator("#lines li.differs").count() == 0


def test_an_altered_roster_is_named(page: Page, whole_bag: Path, tmp_path: Path) -> None:
    bag = Path(shutil.copytree(whole_bag, tmp_path / whole_bag.name))
    roster = bag / "data/379921-2023-0001/01-notice/firms.csv"
    roster.write_bytes(roster.read_bytes().replace("街道".encode(), "新街".encode(), 1))
    page.goto((whole_bag / PAGE).as_uri())
    choose(page, bag)
    expect(page.locator("#verdict")).to_have_text("不通过：有内容不符或缺失")
    expect(page.locator("#lines li.differs")).to_contain_text("firms.csv")


def test_a_firm_finds_itself_by_code_and_by_name(page: Page, whole_bag: Path) -> None:
    rows = (whole_bag / "data/379921-2023-0001/01-notice/firms.csv").read_text().splitlines()[1:]
    code, name = rows[7].split(",")[:2]
    page.goto((whole_bag / PAGE).as_uri())
    choose(page, whole_bag)
    page.get_by_label("统一社会信用代码，或名称的一部分").fill(code)
    page.get_by_role("button", name="查找").click()
    expect(page.locator("#found")).to_contain_text(name)
    expect(page.locator("#found dt").nth(1)).to_have_text("结果")
    page.get_by_label("统一社会信用代码，或名称的一部分").fill("公司")
    page.get_by_role("button", name="查找").click()
    page.locator("#found button").first.click()
    expect(page.locator("#found dl")).to_be_visible()


def test_outside_copies_are_compared(page: Page, whole_bag: Path) -> None:
    page.goto((whole_bag / PAGE).as_uri())
    choose(page, whole_bag)
    page.locator("#outside summary").click()
    page.locator("#checkpoint").fill((whole_bag / "data/log/checkpoint.txt").read_text())
    page.locator("#policy").fill((whole_bag / "data/log/policy.txt").read_text())
    page.locator("#check-code").fill("0" * 64)
    page.get_by_role("button", name="重新核验").click()
    expect(page.locator("#verdict")).to_have_text("不通过：有内容不符或缺失")
    expect(page.locator("#lines li.differs")).to_have_count(1)
    expect(page.locator("#lines li.differs")).to_contain_text("您提供的核对码")
    expect(page.locator("#lines")).to_contain_text("与您提供的")


def test_it_speaks_english_too(page: Page, whole_bag: Path) -> None:
    page.goto((whole_bag / PAGE).as_uri())
    page.get_by_role("button", name="English").click()
    choose(page, whole_bag)
    expect(page.locator("#verdict")).to_have_text("Passed: everything that can be computed is equal")
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_keyboard_alone_suffices(page: Page, whole_bag: Path) -> None:
    page.goto((whole_bag / PAGE).as_uri())
    reached = []
    for _ in range(4):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
    assert reached[:3] == ["language", "folder", "SUMMARY"]
    choose(page, whole_bag)
    assert page.evaluate("document.activeElement.id") == "verdict"


def test_a_folder_that_is_no_bag_says_so(page: Page, whole_bag: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.txt").write_text("x")
    page.goto((whole_bag / PAGE).as_uri())
    page.locator("#folder").set_input_files(tmp_path / "other")
    expect(page.locator("#status")).to_contain_text("没有找到证据包")


@pytest.mark.parametrize("state", ["before", "after"])
def test_it_meets_wcag_22_aa(page: Page, whole_bag: Path, state: str) -> None:
    page.goto((whole_bag / PAGE).as_uri())
    if state == "after":
        choose(page, whole_bag)
    page.evaluate(AXE.read_text())
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", tags)
    assert [(issue["id"], [node["html"] for node in issue["nodes"]]) for issue in found["violations"]] == []


def test_it_fits_a_phone(page: Page, whole_bag: Path) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto((whole_bag / PAGE).as_uri())
    choose(page, whole_bag)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
