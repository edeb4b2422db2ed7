"""The static site with results corrected, withdrawn and late: every link leads to a file, every page is sound, reachable, and the same twice."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from disclosure.html import targets
from disclosure.test_the_site_is_written_as_files import pages
from lottery.conftest import Clock
from release.conftest import FINDING, Finish, another, grant, problem
from sunlot.office.accounts.models import User
from sunlot.office.disclosure.export import write_site, write_zip
from sunlot.office.release.asking import ask_correction, ask_release, ask_withdrawal
from sunlot.office.release.models import Release

Give = Callable[..., Release]


@pytest.fixture
def site(finish: Finish, release: Give, people: dict[str, User], clock: Clock, tmp_path: Path) -> Path:
    """The site with a corrected result and a withdrawn one, written to files."""
    first = finish(more=problem("安全出口堵塞<b>"))
    second = finish(another(people, first), outcome="unreachable")
    finish(another(people, first))
    row, gone = release(first), release(second)
    grant(people, ask_correction(people["clerk"], row.pk, {f"{FINDING}/text": "一处安全出口堵塞"}, "用语不准确"))
    grant(people, ask_withdrawal(people["clerk"], gone.pk, "登记错误", date(2023, 9, 20)))
    clock.at = "2023-11-01T01:00:00Z"
    write_site(tmp_path / "site", "https://x.example/a/")
    return tmp_path / "site"


def test_every_link_leads_to_a_file_and_every_page_is_sound(site: Path) -> None:
    read = pages(site)
    assert {"results/index.html", "results/2023-00001/index.html", "penalties/index.html"} <= read.keys()
    for path, page in read.items():
        assert page.faults == [], path
        for target, anchor in targets(path, page.links):
            assert (site / target).is_file(), f"{path} leads to {target}"
            assert not anchor or anchor in read[target].ids, f"{path} leads to {target}#{anchor}"


def test_every_page_can_be_reached_from_the_first(site: Path) -> None:
    read, reached, waiting = pages(site), {"index.html"}, ["index.html"]
    while waiting:
        page = waiting.pop()
        for target, _ in targets(page, read[page].links):
            if target in read and target not in reached:
                reached.add(target)
                waiting.append(target)
    assert {path for path, page in read.items() if not page.moved} == reached


def test_files_and_live_site_say_the_same(site: Path, read: Callable[[str], str]) -> None:
    for address in (
        "results/2023-00001/1.json",
        "results/2023-00001/2.json",
        "results/index.csv",
        "results/index.json",
    ):
        assert (site / address).read_bytes().decode("utf-8-sig") == read(address), address
    assert not (site / "results/2023-00002/1.json").exists()
    assert "2023-00002" in (site / "results/index.html").read_text()
    assert "https://x.example/a/results/2023-00001/" in (site / "sitemap.xml").read_text()
    assert "https://x.example/a/results/2023-00001/" in (site / "feed.atom").read_text()
    assert "<form" not in (site / "results/index.html").read_text()


def test_the_same_site_twice_and_only_what_changed(site: Path, people: dict[str, User], tmp_path: Path) -> None:
    assert write_site(site, "https://x.example/a/").written == []
    write_site(tmp_path / "other", "https://x.example/a/")
    assert write_zip(site).read_bytes() == write_zip(tmp_path / "other").read_bytes()
    third = Release.objects.count() + 1
    from sunlot.office.release import waiting

    grant(people, ask_release(people["clerk"], "result", [waiting.to_release().get().pk], {}, "检查已办结"))
    written = write_site(site, "https://x.example/a/").written
    assert f"results/2023-0000{third}/index.html" in written and "results/index.json" in written
    assert not [path for path in written if path.endswith(("1/1.json", "1/2.json"))]


def test_everything_of_a_draw_is_released_with_one_decision(
    finish: Finish, people: dict[str, User], read: Callable[[str], str]
) -> None:
    first = finish()
    visits = [first, finish(another(people, first)), finish(another(people, first))]
    asked = ask_release(people["clerk"], "result", [visit.pk for visit in visits], {}, "检查已办结")
    assert asked.title == f"抽查结果公示：抽取 {first.draw}，3 户"
    grant(people, asked)
    assert sorted(row.number for row in Release.objects.all()) == ["2023-00001", "2023-00002", "2023-00003"]
    assert "已公示 3 件" in read(f"draws/{first.draw}/results.html")
