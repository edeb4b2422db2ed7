"""My sessions: where the account is logged in, and ending what was left open elsewhere."""

import re

from django.contrib.sessions.models import Session
from django.test import Client

from office.conftest import PASSWORD
from sunlot.office.accounts.models import User
from sunlot.office.journal.models import Event

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def logged_in(name: str, address: str) -> Client:
    client = Client(headers={"user-agent": FIREFOX}, REMOTE_ADDR=address)
    client.post("/accounts/login/", {"username": name, "password": PASSWORD})
    return client


def test_only_ones_own_are_shown_and_their_keys_are_not(people: dict[str, User]) -> None:
    here = logged_in("clerk", "10.0.0.1")
    logged_in("clerk", "10.0.0.2")
    logged_in("chief", "10.0.0.3")
    page = here.get("/accounts/sessions/").content.decode()
    assert re.findall(r"10\.0\.0\.\d</td>", page) == ["10.0.0.1</td>", "10.0.0.2</td>"]
    assert "Firefox · Windows" in page
    assert not [key for key in Session.objects.values_list("session_key", flat=True) if key in page]


def test_one_that_was_left_open_is_ended_from_here(people: dict[str, User]) -> None:
    here, there, third = (logged_in("clerk", f"10.0.0.{n}") for n in (1, 2, 3))
    page = here.get("/accounts/sessions/").content.decode()
    marks = dict(re.findall(r'value="([0-9a-f]{16})"><button class="button" aria-label="结束会话 (\S+)', page))
    mark = next(mark for mark, address in marks.items() if address == "10.0.0.2")
    assert here.post("/accounts/sessions/", {"mark": mark}).status_code == 302
    assert [client.get("/").status_code for client in (here, there, third)] == [200, 302, 200]
    assert here.post("/accounts/sessions/").status_code == 302
    assert [client.get("/").status_code for client in (here, third)] == [200, 302]
    assert Event.objects.filter(act="account.sessions-ended").count() == 2


def test_nobody_ends_another_persons(people: dict[str, User]) -> None:
    here, chief = logged_in("clerk", "10.0.0.1"), logged_in("chief", "10.0.0.3")
    assert here.post("/accounts/sessions/").status_code == 409
    assert chief.get("/").status_code == 200
