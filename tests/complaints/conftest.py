"""The county of tests/lottery with an item list, a form that the public fills in, and pictures that tell who took them."""

import struct
import zlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from lottery.conftest import Clock, clock, county, story  # noqa: F401
from office.conftest import client_of, people, quick_passwords  # noqa: F401
from sunlot.office.accounts.models import User
from sunlot.office.complaints import handling, intake
from sunlot.office.complaints.doorkeeper import KEEPER
from sunlot.office.complaints.intake import Arrival
from sunlot.office.complaints.models import Report
from sunlot.office.complaints.questions import NUMERALS
from sunlot.office.journal.clock import moment
from visits.conftest import item_list  # noqa: F401

TEXT = "夜班冲床的光电保护被短接，上周二压伤过手，班长不让报。"
NAME, PHONE = "欧阳举报", "13953709999"
SECRETS = (TEXT, NAME, PHONE, "二号车间东门", "光电保护")
GPS = b"GPS-36.70N-116.5E"


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def exif(turned: int = 6) -> bytes:
    """Return Exif with an orientation and a place hidden behind it."""
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, turned, 0)
    return b"Exif\0\0II*\0" + struct.pack("<IH", 8, 1) + entry + b"\0\0\0\0" + GPS


def jpeg(turned: int = 6) -> bytes:
    """Return a file with the structure of a telephone's JPEG: Exif with a place, a comment, two scans, and a film behind the end."""
    return b"".join(
        [
            b"\xff\xd8",
            segment(0xE0, b"JFIF\0\1\2\0\0\1\0\1\1\1" + GPS[:3]),
            segment(0xE1, exif(turned)),
            segment(0xE2, b"MPF\0" + GPS),
            segment(0xFE, GPS),
            segment(0xDB, b"\0" + b"\1" * 64),
            segment(0xC2, b"\x08\0\1\0\1\1\1\x11\0"),
            segment(0xC4, b"\0" + b"\0" * 16),
            segment(0xDA, b"\1\1\0\0\0\0"),
            b"\x12\xff\x00\x34\xff\xd0\x56",
            segment(0xDA, b"\1\1\0\1\x3f\0"),
            b"\x78\xff\x00",
            b"\xff\xd9",
            GPS + b"a film",
        ]
    )


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png() -> bytes:
    """Return a PNG of one grey dot with texts and Exif in it."""
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = [(b"IHDR", head), (b"tEXt", b"Author\0" + GPS), (b"eXIf", exif()[6:]), (b"IDAT", zlib.compress(b"\0\x80"))]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in [*parts, (b"IEND", b"")]) + GPS


class _Form(HTMLParser):
    """Reads the ticket and the sum of the public form."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ticket, self.sum, self._in = "", "", False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        found = dict(attrs)
        if found.get("name") == "ticket":
            self.ticket = found["value"]
        self._in = tag == "label" and found.get("for") == "id_answer"

    def handle_data(self, data: str) -> None:
        if self._in and not self.sum:
            self.sum = data


@pytest.fixture(autouse=True)
def nobody_has_come() -> Iterator[None]:
    """The doorkeeper remembers nobody of another test."""
    KEEPER.forget()
    yield
    KEEPER.forget()


def later(standing: Clock, **span: int) -> None:
    """Let time pass."""
    standing.at = (moment() + timedelta(**span)).strftime("%Y-%m-%dT%H:%M:%SZ")


def filled(client: Client, **more: Any) -> dict[str, Any]:
    """Return the form as a person fills it in, with the right sum."""
    form = _Form(client.get("/complaints/new/").content.decode())
    first, second = (NUMERALS.index(letter) for letter in form.sum.split(" ")[0].split("加"))
    data = {
        "kind": "hazard",
        "text": TEXT,
        "firm": "青禾第3厂",
        "place": "二号车间东门",
        "named": "no",
        "consent": "on",
    }
    return data | {"answer": str(first + second), "ticket": form.ticket} | more


def photo(data: bytes | None = None, name: str = "IMG_0001.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, jpeg() if data is None else data, "image/jpeg")


@pytest.fixture
def send(county: dict[str, User], clock: Clock) -> Callable[..., HttpResponse]:  # noqa: F811
    """A function that fills the public form in and sends it, as somebody without login."""

    def go(**more: Any) -> HttpResponse:
        client = Client()
        data = filled(client, **more)
        later(clock, seconds=30)
        return client.post("/complaints/new/", data)

    return go


def code_in(answer: HttpResponse) -> str:
    """Return the tracking code that a page shows."""
    return answer.content.decode().partition('class="bigcode">')[2].partition("<")[0]


@pytest.fixture
def taken(county: dict[str, User]) -> Callable[..., Report]:  # noqa: F811
    """A function that returns a named report, received over the web and taken by the clerk."""

    def make(**more: Any) -> Report:
        facts = {
            "kind": "hazard",
            "text": TEXT,
            "firm": "青禾第3厂",
            "place": "二号车间东门",
            "name": NAME,
            "phone": PHONE,
        }
        report, _code = intake.receive(Arrival(**facts | {"photos": (jpeg(),)} | more))
        return handling.take(county["clerk"], report.pk)

    return make
