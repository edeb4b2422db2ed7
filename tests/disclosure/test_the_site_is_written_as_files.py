"""`sunlot publish`: the whole site as files, whose links all lead somewhere, the same bytes twice, only what changed written again."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from disclosure.html import Page, targets
from lottery.conftest import Clock, Story
from sunlot.cli import main
from sunlot.office.disclosure.export import MANIFEST, write_site, write_zip
from sunlot.office.journal import checkpoints
from sunlot.office.lottery.models import Draw
from sunlot.office.roster.snapshots import take_snapshot
from sunlot.refusal import Refusal

AFTER = "2023-11-01T01:00:00Z"


@pytest.fixture
def site(story: Callable[..., Story], clock: Clock, tmp_path: Path) -> Path:
    """The site of a county whose round is over, written to files."""
    told = story().done()
    clock.at = AFTER
    take_snapshot(told.people["clerk"], told.row.date)
    write_site(tmp_path / "site")
    return tmp_path / "site"


def pages(site: Path) -> dict[str, Page]:
    """Return every page of the site but the verifier, by path."""
    found = {path.relative_to(site).as_posix(): path for path in site.rglob("*.html")}
    return {
        path: Page(place.read_text())
        for path, place in found.items()
        if path != "verify/verifier.html" and "/bag/" not in path
    }


def test_every_link_leads_to_a_file_and_every_page_is_sound(site: Path) -> None:
    read = pages(site)
    assert len(read) > 60
    for path, page in read.items():
        assert page.faults == [], path
        for target, anchor in targets(path, page.links):
            assert (site / target).is_file(), f"{path} leads to {target}"
            assert not anchor or anchor in (read[target].ids if target in read else []), (
                f"{path} leads to {target}#{anchor}"
            )


def test_the_reader_is_strict() -> None:
    whole = '<!doctype html>\n<html lang="zh-CN"><head><title>t</title></head><body><h1>h</h1>{}</body></html>'
    assert Page(whole.format("<p>好</p>")).faults == []
    for wrong in (
        "<p>a",
        "<p><ul></ul></p>",
        "<table><p>a</p></table>",
        "<a href=x>a<a href=y>b</a></a>",
        '<b id="a"></b><b id="a"></b>',
        "<p>a &nothing; b</p>",
        '<img src="x">',
        "<h3>a</h3>",
        "<script>1</script>",
        '<p title="a" title="b">a</p>',
    ):
        assert Page(whole.format(wrong)).faults, wrong


def test_every_page_can_be_reached_from_the_first(site: Path) -> None:
    read, reached, waiting = pages(site), {"index.html"}, ["index.html"]
    while waiting:
        page = waiting.pop()
        for target, _ in targets(page, read[page].links):
            if target in read and target not in reached:
                reached.add(target)
                waiting.append(target)
    assert {path for path, page in read.items() if not page.moved} == reached


def test_the_same_site_twice_is_the_same_bytes_and_nothing_is_written_again(site: Path, tmp_path: Path) -> None:
    again = write_site(site)
    assert again.written == [] and again.left > 60
    write_site(tmp_path / "other")
    assert write_zip(site).read_bytes() == write_zip(tmp_path / "other").read_bytes()


def test_only_what_changed_is_written_and_what_is_gone_is_taken_away(site: Path, office: Path) -> None:
    checkpoints.sign(office)
    (site / "firms").rename(site / "gone")  # somebody moved a folder by hand
    done = write_site(site)
    assert "log/checkpoint" in done.written
    assert any(path.startswith("firms/") for path in done.written)
    assert not any(path.startswith(("items/", "assets/")) for path in done.written)
    (site / "index.html").write_text("someone wrote over the first page, at another length")
    assert "index.html" in write_site(site).written


def test_a_folder_with_other_things_is_left_alone(people: object, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(Refusal, match="有别的文件"):
        write_site(tmp_path / "photos")
    (tmp_path / "photos" / MANIFEST).write_text(
        '{"format":"sunlot-public/1 site","files":[{"path":"../x","sha256":""}]}'
    )
    with pytest.raises(Refusal, match="文件夹以外"):
        write_site(tmp_path / "photos")


def test_the_command_writes_site_and_zip(
    office: Path, people: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [
        "publish",
        "--home",
        str(office),
        "--out",
        str(tmp_path / "site"),
        "--base",
        "https://x.example/a/",
        "--zip",
    ]
    assert main(arguments) == 0
    assert "公开网站共" in capsys.readouterr().out
    with zipfile.ZipFile(io.BytesIO((tmp_path / "site.zip").read_bytes())) as file:
        assert {"index.html", "en/index.html", "sitemap.xml", "feed.atom"} <= set(file.namelist())
        assert b"https://x.example/a/draws/" in file.read("sitemap.xml")
    assert main(["publish", "--home", str(office), "--out", str(tmp_path / "site"), "--base", "x.example"]) == 2
    assert main(["publish", "--home", str(tmp_path / "nowhere"), "--out", str(tmp_path / "site")]) == 2


def test_a_draw_of_the_site_verifies_from_its_own_bag(site: Path, tmp_path: Path) -> None:
    draw = Draw.objects.get()
    with zipfile.ZipFile(site / "draws" / draw.pk / "bag.zip") as file:
        file.extractall(tmp_path / "bag")
    unpacked = {
        path.relative_to(tmp_path / "bag" / draw.pk).as_posix(): path.read_bytes()
        for path in (tmp_path / "bag").rglob("*")
        if path.is_file()
    }
    published = site / "draws" / draw.pk / "bag"
    assert unpacked == {
        path.relative_to(published).as_posix(): path.read_bytes() for path in published.rglob("*") if path.is_file()
    }
    assert main(["bag", "verify", str(tmp_path / "bag" / draw.pk)]) in (0, 3)
