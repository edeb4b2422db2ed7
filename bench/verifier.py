"""The page inside the bag, in a real Chromium: 20,000 firms in under 3 s, 10^6 firms without freezing the page.

The bag is a whole draw, made, witnessed and packed by the office's own code; only its roster is synthetic.
"""

import csv
import os
import sys
import tempfile
import time
from pathlib import Path

import django
from playwright.sync_api import Browser, Page, sync_playwright

TESTS = Path(__file__).resolve().parents[1] / "tests"
sys.path[:0] = [str(TESTS / "browser"), str(TESTS)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sunlot.office.settings")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps a loop of its own in this thread
django.setup()  # models can be imported only after this

FREEZE = 200  # ms; a task of the page's thread that is longer than this is felt
WATCH = """() => {
  window.longest = 0;
  window.beats = [];
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration);
  }).observe({ type: 'longtask', buffered: true });
  let last = performance.now();
  (function beat() {
    const now = performance.now();
    window.beats.push(now - last);
    last = now;
    setTimeout(beat, 10);
  })();
  window.values = new Set();
  new MutationObserver(() => window.values.add(document.getElementById('progress').value))
    .observe(document.getElementById('progress'), { attributes: true });
}"""


def main(sizes: list[int]) -> None:
    from conftest import QUIET, installed

    with tempfile.TemporaryDirectory() as name, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=installed(), args=QUIET)
        for size in sizes:
            started = time.perf_counter()
            bag = make(Path(name) / str(size), size)
            held = sum(path.stat().st_size for path in bag.rglob("*") if path.is_file()) / 1e6
            print(f"\n{size} firms: bag of {held:.0f} MB made in {time.perf_counter() - started:.1f} s", flush=True)
            for _ in range(3):
                measure(browser, bag)


def make(folder: Path, size: int) -> Path:
    """Return a witnessed bag of a complete draw from `size` firms, 300 of them drawn."""
    from bags import OPENED
    from helpers import ANNOUNCED, TEAMS_ANNOUNCED, fixed_secret, plan, tables
    from sunlot.commands.demo_county import RANDOMNESS
    from sunlot.commands.demo_witness import later, open_rehearsal
    from sunlot.draw import deeds
    from sunlot.evidence.page import verifier_page
    from sunlot.office.lottery.bags import bag_of
    from sunlot.policy.reader import read_pack

    clean = tables(folder, 2000, 100)
    multiply(clean / "firms.csv", size)
    office = open_rehearsal(folder / "draws", OPENED)
    pack = read_pack("county-2026")
    draw = deeds.announce_firms(folder / "draws", plan(budget=300), pack, clean, ANNOUNCED, fixed_secret)
    office.step(draw)
    for stage in ("firms", "teams"):
        if stage == "teams":
            draw = deeds.announce_teams(draw, TEAMS_ANNOUNCED)
            office.step(draw)
        at = str(RANDOMNESS[stage]["recorded_at"])
        draw = deeds.run(deeds.record_seed(draw, RANDOMNESS[stage]["evidence"], at), at)
        office.step(draw)
    return bag_of(office.home, draw.folder, verifier_page(), folder / "bags", "u/1", at=later(office.at))


def multiply(table: Path, size: int) -> None:
    """Write the clean roster again with `size` firms: those that are there, over and over under other codes and names."""
    from sunlot.commands.demo_county import credit_code

    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        for number in range(size):
            row = rows[number % len(rows)]
            writer.writerow(row | {"id": credit_code(number), "name": f"{row['name']}第{number}分厂"})


def measure(browser: Browser, bag: Path) -> None:
    """Open the page from its file, choose the bag's folder, and print how long it took and whether the page stayed alive."""
    from sunlot.evidence.bag import VERIFIER

    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto((bag / VERIFIER).as_uri())
    page.evaluate(WATCH)
    started = time.perf_counter()
    page.locator("#folder").set_input_files(bag)
    page.locator("#verdict").wait_for(state="visible", timeout=300_000)
    whole = time.perf_counter() - started
    assert "通过" in page.locator("#verdict").inner_text(), page.locator("#lines").inner_text()
    report(page, whole)
    context.close()


def report(page: Page, whole: float) -> None:
    longest, gap, steps = page.evaluate("[longest, Math.max(...beats), values.size]")
    computing = page.locator("#counts").inner_text().split("（")[-1].strip("）")
    held, busy = renderer(page)
    print(
        f"  {whole:.2f} s from the choice to the verdict ({computing} computing, {busy:.2f} s of processor time);"
        f" the page's longest task {longest:.0f} ms, longest silence {gap:.0f} ms (freeze: {FREEZE} ms);"
        f" {steps} steps of progress; {held:.0f} MB at the peak"
    )


def renderer(page: Page) -> tuple[float, float]:
    """Return the most memory that the tab's process ever held, MB as the kernel counted it (0 where it does not), and its processor time, seconds."""
    assert page.context.browser
    session = page.context.browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    busiest = max((one for one in processes if one["type"] == "renderer"), key=lambda one: one["cpuTime"])
    status = Path(f"/proc/{busiest['id']}/status")
    lines = status.read_text().splitlines() if status.is_file() else []
    peak = next((int(line.split()[1]) / 1e3 for line in lines if line.startswith("VmHWM")), 0.0)
    return peak, float(busiest["cpuTime"])


if __name__ == "__main__":
    main([20_000] if "--quick" in sys.argv else [20_000, 1_000_000])
