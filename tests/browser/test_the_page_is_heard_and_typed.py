"""The page without eyes or mouse: what Chromium's accessibility tree hands to a screen reader, and the keyboard alone."""

import shutil
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

PAGE = "00-OPEN-ME.html"
KINDS = {"equal": "✓ 相符", "differs": "✗ 不符", "withheld": "– 暂不公开", "outside": "? 请与外部核对"}
HEAR = """() => {
  window.heard = [];
  const status = document.getElementById('status');
  new MutationObserver(() => window.heard.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
}"""


def tree(page: Page) -> list[dict[str, Any]]:
    """Return what a screen reader gets: role, name and properties of every node that is not ignored."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [
        {
            "role": node["role"]["value"],
            "name": node.get("name", {}).get("value", ""),
            **{one["name"]: one["value"].get("value") for one in node.get("properties", [])},
        }
        for node in nodes
        if not node["ignored"]
    ]


def of_role(nodes: list[dict[str, Any]], *roles: str) -> list[dict[str, Any]]:
    return [node for node in nodes if node["role"] in roles]


def choose(page: Page, folder: Path) -> None:
    page.locator("#folder").set_input_files(folder)
    expect(page.locator("#verdict")).to_be_visible(timeout=60_000)


def test_every_control_has_a_name_and_the_headings_make_an_outline(page: Page, whole_bag: Path) -> None:
    page.goto((whole_bag / PAGE).as_uri())
    choose(page, whole_bag)
    page.locator("#outside summary").click()
    nodes = tree(page)
    controls = of_role(nodes, "button", "textbox", "DisclosureTriangle", "progressbar")
    assert len(controls) >= 8
    assert [node for node in controls if not node["name"].strip()] == []
    assert [node["level"] for node in of_role(nodes, "heading")] == [1, 2, 2, 2]


def test_progress_and_verdict_are_announced(page: Page, whole_bag: Path) -> None:
    page.goto((whole_bag / PAGE).as_uri())
    assert [node["live"] for node in of_role(tree(page), "status")] == ["polite"]
    page.evaluate(HEAR)
    choose(page, whole_bag)
    heard = page.evaluate("heard")
    assert "正在读取文件…" in heard
    assert any(text.startswith("正在重算…") and text != "正在重算…" for text in heard)
    assert heard[-1] == "核验完成。"
    focused = [node for node in tree(page) if node.get("focused") and node["role"] == "heading"]
    assert [node["name"] for node in focused] == ["通过：凡能重算的都相符"]


def test_each_of_the_four_kinds_of_line_is_a_word(page: Page, whole_bag: Path, tmp_path: Path) -> None:
    """A draw without its teams, and with an altered roster, shows all four."""
    draw = tmp_path / whole_bag.name
    shutil.copytree(whole_bag / "data" / whole_bag.name, draw, ignore=shutil.ignore_patterns("0[456]-*"))
    roster = draw / "01-notice/inspectors.csv"
    roster.write_bytes(roster.read_bytes() + b"x")
    page.goto((whole_bag / PAGE).as_uri())
    choose(page, draw)
    lines = page.locator("#lines li").all()
    shown = {(str(line.get_attribute("class")), line.locator(".kind").inner_text()) for line in lines}
    assert shown == set(KINDS.items())
    nodes = tree(page)
    assert len(of_role(nodes, "listitem")) == len(lines)
    assert set(KINDS.values()) <= {node["name"] for node in of_role(nodes, "StaticText")}


def test_the_keyboard_chooses_checks_finds_and_changes_the_language(page: Page, whole_bag: Path) -> None:
    page.goto((whole_bag / PAGE).as_uri())
    _tab_to(page, "folder")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(whole_bag)
    expect(page.locator("#verdict")).to_be_focused(timeout=60_000)
    _tab_to(page, "who")
    code = (whole_bag / "data/379921-2023-0001/01-notice/firms.csv").read_text().splitlines()[9].split(",")[0]
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    expect(page.locator("#found dl")).to_contain_text(code)
    _tab_to(page, "language", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#verdict")).to_have_text("Passed: everything that can be computed is equal")
    expect(page.locator("#found dt").first).to_have_text("Firm")
    assert page.locator("html").get_attribute("lang") == "en"


def _tab_to(page: Page, identity: str, key: str = "Tab") -> None:
    for _ in range(30):
        if page.evaluate("document.activeElement.id") == identity:
            return
        page.keyboard.press(key)
    raise AssertionError(f"{identity} cannot be reached with {key}")


def test_no_chinese_is_left_in_english(page: Page, whole_bag: Path) -> None:
    """Names of the draw itself apart: they stand in the evidence as the office wrote them."""
    page.goto((whole_bag / PAGE).as_uri())
    page.get_by_role("button", name="English").click()
    choose(page, whole_bag)
    page.locator("#outside summary").click()
    spoken = page.locator(
        "h1, h2, label, summary, button:not(#language), .kind, main > p, section > p"
    ).all_inner_texts()
    assert [text for text in spoken if any("\u4e00" <= letter <= "\u9fff" for letter in text)] == []
