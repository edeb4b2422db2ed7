"""Two officers' phones, the office's page, a bad line and an office set back to any backup: typing, photos cut at any byte, records, signatures and
new editions in any order. At the end nothing is lost or doubled, phones and office agree, and what was signed is what it was to the byte.

The phones are modelled on docs/sync.md; the backups are real: the database copied by SQLite, the photos' folder by hand.
"""
# ruff: noqa: F811  (fixtures come in by name)

import json
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sqlite_only import office  # noqa: F401
from sunlot.office.accounts.models import User
from sunlot.office.journal.audit import audit
from sunlot.office.visits import photos, steps
from sunlot.office.visits.entering import enter
from sunlot.office.visits.merge import Entry, merge, sheet
from sunlot.office.visits.models import Change, Record, Visit
from sunlot.office.visits.states import State
from sunlot.office.visits.sync import entries
from visits.conftest import JPEG, NOON, Phone, fill, officers, record_text, signature

KEYS = ("id", "field", "value", "over", "device", "counter")
SENT = (*KEYS, "at", "stamp", "receipt")
TOLD = (
    "edition_taken",
    "record_differs",
    "nothing_to_sign",
    "frame_changed",
)  # the phone keeps what was signed, and says so


@dataclass
class Signed:
    """A record as a phone holds it. `taken`: the office said once that it has it; `told`: it said that it will not take it."""

    text: str
    edition: int
    signatures: list[dict[str, str]]
    taken: bool = False
    told: bool = False

    @property
    def sha256(self) -> str:
        return sha256(self.text.encode()).hexdigest()


@dataclass
class Hand:
    """An officer with his phone: what he typed and heard of, the photos he took, the records signed on it."""

    phone: Phone
    uid: str
    pictures: dict[str, bytes] = field(default_factory=dict)
    records: list[Signed] = field(default_factory=list)

    @property
    def held(self) -> list[Entry]:
        return [
            Entry(**{key: tuple(one[key]) if key == "over" else one[key] for key in KEYS}) for one in self.phone.log
        ]

    def type(self, name: str, value: Any) -> None:
        held = merge(self.held).get(name)
        self.phone.enter(name, value, over=[one.id for one in held.heads] if held else [])

    def shoot(self, number: int) -> None:
        picture = JPEG + f"{self.phone.device} {number}".encode() * (1 + number)
        digest = sha256(picture).hexdigest()
        self.pictures[digest] = picture
        facts = {"size": len(picture), "media": "image/jpeg", "taken": NOON, "of": "", "caption": ""}
        self.type(f"photos/{digest}", facts)

    def send(self, share: int = 100) -> None:
        """Send so many per cent of what is held, others' entries too."""
        log = self.phone.log[: len(self.phone.log) * share // 100]
        bare = [{key: one[key] for key in SENT if key in one} for one in log]
        assert not self.phone.send(self.uid, bare)["refused"]

    def fetch(self) -> None:
        """Take in what the office has; a receipt stays with its entry."""
        known = {one["id"]: one for one in self.phone.log}
        for one in self.phone.client.get(f"/visits/api/{self.uid}/changes/").json()["changes"]:
            if one["id"] in known and one["device"] != self.phone.device:
                known[one["id"]].update(one)
            elif one["id"] not in known:
                self.phone.log.append(one)
        self.phone.counter = max([self.phone.counter, *(one["counter"] for one in self.phone.log)])

    def piece(self, digest: str, length: int) -> bool:
        """Send so many bytes of a photo from where the office has it, and return whether it is whole."""
        data, url = self.pictures[digest], f"/visits/api/{self.uid}/photos/{digest}/"
        have = self.phone.client.get(url).json()["have"]
        told = self.phone.client.post(
            f"{url}?offset={have}&size={len(data)}", data[have : have + length], content_type="application/octet-stream"
        )
        return bool(told.json()["done"])

    def own(self) -> dict[str, Any]:
        return next(dict(one) for one in self.phone.today()["visits"] if one["uid"] == self.uid)

    def freeze(self, visit: Visit) -> None:
        """Make the next record of what is held, unless the office has one that somebody signed; both must have checked in."""
        there, state = self.own()["record"], self.own()["state"]
        signed = bool(there and there["signed"])
        both = sum(one["field"].startswith("checkin/") for one in self.phone.log) >= 2
        if (
            state in (State.NOTIFIED, State.UNDERWAY, State.SIGNING)
            and both
            and not (signed and state == State.SIGNING)
        ):
            edition = there["edition"] + signed if there else 1
            self.records = [one for one in self.records if one.signatures]
            if not any(one.edition == edition for one in self.records):
                self.records.append(Signed(record_text(self.phone, visit, self.phone.log, edition), edition, []))

    def sign(self, number: int, team: list[str]) -> None:
        """Let one of the two officers or the firm sign the newest record, each once."""
        if not self.records:
            return
        one = ("firm", "") if number % 3 == 2 else ("officer", team[number % 3])
        if one not in {(there["who"], there["inspector"]) for there in self.records[-1].signatures}:
            name, capacity = ("王某", "site") if one[0] == "firm" else ("", "")
            self.records[-1].signatures.append(signature(one[0], one[1], name, capacity))

    def offer(self) -> None:
        """Hand in the records that the office lacks, the earliest first."""
        for one in self.records:
            if one.signatures:
                body = {"record": one.text, "signatures": one.signatures, "refusal": None}
                answer = self.phone.post(self.uid, "record", body)
                kind = "" if answer.status_code == 200 else answer.json()["kind"]
                assert kind in ("", "changes_missing", "not_yet", *TOLD), answer.content.decode()
                one.taken, one.told = one.taken or not kind, kind in TOLD


class Backups:
    """Copies of the whole office that it can be set back to."""

    def __init__(self, home: Path, folder: Path) -> None:
        self.home, self.folder, self.count = home, folder, 0

    def make(self) -> None:
        self._copy(self.home, self.folder / str(self.count))
        self.count += 1

    def restore(self, number: int) -> None:
        self._copy(self.folder / str(number % self.count), self.home)

    def begin_anew(self) -> None:
        """Set the office back to the first backup, and forget the others."""
        self.restore(0)
        self.count = 1

    @staticmethod
    def _copy(source: Path, target: Path) -> None:
        connections.close_all()
        target.mkdir(exist_ok=True)
        with sqlite3.connect(source / "office.sqlite3") as one, sqlite3.connect(target / "office.sqlite3") as other:
            one.backup(other)
        shutil.rmtree(target / "photos", ignore_errors=True)
        if (source / "photos").is_dir():
            shutil.copytree(source / "photos", target / "photos")


@pytest.fixture
def place(
    ready: Callable[..., Visit], phone_of: Callable[[str], Phone], people: dict[str, User], office: Path, tmp_path: Path
) -> tuple[Visit, list[Phone], User, Backups]:
    """A visit that may be held, its officers' phones, the clerk, and the first backup."""
    visit = ready()
    phones = [phone_of(person) for person in officers(visit)[:2]]
    backups = Backups(office, tmp_path)
    backups.make()
    return visit, phones, people["clerk"], backups


DEEDS = ["type", "photo", "page", "send", "half", "piece", "fetch", "freeze", "backup", "restore"] + [
    "meet",
    "sign",
    "hand in",
    "anew",
] * 2
plans = st.lists(st.tuples(st.integers(0, 1), st.sampled_from(DEEDS), st.integers(0, 99)), min_size=10, max_size=40)


def act(what: str, number: int, hand: Hand, visit: Visit, clerk: User, backups: Backups) -> None:
    """Let one thing happen. `meet`: the phone is online for a whole round, and everybody signs on it."""
    if what == "type":
        hand.type(["place", "summary", "notes/AQ-01/1"][number % 3], f"第 {number} 车间")
    elif what == "photo":
        hand.shoot(number)
    elif what == "page":
        held = merge(entries(visit)).get("handling")
        enter(
            hand.phone.user,
            visit.uid,
            {"handling": f"口头提醒 {number}"},
            {"handling": [one.id for one in held.heads] if held else []},
        )
    elif what in ("send", "half"):
        hand.send(100 if what == "send" else number)
    elif what == "piece" and hand.pictures:
        digest = sorted(hand.pictures)[number % len(hand.pictures)]
        hand.piece(digest, 1 + len(hand.pictures[digest]) * number // 99)
    elif what == "fetch":
        hand.fetch()
    elif what == "freeze":
        hand.freeze(visit)
    elif what == "sign":
        hand.sign(number, officers(visit))
    elif what == "hand in":
        hand.offer()
    elif what == "meet":
        hand.send()
        hand.fetch()
        hand.freeze(visit)
        for signer in range(3):
            hand.sign(signer, officers(visit))
        hand.offer()
    elif what == "anew":
        open_again(visit, clerk)
    elif what == "backup":
        backups.make()
    elif what == "restore":
        backups.restore(number)


def open_again(visit: Visit, clerk: User) -> None:
    """Let the office open a record that somebody has signed for a new edition, whether its visit has ended or not."""
    visit = Visit.objects.get(pk=visit.pk)
    last = visit.records.order_by("edition").last()
    if visit.state == State.DONE:
        steps.amend(clerk, visit.pk, "要更正")
    elif visit.state == State.SIGNING and last and last.signatures.exists():
        steps.redraft(clerk, visit.pk, "要更正")


def settle(hands: list[Hand], visit: Visit, clerk: User) -> None:
    """Let both phones be online until nothing moves; the office opens a visit again for a later edition that a phone holds, as it had before the restore."""
    before: object = None
    while before != (
        before := (Change.objects.count(), *visit.records.order_by("edition").values_list("sha256", "signatures"))
    ):
        for hand in hands:
            hand.send()
            hand.fetch()
            for digest in hand.pictures:
                while not hand.piece(digest, 2**20):
                    pass
            hand.offer()
        newest = max((one.edition for hand in hands for one in hand.records if one.taken), default=0)
        last = visit.records.order_by("edition").last()
        if last and newest > last.edition:
            open_again(visit, clerk)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=plans)
def test_phones_and_office_end_alike_whatever_happens(
    place: tuple[Visit, list[Phone], User, Backups], plan: list[tuple[int, str, int]]
) -> None:
    visit, phones, clerk, backups = place
    backups.begin_anew()
    hands = [Hand(phone, visit.uid) for phone in phones]
    for phone in phones:
        phone.log.clear()
        phone.counter = 0
    fill(phones, visit)
    hands[0].pictures[sha256(JPEG).hexdigest()] = JPEG
    for hand in (*hands, hands[0]):  # both have met once, so that records can be made
        hand.send()
        hand.fetch()
    for who, what, number in plan:
        act(what, number, hands[who], visit, clerk, backups)
    settle(hands, visit, clerk)

    everything = {one["id"] for phone in phones for one in phone.log} | set(Change.objects.values_list("pk", flat=True))
    assert set(Change.objects.values_list("pk", flat=True)) == everything
    assert sheet(hands[0].held) == sheet(hands[1].held) == sheet(entries(visit))
    for hand in hands:
        assert {row.author for row in Change.objects.filter(device=hand.phone.device)} <= {hand.phone.user}
        for digest, picture in hand.pictures.items():
            assert photos.path_of(digest).read_bytes() == picture and visit.photos.filter(sha256=digest).count() == 1
    check_records(hands, visit)
    assert audit().findings == []


def check_records(hands: list[Hand], visit: Visit) -> None:
    """What was signed is to the byte what it was; what a phone signed is at the office, or the phone was told."""
    for record in Record.objects.filter(visit=visit):
        body = json.loads(record.body)
        assert sha256(record.body.encode()).hexdigest() == record.sha256
        assert body["sheet"] == sheet(entries(visit, body["changes"])) and len(body["changes"]) == len(
            set(body["changes"])
        )
        places = [(one.who, one.inspector_id) for one in record.signatures.all()]
        assert len(places) == len(set(places)) and {one.sha256 for one in record.signatures.all()} <= {record.sha256}
    for one in (one for hand in hands for one in hand.records if one.signatures):
        there = Record.objects.filter(visit=visit, sha256=one.sha256).first()
        if there is None:
            assert one.told
            continue
        assert there.body == one.text
        signed = {(row.who, row.inspector_id or "") for row in there.signatures.all()}
        assert one.told or {(row["who"], row["inspector"]) for row in one.signatures} <= signed
