"""An export that was killed is finished by the next; what it left behind, what was altered by hand, and what is no longer public are put right."""
# ruff: noqa: F811  (fixtures come in by name)

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lottery.conftest import Clock, Story
from sqlite_only import office  # noqa: F401
from sunlot.office.disclosure import export
from sunlot.office.disclosure.export import MANIFEST, UNFINISHED, write_site
from sunlot.office.journal.services import deed
from sunlot.office.roster.snapshots import take_snapshot


def bytes_of(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def files_in(folder: Path) -> int:
    """Return how many files lie there now, whoever is renaming them."""
    return sum(len(files) for _folder, _folders, files in os.walk(folder))


@pytest.mark.parametrize("written", [1, 40, 90])
def test_one_that_was_killed_is_finished_by_the_next(
    written: int, office: Path, story: Callable[..., Story], tmp_path: Path
) -> None:
    told = story().announced()
    take_snapshot(told.people["clerk"], told.row.date)
    site = tmp_path / "site"
    command = [sys.executable, "-m", "sunlot.cli", "publish", "--home", str(office), "--out", str(site)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        while files_in(site) < written and running.poll() is None:
            time.sleep(0.002)
        os.kill(running.pid, signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL and not (site / MANIFEST).exists()
    if (site / UNFINISHED).is_file():
        (site / "results").mkdir(exist_ok=True)
        (site / "results/withdrawn.html").write_text("written by the killed export, withdrawn since")
    write_site(site)
    write_site(tmp_path / "other")
    assert bytes_of(site) == bytes_of(tmp_path / "other")


def test_what_is_not_ours_is_left_alone_even_after_an_interruption(
    people: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    write_site(site)
    (site / ".htaccess").write_text("Options -Indexes")

    def halfway(base: str = "") -> Iterator[tuple[str, bytes]]:
        yield "index.html", b"new"
        yield "results/new.html", b"new"
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(export, "files", halfway)
        with pytest.raises(KeyboardInterrupt):
            write_site(site)
    assert (site / UNFINISHED).is_file()
    done = write_site(site)
    assert done.removed == ["results/new.html"] and "index.html" in done.written
    assert (site / ".htaccess").is_file() and not (site / UNFINISHED).exists()


def test_a_file_altered_to_the_same_length_is_repaired(people: object, tmp_path: Path) -> None:
    write_site(tmp_path / "site")
    page = tmp_path / "site/index.html"
    genuine = page.read_bytes()
    page.write_bytes(genuine.replace(b"UTF-8", b"UTF-9").replace("抽签".encode(), "挑选".encode()))
    assert page.stat().st_size == len(genuine) and page.read_bytes() != genuine
    assert write_site(tmp_path / "site").written == ["index.html"]
    assert page.read_bytes() == genuine


def test_every_page_says_of_which_day_and_how_long_a_log_it_speaks(
    people: object, tmp_path: Path, clock: Clock
) -> None:
    site = tmp_path / "site"
    write_site(site)
    assert "截至 2023-08-20，日志共" in (site / "as-of/picture.svg").read_text()
    told = json.loads((site / "as-of/index.json").read_bytes())
    assert all("picture.svg" in path.read_text() for path in site.rglob("index.html"))
    with deed(by="u/console") as doing:
        doing.record("log.audited", "log", {"size": 1, "findings": 0})
    written = write_site(site).written
    assert json.loads((site / "as-of/index.json").read_bytes())["log_size"] == told["log_size"] + 1
    assert {path for path in written if path.endswith(".html")} == {"as-of/index.html", "en/as-of/index.html"}
    clock.at = "2023-08-21T01:00:00Z"
    assert set(write_site(site).written) >= {"as-of/picture.svg"}
    assert "截至 2023-08-21" in (site / "as-of/picture.svg").read_text()
