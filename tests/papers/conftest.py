"""The county of tests/visits in September 2025: a visit for a reason, approved, and carried to its signed record."""

import io
import struct
import zlib
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pypdf import PdfReader

from lottery.conftest import Clock, clock, code, county, story  # noqa: F401
from office.conftest import client_of, people, quick_passwords  # noqa: F401
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.catalog.models import ItemList
from sunlot.office.journal.services import deed
from sunlot.office.papers.issuing import issue
from sunlot.office.papers.models import Paper
from sunlot.office.roster.models import Firm
from sunlot.office.visits.approval_kinds import arrange_and_ask
from sunlot.office.visits.making import Arrangement
from sunlot.office.visits.models import Visit
from sunlot.office.visits.steps import notify
from visits.conftest import Phone, drawn, fill, item_list, officers, phone_of, ready, record_text, signature  # noqa: F401

RECORD: dict[str, Any] = {
    "firm": "青禾第3厂",
    "address": "青禾县南岗镇",
    "place": "一车间",
    "begun": datetime(2023, 8, 20, 9, 5),
    "ended": datetime(2023, 8, 20, 10, 30),
    "officers": ["检查员1", "检查员2"],
    "certificates": ["SD0001", "SD0002"],
    "findings": "1．配电箱未关闭。\n2．灭火器过期。",
}
NOW, ARRIVED, LEFT = "2025-09-20T04:00:00Z", "2025-09-20T02:00:00Z", "2025-09-20T03:30:00Z"
Phones = Callable[[str], Phone]
Clients = Callable[[str], Client]


def issued(user: User, kind: str = "onsite_record", obj: str = "order/1", **more: Any) -> Paper:
    """Return a paper issued in a deed of its own."""
    with deed(by=user.actor) as doing:
        return issue(doing, user, kind, obj, RECORD | more.pop("fields", {}), **more)


@pytest.fixture
def record(county: dict[str, User]) -> Callable[..., Paper]:  # noqa: F811
    """A function that issues a record by the clerk."""
    return lambda **more: issued(county["clerk"], **more)


@pytest.fixture
def arranged(county: dict[str, User], item_list: ItemList, clock: Clock) -> Callable[..., Visit]:  # noqa: F811
    """A function that returns a visit of a key firm, approved, the firm notified unless it is secret, on its day."""

    def make(**more: Any) -> Visit:
        clock.at = NOW
        facts = {"origin": "key", "kind": "key", "reason": "列入重点单位名单", "source": "2025年计划重点单位名单"}
        days = {"window_from": date(2025, 9, 18), "window_to": date(2025, 10, 31), "team": ("R000", "R001")}
        with deed(by="u/1") as doing:
            firm = Firm.objects.get(pk=code(1))
            firm.address, firm.legal_person, firm.phone = "青禾县南岗镇工业路 8 号", "赵犇", "0537-5550101"
            doing.save(firm)
            doing.record("roster.changed", f"firm/{firm.pk}", {"fields": "地址"})
        visit = arrange_and_ask(county["clerk"], Arrangement(**{"firm": code(1), **facts, **days, **more}))
        approvals.grant(county["chief"], Approval.objects.filter(kind="visits.approve").latest("pk").pk)
        if not visit.secret:
            notify(county["clerk"], [visit.pk], "电话通知办公室")
        return Visit.objects.get(pk=visit.pk)

    return make


def picture(width: int = 40, height: int = 30) -> bytes:
    """Return a real PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = b"\0" + bytes((200, 120, 40)) * width
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(row * height)) + chunk(b"IEND", b"")
    )


def held(visit: Visit, phone_of: Phones, refusal: Any = None, problems: Sequence[dict[str, Any]] = ()) -> list[Phone]:  # noqa: F811
    """Carry a visit to its signed record from its officers' phones, with a photo that is one."""
    phones = [phone_of(person) for person in officers(visit)]
    fill(phones, visit, photo=picture(), outcome="pending" if problems else "no_problem")
    first = phones[0]
    for name, value in {"times/arrived": ARRIVED, "times/left": LEFT}.items():
        first.enter(name, value, [one["id"] for one in first.log if one["field"] == name])
    person = {"name": "王某", "capacity": "site", "phone": "13800000001"}
    first.enter("firm/representative", person)
    for problem in problems:
        uid = str(uuid4())
        for name, value in problem.items():
            first.enter(f"findings/{uid}/{name}", value)
    if problems:
        first.enter("answers/AQ-01/2", "fail", [one["id"] for one in first.log if one["field"] == "answers/AQ-01/2"])
        first.enter("dispositions", ["order"])
    sign(visit, phones, 1, refusal)
    return phones


def sign(
    visit: Visit, phones: list[Phone], edition: int, refusal: Any = None, more: Sequence[dict[str, str]] = ()
) -> None:
    """Hand in the record of everything the phones have, with its signatures and `more`."""
    for phone in phones:
        phone.send(visit.uid)
    phones[0].upload(visit.uid, picture())
    text = record_text(phones[0], visit, [change for phone in phones for change in phone.log], edition)
    signatures = [signature("officer", phone.person) for phone in phones]
    signatures += [*more] if refusal else [signature("firm", name="王某", capacity="site"), *more]
    answer = phones[0].post(
        visit.uid,
        "record",
        {"record": text, "signatures": [one | {"at": LEFT} for one in signatures], "refusal": refusal},
    )
    assert answer.status_code == 200, answer.content.decode()
    visit.refresh_from_db()


PROBLEM = {
    "text": "东门安全警示标志褪色，无法辨认",
    "severity": "general",
    "point": "AQ-01/2",
    "article": "安全生产法第35条",
    "measure": "责令立即更换警示标志",
}


def text_of(data: bytes) -> str:
    """Return the text of a PDF without its blanks."""
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())
