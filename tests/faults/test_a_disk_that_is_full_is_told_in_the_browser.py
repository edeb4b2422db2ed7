"""A real file system with no room left, while a round is announced and drawn: the page says so, nothing is half done, and with room again it goes on."""
# ruff: noqa: F401, F811  (fixtures come in by name)

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

from lottery.conftest import Clock, Story, clock, county, story
from office.conftest import client_of, people, quick_passwords
from sqlite_only import office
from sunlot.office.start import open_office

TRY = """
import json, os, sys
from pathlib import Path
from shutil import copytree, rmtree
ready, disk, at, address = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4]
from sunlot.office.start import open_office
open_office(ready, "")
from django.db import connection
from django.test import Client
from sunlot.office.accounts.models import User
from sunlot.office.journal.audit import audit, findings_besides
from sunlot.office.journal.clock import held
from sunlot.office.lottery.models import Draw, Round

def state():
    draw = Draw.objects.first()
    return [Round.objects.get().state, draw.steps if draw else 0]

for room in (8, 32, 64, 96, 128, 192, 256, 320, 384, 512, 768, 1024, 1536):
    connection.close()
    rmtree(disk / "office", ignore_errors=True)
    copytree(ready, disk / "office")
    open_office(disk / "office", "")
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username="clerk"), backend="django.contrib.auth.backends.ModelBackend")
    free = os.statvfs(disk)
    (disk / "filler").write_bytes(b"x" * max(0, free.f_bavail * free.f_frsize - room * 1024))
    with held(at):
        answer = client.post(address)
        (disk / "filler").unlink()
        client.get("/lottery/")
        told = {"room": room, "status": answer.status_code, "page": answer.content.decode(), "after": state()}
        told["findings"] = [finding.text for finding in audit(besides=findings_besides()).findings]
        client.post(address)
        told["again"] = state()
    print(json.dumps(told), flush=True)
"""


def on_a_small_disk(home: Path, disk: Path, at: str, address: str) -> list[dict[str, object]]:
    """Try a step on a disk with little room, more each time, and return what was seen each time."""
    connection.close()
    disk.mkdir()
    inside = f'mount -t tmpfs -o size=24m none "{disk}" && exec "$0" "$@"'
    command = ["unshare", "-m", "sh", "-c", inside, sys.executable, "-c", TRY, str(home), str(disk), at, address]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "sunlot.office.settings"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if "mount:" in done.stderr or "unshare:" in done.stderr:
        pytest.skip("this user may not mount a small disk")
    assert done.returncode == 0, done.stderr
    open_office(home, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


def held_to(tries: list[dict[str, object]], before: list[object], after: list[object]) -> None:
    """Every try either did the step or told about the disk and did nothing; with room, the step was done."""
    for told in tries:
        assert told["findings"] == [], told["room"]
        assert told["again"] == after, told["room"]
        if told["status"] == 302:
            assert told["after"] == after
        else:
            assert told["status"] in (409, 507), told["room"]
            assert "磁盘" in str(told["page"]), told["room"]
            assert told["after"] in (before, after), told["room"]
    assert {told["status"] for told in tries} > {302}
    assert sum(told["status"] != 302 for told in tries) >= 3


def test_an_announcement(story: Callable[..., Story], office: Path, tmp_path: Path) -> None:
    told = story().approved()
    address = f"/lottery/rounds/{told.row.pk}/announce/"
    tries = on_a_small_disk(office, tmp_path / "disk", "2023-08-22T01:00:00Z", address)
    held_to(tries, ["approved", 0], ["announced", 1])


def test_a_draw(story: Callable[..., Story], office: Path, tmp_path: Path) -> None:
    told = story().announced().sealed()
    tries = on_a_small_disk(office, tmp_path / "disk", told.clock.at, f"/lottery/draws/{told.name}/run/")
    held_to(tries, ["announced", 2], ["announced", 3])
