"""A drawn visit that ended with findings, on the county of tests/visits."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lottery.conftest import Clock, Story, clock, county, story  # noqa: F401
from office.conftest import client_of, people, quick_passwords  # noqa: F401
from sunlot.office.accounts.models import User
from sunlot.office.followup import evidence, orders
from sunlot.office.followup.deadlines import Term
from sunlot.office.followup.models import Order
from sunlot.office.followup.orders import Wanted
from sunlot.office.visits.models import Visit
from visits.conftest import (  # noqa: F401
    JPEG,
    NOON,
    Phone,
    drawn,
    fill,
    item_list,
    officers,
    phone_of,
    ready,
    record_text,
    signature,
)

GENERAL = {"text": "标志褪色", "severity": "general", "article": "安全生产法第35条", "point": "AQ-01/2"}
MAJOR = {"text": "安全出口封堵", "severity": "major", "article": "安全生产法第42条", "point": "AQ-01/1"}
PDF = b"%PDF-1.4 sunlot"
SEVEN = Term(workdays=7)
WHERE = {"government": "青禾县人民政府", "court": "青禾县人民法院"}


def file(data: bytes = JPEG, name: str = "整改后.jpg") -> SimpleUploadedFile:
    """Return a file as a form hands it in."""
    return SimpleUploadedFile(name, data)


def find(
    visit: Visit,
    phone_of: Callable[[str], Phone],  # noqa: F811
    findings: Sequence[dict[str, Any]],
    **more: Any,
) -> Visit:
    """Carry a visit to its signed record with these findings, from its officers' phones, and return it."""
    phones = [phone_of(person) for person in officers(visit)]
    at = more.get("at", NOON)
    fill(phones, visit, outcome="pending" if findings else "no_problem")
    first = phones[0]
    for finding in findings:
        uid = str(uuid4())
        for name, value in finding.items():
            first.enter(f"{more.get('kind', 'findings')}/{uid}/{name}", value)
    if findings:
        first.enter("dispositions", ["order"])
    if at != NOON:
        first.enter("times/arrived", at)
        first.enter("times/left", at)
    for phone in phones:
        phone.send(visit.uid)
    first.upload(visit.uid, JPEG)
    text = record_text(first, visit, [change for phone in phones for change in phone.log])
    signatures = [
        *(signature("officer", phone.person) for phone in phones),
        signature("firm", name="王某", capacity="site"),
    ]
    answer = first.post(visit.uid, "record", {"record": text, "signatures": signatures, "refusal": None})
    assert answer.status_code == 200, answer.content.decode()
    return Visit.objects.get(pk=visit.pk)


@pytest.fixture(autouse=True)
def standing(clock: Clock) -> Clock:  # noqa: F811
    """Hold the clock before anybody writes, so that the log's times never run backwards."""
    return clock


Flawed = Callable[..., Visit]


@pytest.fixture
def flawed(ready: Callable[..., Visit], phone_of: Callable[[str], Phone]) -> Flawed:  # noqa: F811
    """A function that returns a drawn visit whose signed record holds findings, by default one general and one major."""

    def make(*findings: dict[str, Any], **more: Any) -> Visit:
        return find(ready(), phone_of, findings or (GENERAL, MAJOR), **more)

    return make


def ids(visit: Visit) -> list[str]:
    """Return the ids of the problems of a visit's record."""
    from sunlot.office.followup.findings import problems_of, record_in_force

    record = record_in_force(visit)
    assert record is not None
    return [found.id for found in problems_of(record)]


def ordered(user: User, visit: Visit, term: Term = SEVEN, **more: Any) -> Order:
    """Return an order about every problem of a visit."""
    return orders.issue(user, visit.pk, Wanted(ids(visit), term, **WHERE, **more))


def served(user: User, visit: Visit, term: Term = SEVEN) -> Order:
    """Return an order that the firm has."""
    order = ordered(user, visit, term)
    return orders.serve(user, order.pk, order.issued_on, "王某", "direct")


def reported(user: User, visit: Visit) -> Order:
    """Return an order that the firm says it has obeyed."""
    order = served(user, visit)
    evidence.hand_in(order.pk, "u/firm", "已全部整改", [file()], done=True)
    return Order.objects.get(pk=order.pk)


def inspector(phone_of: Callable[[str], Phone], visit: Visit) -> User:  # noqa: F811
    """Return the account of the first officer of a visit."""
    return phone_of(officers(visit)[0]).user


def day(text: str) -> date:
    """Return a day."""
    return date.fromisoformat(text)
