"""Whoever tries wrong codes at the firm's door finds it closed after some, is told so, and the office is told too; another network is not."""

from collections.abc import Callable

from django.test import Client

from lottery.conftest import Clock
from sunlot.office.accounts.models import User
from sunlot.office.journal.models import Event
from sunlot.office.portal import codes
from sunlot.office.records.todo import todos
from sunlot.office.roster.models import Firm
from sunlot.office.visits.moment import today


def test_ten_wrong_codes_close_it_for_an_hour(
    county: dict[str, User], clock: Clock, client_of: Callable[[str], Client]
) -> None:
    _, code = codes.give(county["clerk"], Firm.objects.order_by("pk")[0].pk, "邮寄")
    thief, honest = Client(REMOTE_ADDR="203.0.113.9"), Client(REMOTE_ADDR="198.51.100.7")
    for number in range(10):
        assert thief.post("/firm/", {"code": f"AAAAA-BBBBB-CCCCC-{number:05d}"}).status_code == 422
    answer = thief.post("/firm/", {"code": code})
    assert answer.status_code == 422 and "一小时后再试" in answer.content.decode()
    assert honest.post("/firm/", {"code": code}).status_code == 302
    event = Event.objects.get(act="firm-code.guessing")
    assert "203.0.113.9" not in event.leaf
    assert any("试猜" in line.title for line in todos(county["auditor"], today()))
    clock.at = "2023-08-20T03:00:00Z"
    assert thief.post("/firm/", {"code": code}).status_code == 302
