"""The server is killed (SIGKILL) while it imports, announces, draws or takes in what a phone brings, later and later until it gets through, on either
database: nothing is lost, nothing is half done, the audit finds nothing, the page says what happened, and the same step can be taken again.
"""
# ruff: noqa: F401, F811  (fixtures come in by name)

import json
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
from shutil import copytree, rmtree
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from databases import drop_database, fresh_database
from lottery.conftest import RANDOMNESS, Clock, Story, clock, county, story
from office.conftest import client_of, people, quick_passwords
from rosters import line, workbook
from sunlot.office.accounts.models import User
from sunlot.office.imports import services as imports
from sunlot.office.imports.models import Batch, Written
from sunlot.office.journal.audit import audit, findings_besides
from sunlot.office.journal.models import Event
from sunlot.office.lottery.models import Draw, Round
from sunlot.office.lottery.register import folder_of, register
from sunlot.office.roster.models import Firm
from sunlot.office.start import open_office
from sunlot.office.visits.models import Change, Visit
from visits.conftest import Phone, drawn, item_list, officers, phone_of, ready

SERVER = """
import os, sys
sys.path.insert(0, sys.argv[1])
import django
django.setup()
import sunlot.office.urls
from pathlib import Path
from inside import serve_inside
from sunlot.office.journal.clock import held
from sunlot.office.start import open_office
for line in sys.stdin:
    home, database, at = line.rstrip("\\n").split("\\t")
    if not os.fork():
        open_office(Path(home), database)
        with held(at), serve_inside() as url:
            print(os.getpid(), url, flush=True)
            sys.stdin.read()
    os.wait()
    print("ended", flush=True)
"""
ANNOUNCED = "2023-08-22T01:00:00Z"
ROWS = 600
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


@dataclass
class Browser:
    """Somebody's browser, logged in, which sends a step over the network."""

    cookies: str
    token: str

    def post(self, url: str, data: str, media: str) -> int:
        headers = {"Cookie": self.cookies, "X-CSRFToken": self.token, "Content-Type": media}
        with urllib.request.urlopen(urllib.request.Request(url, data.encode(), headers), timeout=60) as answer:
            return int(answer.status)


def browser_of(user: User) -> Browser:
    client, token = Client(), "t" * 32
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return Browser(f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}", token)


@dataclass(frozen=True)
class Copy:
    """An office as it was before the step: its folder and its database, empty for SQLite in the folder."""

    home: Path
    url: str

    def says(self, query: str) -> object:
        """Return what the database of another process answers at this moment."""
        if self.url:
            with psycopg.connect(self.url) as reader:
                row = reader.execute(query).fetchone()  # type: ignore[arg-type]
        else:
            with closing(sqlite3.connect(self.home / "office.sqlite3", timeout=5)) as reader:
                row = reader.execute(query).fetchone()
        return row[0] if row else None

    def settle(self) -> None:
        """Wait until PostgreSQL has seen that its client is gone, as it has long before a server is started again."""
        if self.url:
            base, _, name = self.url.rpartition("/")
            with psycopg.connect(base + "/postgres", autocommit=True) as watch:
                while watch.execute("SELECT 1 FROM pg_stat_activity WHERE datname = %s", [name]).fetchone():
                    time.sleep(0.01)

    def end(self) -> None:
        rmtree(self.home)
        if self.url:
            drop_database(self.url)


def copy_of(ready: Path, url: str, folder: Path, number: int) -> Copy:
    home = folder / f"killed-{number}"
    copytree(ready, home)
    return Copy(home, fresh_database(f"k{uuid4().hex}", copy_of=url.rpartition("/")[2]) if url else "")


@pytest.fixture(scope="module")
def server() -> Iterator["subprocess.Popen[str]"]:
    """A process that has the program loaded and serves any office in a child of its own, whose clock stands."""
    beside = str(Path(__file__).resolve().parents[1] / "browser")
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "sunlot.office.settings"}
    command = [sys.executable, "-c", SERVER, beside]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True, bufsize=1
    ) as process:
        yield process
        process.kill()


Moment = Callable[[Copy], bool]
Step = tuple[str, str, str, User]  # address, what is sent, its media type, who sends it


def kill(
    server: "subprocess.Popen[str]", copy: Copy, at: str, browser: Browser, step: Step, seconds: float, when: Moment
) -> bool:
    """Send a step, kill the server when the moment has come or so many seconds later; return whether the answer had come by then."""
    assert server.stdin and server.stdout
    answered = threading.Event()

    def send(url: str) -> None:
        with suppress(OSError):
            browser.post(url + step[0], step[1], step[2])
            answered.set()

    server.stdin.write(f"{copy.home}\t{copy.url}\t{at}\n")
    process, url = server.stdout.readline().split()
    sender = threading.Thread(target=send, args=[url])
    sender.start()
    end = time.monotonic() + seconds
    while not answered.is_set() and time.monotonic() < end and not when(copy):
        time.sleep(0.0005)
    os.kill(int(process), signal.SIGKILL)
    assert server.stdout.readline() == "ended\n"
    sender.join()
    copy.settle()
    return answered.is_set()


@dataclass
class Killer:
    """Kills a step of one office in copies of it."""

    server: "subprocess.Popen[str]"
    ready: Path
    folder: Path

    def every_moment(self, at: str, step: Step, look: Callable[[], bool], *moments: Moment) -> int:
        """Kill a step in copies of the office, at later and later times and then at each of the moments, and look at each copy.

        `look` checks the office and returns whether the step was done. Returns how often it was cut off.
        """
        browser, url = browser_of(step[3]), str(settings.DATABASE_URL)
        connection.close()
        cut, seconds, through, copies = 0, 0.03, False, count()
        waiting: list[Moment] = list(moments)
        while not through or waiting:
            copy = copy_of(self.ready, url, self.folder, next(copies))
            now = waiting.pop() if through else lambda _: False
            answered = kill(self.server, copy, at, browser, step, 60 if through else seconds, now)
            assert not (through and answered), "the moment never came"
            open_office(copy.home, copy.url)
            assert look() or not answered
            connection.close()
            copy.end()
            cut += not answered
            through = through or answered
            seconds *= 1.7
        open_office(self.ready, url)
        return cut


@pytest.fixture
def killer(server: "subprocess.Popen[str]", office: Path, tmp_path: Path) -> Killer:
    return Killer(server, office, tmp_path)


def nothing_is_found() -> None:
    assert audit(besides=findings_besides()).findings == []


def test_an_import(killer: Killer, clock: Clock, people: dict[str, User], tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", (line(number) for number in range(ROWS)))
    imports.take_in(people["clerk"], [(path.name, path.read_bytes())])
    batch = Batch.objects.get()

    def look() -> bool:
        state = Batch.objects.get().state
        assert (Firm.objects.count(), Written.objects.count()) == ((ROWS, ROWS) if state == "applied" else (0, 0))
        nothing_is_found()
        return bool(state == "applied")

    step = (f"/imports/{batch.pk}/apply/", f"version={batch.version}", FORM, people["clerk"])
    assert killer.every_moment(ANNOUNCED, step, look) >= 3


def test_an_announcement(killer: Killer, story: Callable[..., Story]) -> None:
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

    step = (f"/lottery/rounds/{told.row.pk}/announce/", "", FORM, clerk)
    moments: list[Moment] = [
        lambda copy: copy.says("SELECT state FROM lottery_round") == "announcing",
        lambda copy: (copy.home / "draws" / "379921-2023-0001").is_dir(),
    ]
    assert killer.every_moment(ANNOUNCED, step, look, *moments) >= 5
    assert said.count("announcing") >= 2


def test_a_draw(killer: Killer, story: Callable[..., Story]) -> None:
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

    step = (f"/lottery/draws/{name}/run/", "", FORM, clerk)
    lies_there: Moment = lambda copy: bool(list((copy.home / "draws" / name).glob("*-outcome")))  # noqa: E731
    assert killer.every_moment(at, step, look, lies_there) >= 3
    assert said, "no kill fell between the folder and the log"


def test_what_a_phone_brings(
    killer: Killer, ready: Callable[..., Visit], phone_of: Callable[[str], Phone], clock: Clock
) -> None:
    visit = ready()
    phone = phone_of(officers(visit)[0])
    phone.enter(f"checkin/{phone.person}", {"pledge": True})
    for number in range(300):
        phone.enter("summary", f"查看现场和台账，第{number}次改写")
    body = {"changes": phone.log}

    def look() -> bool:
        there = Change.objects.filter(visit__uid=visit.uid).count()
        assert there in (0, len(phone.log))
        assert (Visit.objects.get(uid=visit.uid).state == "underway") == bool(there)
        nothing_is_found()
        again = phone.send(visit.uid)
        assert (len(again["known"]), len(again["accepted"])) == (there, len(phone.log) - there)
        assert Change.objects.filter(visit__uid=visit.uid).count() == len(phone.log)
        assert Event.objects.filter(act="visit.changes").count() == 1
        return bool(there)

    step = (f"/visits/api/{visit.uid}/changes/", json.dumps(body), JSON, phone.user)
    assert killer.every_moment(clock.at, step, look) >= 3
