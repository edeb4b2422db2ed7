"""A folder dragged from the desktop onto the page: the browser's own drag events, with the real folder in them."""

from pathlib import Path

from playwright.sync_api import Page, expect

PAGE = "00-OPEN-ME.html"


def drag(page: Page, *paths: Path) -> None:
    """Drag files or folders over the page's field, as a file manager does; they hang over it until `drop`."""
    _events(page, ["dragEnter", "dragOver"], paths)


def drop(page: Page, *paths: Path) -> None:
    _events(page, ["drop"], paths)


def _events(page: Page, kinds: list[str], paths: tuple[Path, ...]) -> None:
    box = page.locator("#drop").bounding_box()
    assert box
    session = page.context.new_cdp_session(page)
    for kind in kinds:
        place = {"x": box["x"] + box["width"] / 2, "y": box["y"] + 20}
        data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
        session.send("Input.dispatchDragEvent", {"type": kind, "data": data, **place})
    session.detach()


def test_a_genuine_bag_passes(page: Page, whole_bag: Path) -> None:
    page.goto((whole_bag / PAGE).as_uri())
    drag(page, whole_bag)
    expect(page.locator("#drop")).to_have_class("over")
    drop(page, whole_bag)
    expect(page.locator("#drop")).not_to_have_class("over")
    expect(page.locator("#verdict")).to_have_text("通过：凡能重算的都相符", timeout=60_000)
    expect(page.locator("#lines")).to_contain_text("个文件与清单逐一相符")


def test_a_folder_with_the_bag_inside_is_enough(page: Page, whole_bag: Path) -> None:
    page.goto((whole_bag / PAGE).as_uri())
    drag(page, whole_bag.parent)
    drop(page, whole_bag.parent)
    expect(page.locator("#verdict")).to_have_text("通过：凡能重算的都相符", timeout=60_000)


def test_a_single_file_says_what_is_wanted(page: Page, whole_bag: Path) -> None:
    page.goto((whole_bag / PAGE).as_uri())
    drag(page, whole_bag / PAGE)
    drop(page, whole_bag / PAGE)
    expect(page.locator("#status")).to_contain_text("没有找到证据包")
    expect(page.locator("#verdict")).to_be_hidden()
    assert page.url == (whole_bag / PAGE).as_uri()  # the browser did not open what was dropped
