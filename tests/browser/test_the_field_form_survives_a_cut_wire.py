"""Connections cut in the middle of a body, of a photo's piece, of an answer; a database that comes back from a backup; a phone away for a week: nothing is
lost, nothing is doubled. The wire is a real proxy, the phone a real Chromium, and a plain client besides."""
# ruff: noqa: F401, F811  (fixtures come in by name)

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from typing import Any

import pytest
from cutter import Wire, wire
from django.db import connections
from inside import serve_inside
from phones import Town, at_the_office
from playwright.sync_api import Browser, expect
from test_the_field_form_works_offline import office

from lottery.conftest import Clock, clock, county, story
from office.conftest import PASSWORD, client_of, people, quick_passwords
from sunlot.office.journal.audit import audit
from sunlot.office.visits import photos
from sunlot.office.visits.models import Change, Photo, Record, Visit
from visits.conftest import JPEG, Phone, drawn, fill, item_list, officers, phone_of, ready


@pytest.fixture
def cut(ready: Callable[..., Visit]) -> Iterator[tuple[Wire, Visit]]:
    """A served visit behind a wire that can be cut."""
    visit = ready()
    with serve_inside() as url, wire(url) as found:
        yield found, visit


@pytest.fixture
def town(
    chromium: Browser, cut: tuple[Wire, Visit], phone_of: Callable[[str], Phone], tmp_path: Path
) -> Iterator[Town]:
    names = {person: phone_of(person).user.username for person in officers(cut[1])}
    town = Town(chromium, cut[0].url, cut[1], names, PASSWORD, tmp_path)
    yield town
    assert town.errors == []


def whole(town: Town) -> None:
    """Say that the office has what every photo was taken with, once."""
    for row in Photo.objects.all():
        assert sha256(photos.bytes_of(row)).hexdigest() == row.sha256
    assert Photo.objects.count() == Photo.objects.values("sha256").distinct().count()
    assert audit().findings == []


def test_a_phone_whose_bodies_pieces_and_answers_are_cut(town: Town, cut: tuple[Wire, Visit]) -> None:
    first, _ = town.officers()
    first.offline()
    first.fill("未发现问题", large=True)
    entered = first.fields()
    cut[0].cuts.extend([200, -1, 100_000, -40, 250_000, 0])
    first.online()
    for _ in range(8):
        if not cut[0].cuts:
            break
        first.page.locator("#send").click()
        expect(first.page.locator("#send")).to_be_visible(timeout=20_000)
    first.handed_in(timeout=60_000)
    bodies = [line for line, left in cut[0].cut if left > 0 and b"/photos/" in line]
    assert len(cut[0].cut) == 6 and bodies
    assert at_the_office(town.visit) == entered
    assert Change.objects.count() == first.count() and Photo.objects.count() == 1
    whole(town)


class Plain:
    """A client of its own that knows only docs/sync.md, and sends again until the office says that it has all."""

    def __init__(self, wire: Wire, phone: Phone) -> None:
        self.wire, self.phone = wire, phone
        phone.client.get("/visits/api/today/")
        jar = {name: morsel.value for name, morsel in phone.client.cookies.items()}
        self.headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in jar.items()),
            "X-CSRFToken": jar["csrftoken"],
        }

    def ask(self, method: str, path: str, body: bytes | None = None, media: str = "") -> dict[str, Any] | None:
        """Return the answer, None when the wire broke."""
        connection = HTTPConnection("127.0.0.1", self.wire.port, timeout=20)
        headers = self.headers | ({"Content-Type": media} if media else {})
        try:
            connection.request(method, f"/visits/api/{path}", body, headers)
            return dict(json.loads(connection.getresponse().read()))
        except (OSError, ValueError):
            return None
        except Exception as error:
            if "Incomplete" in type(error).__name__ or "Disconnected" in type(error).__name__:
                return None
            raise
        finally:
            connection.close()

    def hand_in(self, uid: str, pictures: list[bytes], piece: int) -> None:
        done = False
        while not done:
            body = json.dumps({"changes": self.phone.log}).encode()
            told = self.ask("POST", f"{uid}/changes/", body, "application/json")
            done = told is not None and len(told["accepted"]) + len(told["known"]) == len(self.phone.log)
        for data in pictures:
            digest, have, done = sha256(data).hexdigest(), 0, False
            while not done:
                path = f"{uid}/photos/{digest}/?offset={have}&size={len(data)}"
                told = self.ask("POST", path, data[have : have + piece], "application/octet-stream")
                told = told or self.ask("GET", f"{uid}/photos/{digest}/")
                assert told is not None and "have" in told, told
                have, done = told["have"], told["done"]


@pytest.mark.parametrize("seed", range(4))
def test_a_plain_client_cut_anywhere(cut: tuple[Wire, Visit], phone_of: Callable[[str], Phone], seed: int) -> None:
    wire, visit = cut
    dice = Random(seed)
    phone = phone_of(officers(visit)[0])
    pictures = [JPEG + dice.randbytes(dice.randrange(20_000, 90_000)) for _ in range(3)]
    fill([phone], visit, pictures[0])
    for data in pictures[1:]:
        facts = {"size": len(data), "media": "image/jpeg", "taken": "2023-09-20T02:00:00Z", "of": "", "caption": ""}
        phone.enter(f"photos/{sha256(data).hexdigest()}", facts)
    wire.cuts.extend(dice.choice((dice.randrange(0, 30_000), -dice.randrange(1, 300))) for _ in range(12))
    Plain(wire, phone).hand_in(visit.uid, pictures, 30_000)
    assert len(wire.cut) >= 5
    assert sorted(Change.objects.values_list("pk", flat=True)) == sorted(one["id"] for one in phone.log)
    assert {photos.bytes_of(row) for row in Photo.objects.all()} == set(pictures)
    assert Photo.objects.count() == 3 and audit().findings == []


def test_the_old_database_comes_back_and_the_phones_bring_the_rest(town: Town, office: Path) -> None:
    first, second = town.officers()
    second.check_in()
    second.handed_in()
    first.answer("AQ-01/1", "合格")
    first.handed_in()
    kept = Change.objects.count()
    backup = town.folder / "backup.sqlite3"
    with sqlite3.connect(office / "office.sqlite3") as now, sqlite3.connect(backup) as copy:
        now.backup(copy)
    first.fill("未发现问题")
    first.handed_in()
    entered, count = at_the_office(town.visit), Change.objects.count()
    connections.close_all()
    with sqlite3.connect(backup) as copy, sqlite3.connect(office / "office.sqlite3") as now:
        copy.backup(now)
    shutil.rmtree(office / "photos")
    assert Change.objects.count() == kept < count
    for officer in (first, second, first):
        officer.handed_in()
    assert at_the_office(town.visit) == entered and Change.objects.count() == count
    assert Photo.objects.count() == 1
    whole(town)


def test_a_phone_that_was_away_for_a_week_signs_and_hands_in(town: Town, clock: Clock) -> None:
    first, second = town.officers()
    second.check_in()
    second.handed_in()
    first.page.evaluate("0")
    first.handed_in()
    first.offline()
    first.fill("未发现问题")
    first.make_record()
    first.read_to_the_end()
    first.sign_with(second)
    first.sign_for_the_firm()
    first.complete()
    entered = first.fields()
    clock.at = "2023-09-27T04:00:00Z"
    first.context.clock.set_fixed_time("2023-09-27T04:00:00Z")
    first.context.clear_cookies()
    first.reload()
    first.online()
    first.page.get_by_role("button", name="登录").click()
    first.log_in()
    first.handed_in()
    assert at_the_office(town.visit) == entered
    visit = Visit.objects.get(pk=town.visit.pk)
    assert visit.state == "done" and Record.objects.count() == 1
    whole(town)
