"""A real file system with no room left while an office works on it: whoever did something is told so, nothing is half done, and with room it goes on."""
# ruff: noqa: F401, F811  (fixtures come in by name)

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from django.db import connection

from lottery.conftest import Clock, Story, clock, county, story
from office.conftest import client_of, people, quick_passwords
from rosters import line, workbook
from sqlite_only import office
from sunlot.office.accounts.models import User
from sunlot.office.imports import services as imports
from sunlot.office.imports.models import Batch
from sunlot.office.start import open_office
from sunlot.office.visits.models import Visit
from visits.conftest import Phone, drawn, item_list, officers, phone_of, ready

TRY = """
import json, os, sys
from pathlib import Path
from shutil import copytree, rmtree
ready, disk, at, rooms, what = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], json.loads(sys.argv[4]), sys.argv[5]
home = disk / "office"
from sunlot.office.start import open_office
open_office(ready, "")
from django.db import connection
from django.test import Client
from sunlot.office.accounts.models import User
from sunlot.office.journal.audit import audit, findings_besides
from sunlot.office.journal.clock import held

def client_of(name):
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend")
    return client

def post(address, data=None, by="clerk", **more):
    answer = clients[by].post(address, data, **more)
    return answer.status_code, answer.content.decode()

clients = {}
exec(what)  # act() returns a status and what is said, state() what was done
for room in rooms:
    connection.close()
    for path in disk.iterdir():
        rmtree(path) if path.is_dir() else path.unlink()
    copytree(ready, home)
    open_office(home, "")
    clients = {name: client_of(name) for name in people}
    free = os.statvfs(disk)
    (disk / "filler").write_bytes(b"x" * max(0, free.f_bavail * free.f_frsize - room * 1024))
    with held(at):
        status, page = act()
        (disk / "filler").unlink()
        clients[people[0]].get("/lottery/")
        told = {"room": room, "status": status, "page": page, "after": state()}
        told["findings"] = [finding.text for finding in audit(besides=findings_besides()).findings]
        if status not in (200, 302):
            act()
        told["again"] = state()
    print("told", json.dumps(told), flush=True)
"""
ROOMS = (8, 32, 64, 96, 128, 192, 256, 320, 384, 512, 768, 1024, 1536)  # KiB
DONE = (200, 302)


def on_a_small_disk(
    home: Path, disk: Path, at: str, what: str, people: tuple[str, ...] = ("clerk",), rooms: tuple[int, ...] = ROOMS
) -> list[dict[str, object]]:
    """Try a step on a disk with little room, more each time, and return what was seen each time."""
    connection.close()
    disk.mkdir()
    inside = f'mount -t tmpfs -o size=32m none "{disk}" && exec "$0" "$@"'
    given = [str(home), str(disk), at, json.dumps(rooms), f"people = {people!r}\n{what}"]
    command = ["unshare", "-m", "sh", "-c", inside, sys.executable, "-c", TRY, *given]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "sunlot.office.settings"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if "mount:" in done.stderr or "unshare:" in done.stderr:
        pytest.skip("this user may not mount a small disk")
    assert done.returncode == 0, done.stderr
    open_office(home, "")
    return [json.loads(text[5:]) for text in done.stdout.splitlines() if text.startswith("told ")]


def held_to(
    tries: list[dict[str, object]], before: list[object], after: list[object], partly: tuple[list[object], ...] = ()
) -> None:
    """Every try either did the step or told about the disk and did nothing; with room, the step was done. `partly`: what may be there besides."""
    for told in tries:
        assert told["findings"] == [], told["room"]
        assert told["again"] == after, (told["room"], told["page"])
        if told["status"] in DONE:
            assert told["after"] == after
        else:
            assert told["status"] in (2, 409, 507), told["page"]
            assert "磁盘" in str(told["page"]), told["room"]
            assert told["after"] in (before, after, *partly), told["room"]
    refused = [told["status"] not in DONE for told in tries]
    assert not all(refused)
    assert sum(refused) >= 3


LOTTERY = """
from sunlot.office.lottery.models import Disc, Draw, Round
def act():
    return post({address!r})
def state():
    draw = Draw.objects.first()
    return [Round.objects.get().state, draw.steps if draw else 0]
"""


def test_an_announcement(story: Callable[..., Story], office: Path, tmp_path: Path) -> None:
    told = story().approved()
    what = LOTTERY.format(address=f"/lottery/rounds/{told.row.pk}/announce/")
    tries = on_a_small_disk(office, tmp_path / "disk", "2023-08-22T01:00:00Z", what)
    held_to(tries, ["approved", 0], ["announced", 1])


def test_a_draw(story: Callable[..., Story], office: Path, tmp_path: Path) -> None:
    told = story().announced().sealed()
    what = LOTTERY.format(address=f"/lottery/draws/{told.name}/run/")
    tries = on_a_small_disk(office, tmp_path / "disk", told.clock.at, what)
    held_to(tries, ["announced", 2], ["announced", 3])


DISCS = """
from sunlot.office.lottery.models import Disc
def act():
    return post("/lottery/draws/{draw}/discs/make/", {{"size": "cd"}})
def state():
    bags, discs = home / "bags", home / "discs" / "{draw}"
    lies = [len(list(folder.iterdir())) if folder.is_dir() else 0 for folder in (bags, discs)]
    return [*lies, sorted(Disc.objects.values_list("seal", flat=True))]
"""


def test_a_bag_and_its_discs(story: Callable[..., Story], office: Path, tmp_path: Path) -> None:
    told = story().drawn()
    what = DISCS.format(draw=told.name)
    tries = on_a_small_disk(office, tmp_path / "disk", told.clock.at, what, rooms=(16, 512, 2048, 16384))
    seals = ["2023-0001", "2023-0002"]
    held_to(tries, [0, 0, []], [1, 1, seals], partly=([1, 0, []],))  # the bag is whole before its discs are begun


IMPORT = """
from sunlot.office.imports.models import Batch, Written
from sunlot.office.roster.models import Firm
def act():
    batch = Batch.objects.get()
    return post(f"/imports/{batch.pk}/apply/", {"version": batch.version})
def state():
    return [Batch.objects.get().state, Firm.objects.count(), Written.objects.count()]
"""


def test_an_import(clock: Clock, people: dict[str, User], office: Path, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", (line(number) for number in range(600)))
    imports.take_in(people["clerk"], [(path.name, path.read_bytes())])
    tries = on_a_small_disk(office, tmp_path / "disk", clock.at, IMPORT, rooms=(8, 128, 512, 8192))
    held_to(tries, ["read", 0, 0], ["applied", 600, 600])


PHOTO = """
from hashlib import sha256
from sunlot.office.visits import photos
from sunlot.office.visits.models import Photo, Visit
data = b"\\xff\\xd8\\xff\\xe0" + b"sunlot" * 80_000
digest = sha256(data).hexdigest()
def act():
    there = clients[people[0]].get(f"/visits/api/{uid}/photos/{digest}/").json()
    address = f"/visits/api/{uid}/photos/{digest}/?offset={there['have']}&size={len(data)}"
    return post(address, data[there["have"]:], people[0], content_type="application/octet-stream")
def state():
    return [Photo.objects.count(), photos.whole(Visit.objects.get(uid=uid), digest)]
"""


def test_a_photo_from_a_phone(
    ready: Callable[..., Visit], phone_of: Callable[[str], Phone], clock: Clock, office: Path, tmp_path: Path
) -> None:
    visit = ready()
    phone = phone_of(officers(visit)[0])
    what = f"uid = {visit.uid!r}{PHOTO}"
    people = (phone.user.username,)
    tries = on_a_small_disk(office, tmp_path / "disk", clock.at, what, people, rooms=(8, 64, 256, 4096))
    held_to(tries, [0, False], [1, True])


SITE = """
import contextlib, io
from sunlot.cli import main
from sunlot.office.disclosure import export
def act():
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
        code = main(["publish", "--home", str(home), "--out", str(disk / "site"), "--zip"])
    return (code or 302), said.getvalue()
def state():
    site = disk / "site"
    parts = [path.name for path in disk.rglob(".*") if path.name.endswith(".part") or path.name.startswith(".tmp")]
    return [parts, (site / export.MANIFEST).is_file() and (disk / "site.zip").is_file()]
"""


def test_the_public_site_as_files(story: Callable[..., Story], office: Path, tmp_path: Path) -> None:
    told = story().announced()
    tries = on_a_small_disk(office, tmp_path / "disk", told.clock.at, SITE, rooms=(16, 64, 256, 16384))
    held_to(tries, [[], False], [[], True])
