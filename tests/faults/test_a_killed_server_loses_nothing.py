"""The server is killed (SIGKILL) while it imports, announces or draws, later and later until it gets through: nothing is lost, nothing is half
done, the audit finds nothing, the page says what happened, and the same step can be taken again.
"""
# ruff: noqa: F401, F811  (fixtures come in by name)

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from shutil import copytree

import pytest
from django.db import connection
from django.test import Client

from lottery.conftest import RANDOMNESS, Clock, Story, clock, county, story
from office.conftest import client_of, people, quick_passwords
from rosters import line, workbook
from sqlite_only import office
from sunlot.office.accounts.models import User
from sunlot.office.imports import services as imports
from sunlot.office.imports.models import Batch, Written
from sunlot.office.journal.audit import audit, findings_besides
from sunlot.office.journal.models import Event
from sunlot.office.lottery.models import Draw, Round
from sunlot.office.lottery.register import folder_of, register
from sunlot.office.roster.models import Firm
from sunlot.office.start import open_office

SERVE = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from sunlot.office.start import open_office
open_office(Path(sys.argv[1]), "")
from sunlot.office.journal.clock import held
from inside import serve_inside
with held(sys.argv[2]), serve_inside() as url:
    print(url, flush=True)
    sys.stdin.read()
"""
ANNOUNCED = "2023-08-22T01:00:00Z"
ROWS = 600


@dataclass
class Browser:
    """Somebody's browser, logged in, which sends a step over the network."""

    cookies: str
    token: str

    def post(self, url: str, data: str) -> int:
        headers = {
            "Cookie": self.cookies,
            "X-CSRFToken": self.token,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        with urllib.request.urlopen(urllib.request.Request(url, data.encode(), headers), timeout=60) as answer:
            return int(answer.status)


def browser_of(user: User) -> Browser:
    client, token = Client(), "t" * 32
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return Browser(f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}", token)


@contextmanager
def served(home: Path, at: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Serve an office in a process of its own, whose clock stands."""
    beside = str(Path(__file__).resolve().parents[1] / "browser")
    environment = os.environ | {"SUNLOT_HOME": str(home), "DJANGO_SETTINGS_MODULE": "sunlot.office.settings"}
    command = [sys.executable, "-c", SERVE, str(home), at, beside]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        try:
            assert process.stdout
            yield process.stdout.readline().decode().strip(), process
        finally:
            process.kill()


Moment = Callable[[Path], bool]


def kill(home: Path, at: str, browser: Browser, step: tuple[str, str], seconds: float, when: Moment) -> bool:
    """Send a step, kill the server when the moment has come or so many seconds later; return whether the answer had come by then."""
    path, data = step
    answered = threading.Event()

    def send(url: str) -> None:
        with suppress(OSError):
            browser.post(url + path, data)
            answered.set()

    with served(home, at) as (url, process):
        sender = threading.Thread(target=send, args=[url])
        sender.start()
        end = time.monotonic() + seconds
        while not answered.is_set() and time.monotonic() < end and not when(home):
            time.sleep(0.0005)
        process.send_signal(signal.SIGKILL)
        process.wait()
        sender.join()
    return answered.is_set()


def every_moment(
    ready: Path, folder: Path, at: str, step: tuple[str, str, User], look: Callable[[], bool], *moments: Moment
) -> int:
    """Kill a step in copies of the office, at later and later times and then at each of the moments, and look at each copy.

    `look` checks the office and returns whether the step was done. Returns how often it was cut off.
    """
    browser = browser_of(step[2])
    connection.close()
    cut, seconds, through, copies = 0, 0.03, False, count()
    waiting: list[Moment] = list(moments)
    while not through or waiting:
        home = folder / f"killed-{next(copies)}"
        copytree(ready, home)
        now = waiting.pop() if through else lambda _: False
        answered = kill(home, at, browser, step[:2], 60 if through else seconds, now)
        assert not (through and answered), "the moment never came"
        open_office(home, "")
        assert look() or not answered
        connection.close()
        cut += not answered
        through = through or answered
        seconds *= 1.6
    open_office(ready, "")
    return cut


def says(home: Path, query: str, answer: object) -> bool:
    """Return whether the database of another process answers a query so."""
    with closing(sqlite3.connect(home / "office.sqlite3", timeout=5)) as reader:
        return bool(reader.execute(query).fetchone()[0] == answer)


def nothing_is_found() -> None:
    assert audit(besides=findings_besides()).findings == []


def test_an_import(clock: Clock, people: dict[str, User], office: Path, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", (line(number) for number in range(ROWS)))
    imports.take_in(people["clerk"], [(path.name, path.read_bytes())])
    batch = Batch.objects.get()

    def look() -> bool:
        state = Batch.objects.get().state
        assert (Firm.objects.count(), Written.objects.count()) == ((ROWS, ROWS) if state == "applied" else (0, 0))
        nothing_is_found()
        return bool(state == "applied")

    step = (f"/imports/{batch.pk}/apply/", f"version={batch.version}", people["clerk"])
    assert every_moment(office, tmp_path, ANNOUNCED, step, look) >= 3


def test_an_announcement(story: Callable[..., Story], office: Path, tmp_path: Path) -> None:
    told = story().approved()
    told.clock.at = ANNOUNCED
    clerk = told.people["clerk"]
    said: list[str] = []

    def look() -> bool:
        client = Client()
        client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
        was = Round.objects.get().state
        page = client.get("/lottery/").content.decode()
        row = Round.objects.get()
        assert row.state in ("approved", "announced")
        assert Event.objects.filter(act="draw.notice").count() == Draw.objects.count() == (row.state == "announced")
        assert len(list(register().glob("[!.]*"))) == Draw.objects.count()
        assert ("发布途中中断过" in page) == (was == "announcing")
        said.append(was)
        nothing_is_found()
        if row.state == "approved":
            assert client.post(f"/lottery/rounds/{row.pk}/announce/").status_code == 302
            assert Draw.objects.get().pk == "379921-2023-0001"
            return False
        return True

    step = (f"/lottery/rounds/{told.row.pk}/announce/", "", clerk)
    moments: list[Moment] = [
        lambda home: says(home, "SELECT state FROM lottery_round", "announcing"),
        lambda home: (home / "draws" / "379921-2023-0001").is_dir(),
    ]
    assert every_moment(office, tmp_path, ANNOUNCED, step, look, *moments) >= 5
    assert said.count("announcing") >= 2


def test_a_draw(story: Callable[..., Story], office: Path, tmp_path: Path) -> None:
    told = story().announced().sealed()
    at, name, clerk = told.clock.at, told.name, told.people["clerk"]
    said: list[str] = []

    def look() -> bool:
        client = Client()
        client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
        known = Draw.objects.get().steps
        lies = len(folder_of(name).steps)
        page = client.get(f"/lottery/draws/{name}/result/").content.decode()
        assert ("现已补登日志" in page) == (lies > known)
        said.extend(["late"] * (lies > known))
        draw = Draw.objects.get()
        assert (draw.steps, draw.state) in ((2, "seeded"), (3, "drawn"))
        assert Event.objects.filter(act="draw.outcome").count() == (draw.state == "drawn")
        nothing_is_found()
        if draw.state == "seeded":
            assert client.post(f"/lottery/draws/{name}/run/").status_code == 302
            assert Draw.objects.get().state == "drawn"
            return False
        return True

    step = (f"/lottery/draws/{name}/run/", "", clerk)
    lies_there: Moment = lambda home: bool(list((home / "draws" / name).glob("*-outcome")))  # noqa: E731
    assert every_moment(office, tmp_path, at, step, look, lies_there) >= 3
    assert said, "no kill fell between the folder and the log"
