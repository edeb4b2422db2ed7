"""The disc as it is opened: its files, taken out of the image by a tool that knows nothing of us, and the page at its root."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import discs
from sunlot.evidence.disc_set import SIZES, plan_set
from sunlot.evidence.disc_writing import whole_folder, write_images

DRAW = "379921-2023-0001"


@pytest.fixture(scope="module")
def opened(whole_bag: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the disc, none of which can be written to, as on a real one."""
    folder = tmp_path_factory.mktemp("disc")
    recording = folder / "垚犇喆现场录像𠮷.txt"
    recording.write_text("录像")
    with whole_folder(folder / "set") as staging:
        (image,) = write_images(plan_set([whole_bag], SIZES["cd"], [recording]), staging, SIZES["cd"])
    shown = discs.extracted(folder / "set" / image.name, folder / "D")
    for path in shown.rglob("*"):
        if path.is_file():
            path.chmod(0o444)
    return shown


def choose(page: Page, folder: Path) -> None:
    page.locator("#folder").set_input_files(folder)
    expect(page.locator("#verdict")).to_be_visible(timeout=60_000)


@pytest.mark.parametrize("chosen", ["", DRAW], ids=["the disc", "the bag on it"])
def test_the_page_at_its_root_finds_everything_equal(page: Page, opened: Path, chosen: str) -> None:
    page.goto((opened / "00-OPEN-ME.html").as_uri())
    choose(page, opened / chosen)
    expect(page.locator("#verdict")).to_have_text("通过：凡能重算的都相符")
    expect(page.locator("#lines")).to_contain_text("已锚定：每一步都由 上级、报社、纪检 共同签署")
    assert page.locator("#lines li.differs").count() == 0


def test_the_names_on_it_are_as_they_were_typed(opened: Path) -> None:
    assert (opened / "also" / "垚犇喆现场录像𠮷.txt").read_text() == "录像"


def test_a_file_that_was_altered_on_it_is_named(page: Page, opened: Path) -> None:
    roster = opened / DRAW / "data" / DRAW / "01-notice" / "firms.csv"
    roster.chmod(0o644)
    honest = roster.read_bytes()
    roster.write_bytes(honest.replace("街道".encode(), "新街".encode(), 1))
    try:
        page.goto((opened / "00-OPEN-ME.html").as_uri())
        choose(page, opened)
        expect(page.locator("#verdict")).to_have_text("不通过：有内容不符或缺失")
        expect(page.locator("#lines li.differs")).to_contain_text("firms.csv")
    finally:
        roster.write_bytes(honest)
