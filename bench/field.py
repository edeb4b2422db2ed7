"""The field form on a slow phone (4 × CPU, Fast 3G): first load, a whole record, and a week without a network handed in through broken connections.

`python bench/field.py [load|record|week]`. Every number is from a real Chromium against the office's own code.
"""
# ruff: noqa: E402, F401, F811  (fixtures come in by name, after the path to them)

import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).resolve().parents[1] / "tests"
if __name__ == "__main__":
    wanted = next((name for name in sys.argv[1:] if not name.startswith("-")), "")
    raise SystemExit(
        pytest.main(
            [
                "-q",
                "-s",
                "--rootdir",
                str(TESTS.parent),
                "-c",
                str(TESTS.parent / "pyproject.toml"),
                "-o",
                "python_files=field.py",
                "-p",
                "no:cacheprovider",
                "-k",
                wanted,
                __file__,
            ]
        )
    )

sys.path[:0] = [str(TESTS / "browser"), str(TESTS)]
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sunlot.office.settings")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps a loop of its own in this thread
django.setup()

from inside import serve_inside
from phones import NOW, Officer, Town, photo
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from catalog.conftest import entry
from conftest import QUIET, installed
from lottery.conftest import Clock, clock, code, county
from office.conftest import PASSWORD, client_of, people, quick_passwords
from sunlot.office.accounts.models import User
from sunlot.office.accounts.services import change_password, open_account
from sunlot.office.approvals import services as approvals
from sunlot.office.catalog.drafting import draft_from_rows
from sunlot.office.catalog.publishing import ask_publication
from sunlot.office.journal.services import deed
from sunlot.office.visits.making import Arrangement, arrange
from sunlot.office.visits.models import Change, Photo, Visit

FAST_3G = {"offline": False, "latency": 562.5, "downloadThroughput": 180_000, "uploadThroughput": 84_375}
TEAM = ("R001", "R003")
VISITS, PHOTOS = 50, 6


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Path]:
    from sunlot.office.start import open_office

    home = tmp_path / "office"
    home.mkdir()
    open_office(home, "")
    yield home


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as play:
        yield play.chromium.launch(executable_path=installed(), args=QUIET)


@pytest.fixture
def town(
    chromium: Browser, county: dict[str, User], clock: Clock, office: Path, tmp_path: Path
) -> Iterator[Callable[[int], Town]]:
    """A function that makes an office with as many visits of twenty points, all of one team, and serves it."""
    rows = [
        entry(
            f"AQ-{item:02d}", name=f"第{item}项", points=tuple(f"第{point}个要点是否符合规定" for point in range(1, 6))
        )
        for item in range(1, 5)
    ]
    draft = draft_from_rows(county["clerk"], rows)
    approvals.grant(
        county["chief"], ask_publication(county["clerk"], draft.pk, draft.version, date(2023, 1, 1), "首次公布").pk
    )
    names = {}
    for person in TEAM:
        user = open_account("u/console", f"i-{person.lower()}", f"检查员{person}", "inspector", PASSWORD, person=person)
        change_password(user, PASSWORD)
        names[person] = user.username
    clock.at = NOW

    def make(count: int) -> Town:
        with deed(by=county["clerk"].actor) as doing:
            days = {"window_from": date(2023, 9, 18), "window_to": date(2023, 10, 31)}
            more = {"origin": "other", "kind": "routine", "reason": "专项", "source": "文1号", "urgent": True}
            made = [
                arrange(doing, county["clerk"], Arrangement(firm=code(n % 39 + 1), team=TEAM, **days, **more))
                for n in range(count)
            ]  # type: ignore[arg-type]
        return Town(chromium, url, made[0], names, PASSWORD, tmp_path)

    with serve_inside() as url:
        yield make


def slow(page: Page, network: bool = True) -> Any:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    if network:
        session.send("Network.emulateNetworkConditions", FAST_3G)
    return session


def test_load(town: Callable[[int], Town]) -> None:
    here = town(5)
    for _ in range(3):
        context = here.browser.new_context(
            viewport={"width": 360, "height": 640}, is_mobile=True, has_touch=True, locale="zh-CN"
        )
        page = context.new_page()
        page.goto(f"{here.url}/accounts/login/")
        page.get_by_label("用户名").fill("i-r001")
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(f"{here.url}/")
        page.close()
        page = context.new_page()
        session, loaded = slow(page), []
        session.on("Network.loadingFinished", lambda done, loaded=loaded: loaded.append(done["encodedDataLength"]))
        page.goto(f"{here.url}/field/")
        usable = "new Promise((go) => { const look = () => { const [mark] = performance.getEntriesByName('usable'); mark ? go(mark.startTime) : setTimeout(look, 20) }; look() })"
        first = page.evaluate(usable)
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime")
        assert page.locator(".visits li").count() == 5
        page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
        parts = page.evaluate(
            "performance.getEntriesByType('resource').map((one) => [one.name.split('/').slice(3).join('/'), Math.round(one.startTime), Math.round(one.responseEnd)])"
        )
        page.reload()
        again = page.evaluate(usable)
        print(
            f"\nfirst usable {first / 1000:.2f} s (first paint {paint / 1000:.2f} s), {sum(loaded) / 1000:.0f} kB; started again {again / 1000:.2f} s {parts}"
        )
        assert first < 2000 and sum(loaded) < 1_000_000
        context.close()


def test_record(town: Callable[[int], Town]) -> None:
    here = town(1)
    second = Officer(here, TEAM[1])
    second.check_in()
    second.handed_in()
    first = Officer(here, TEAM[0])
    pictures = [photo(first.page, here.folder / f"{n}.jpg", 3000, 2250, n, noise=127) for n in range(PHOTOS)]
    slow(first.page)
    started = time.perf_counter()
    first.check_in()
    for item in range(1, 5):
        for point in range(1, 6):
            name = f"AQ-{item:02d}/{point}"
            first.answer(name, "不合格" if point == 5 else "合格")
            if point == 5:
                first.finding(name, f"第{item}项现场有破损需要修复", "一般", pictures[item - 1])
    first.facts("发现问题待后续处理")
    for picture in pictures[4:]:
        first.shoot("facts", picture)
    entered = time.perf_counter() - started
    first.open("sign")
    first.page.get_by_role("button", name="形成记录，供各方阅读").click()
    first.read_to_the_end()
    first.sign(first.name)
    first.sign(second.name)
    first.page.get_by_label("签字人姓名").fill("王某")
    first.pick("现场负责人", first.page.locator(".signers"))
    first.sign("王某（现场负责人）")
    first.page.get_by_role("button", name="完成签字").click()
    signed = time.perf_counter() - started
    first.handed_in(timeout=300_000)
    done = time.perf_counter() - started
    state = Visit.objects.get().state
    size = sum(Photo.objects.values_list("size", flat=True)) / 1e6
    print(
        f"\n20 points, 4 findings, {PHOTOS} photos: entered in {entered:.0f} s, signed at {signed:.0f} s, handed in ({size:.1f} MB) at {done:.0f} s; visit {state}"
    )
    assert state == "done" and Photo.objects.count() == PHOTOS and entered < 180


def test_week(town: Callable[[int], Town], clock: Clock) -> None:
    here = town(VISITS)
    first = Officer(here, TEAM[0])
    pictures = [photo(first.page, here.folder / f"{n}.jpg", 1600, 1200, n, noise=31) for n in range(VISITS * PHOTOS)]
    first.offline()
    started = time.perf_counter()
    for number, visit in enumerate(Visit.objects.all()):
        enter(first, visit.uid, pictures[number * PHOTOS :][:PHOTOS])
    changes = first.changes()
    print(
        f"\n{VISITS} visits, {len(changes)} changes, {VISITS * PHOTOS} photos entered without a network in {time.perf_counter() - started:.0f} s",
        flush=True,
    )
    clock.at = "2023-09-27T04:00:00Z"
    first.context.clock.set_fixed_time(clock.at)
    first.context.clear_cookies()
    drops = break_off(first, {20, 150, 300})
    slow(first.page)
    started = time.perf_counter()
    first.online()
    expect(first.page.locator("#send")).to_have_text("登录", timeout=60_000)
    first.page.locator("#send").click()
    first.log_in()
    first.handed_in(timeout=5_400_000)
    took = time.perf_counter() - started
    own = {change["id"] for change in changes}
    assert set(Change.objects.values_list("pk", flat=True)) == own and not drops
    assert Photo.objects.count() == VISITS * PHOTOS
    size = sum(Photo.objects.values_list("size", flat=True)) / 1e6
    print(
        f"all handed in, {size:.1f} MB, after a week through 3 broken connections in {took:.0f} s; nothing lost, nothing doubled"
    )


def enter(officer: Officer, uid: str, pictures: list[Path]) -> None:
    """Answer every point of a visit and take six photos."""
    page = officer.page
    page.evaluate(f"location.hash = '#/{uid}/check'")
    expect(page.locator(".point")).to_have_count(20)
    page.evaluate("document.querySelectorAll('.point input[value=pass]').forEach((input) => input.click())")
    page.evaluate(f"location.hash = '#/{uid}/facts'")
    page.locator("input[type=file]").set_input_files(pictures)
    expect(page.locator(".photos img")).to_have_count(len(pictures), timeout=60_000)
    officer.saved()


def break_off(officer: Officer, at: set[int]) -> set[int]:
    """Break off those of the writing requests: the office takes them in, the phone never hears of it. Returns what is still to come."""
    count = [0]

    def route(one: Route) -> None:
        if one.request.method == "POST":
            count[0] += 1
            if count[0] in at:
                at.discard(count[0])
                one.fetch()
                one.abort("connectionreset")
                return
        one.continue_()

    officer.context.route("**/visits/api/**", route)
    return at
