"""Long work tells how far it is, ends when told to, and says so when a file cannot be read."""

import shutil
from pathlib import Path

from playwright.sync_api import Page, expect

PAGE = "00-OPEN-ME.html"
STOP_AT_ONCE = """() => {
  const stop = document.getElementById('stop');
  new MutationObserver((_, own) => { if (!stop.hidden) { own.disconnect(); stop.click(); } }).observe(stop, { attributes: true });
}"""
WATCH = """() => {
  const bar = document.getElementById('progress');
  window.values = [];
  new MutationObserver(() => bar.hidden || window.values.push(bar.value)).observe(bar, { attributes: true });
}"""


def test_it_stops_and_begins_again(page: Page, whole_bag: Path) -> None:
    page.goto((whole_bag / PAGE).as_uri())
    expect(page.locator("#stop")).to_be_hidden()
    page.evaluate(STOP_AT_ONCE)
    page.locator("#folder").set_input_files(whole_bag)
    expect(page.locator("#status")).to_contain_text("已停止")
    page.wait_for_timeout(2000)
    expect(page.locator("#verdict")).to_be_hidden()
    expect(page.locator("#stop")).to_be_hidden()
    page.locator("#folder").set_input_files(whole_bag)
    expect(page.locator("#verdict")).to_have_text("通过：凡能重算的都相符", timeout=60_000)


def test_the_bar_only_grows(page: Page, whole_bag: Path) -> None:
    page.goto((whole_bag / PAGE).as_uri())
    page.evaluate(WATCH)
    page.locator("#folder").set_input_files(whole_bag)
    expect(page.locator("#verdict")).to_be_visible(timeout=60_000)
    values = page.evaluate("values")
    assert values == sorted(values)
    assert len(set(values)) > 4 and max(values) <= 1


def test_a_file_that_went_away_is_named(page: Page, whole_bag: Path, tmp_path: Path) -> None:
    """A disc taken out between the choice and the reading: held up here at the page's own message to its worker."""
    bag = Path(shutil.copytree(whole_bag, tmp_path / whole_bag.name))
    page.goto((whole_bag / PAGE).as_uri())
    page.evaluate(
        """() => {
          const send = Worker.prototype.postMessage;
          const held = [];
          Worker.prototype.postMessage = function (message) { held.push(() => send.call(this, message)); };
          window.release = () => held.forEach((one) => one());
        }"""
    )
    page.locator("#folder").set_input_files(bag)
    expect(page.locator("#stop")).to_be_visible()
    (bag / "bag-info.txt").unlink()
    page.evaluate("release()")
    expect(page.locator("#status")).to_contain_text("bag-info.txt")
    expect(page.locator("#verdict")).to_be_hidden()
