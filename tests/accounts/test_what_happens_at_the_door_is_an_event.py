"""Logins, failures, lockout, unlocking, leaving and sessions that end are events; network addresses are sealed, not published."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from office.conftest import PASSWORD
from sunlot.office.accounts import logins
from sunlot.office.accounts.models import User
from sunlot.office.accounts.queries import locked_until
from sunlot.office.journal.models import Event, Opening
from sunlot.refusal import Refusal


def knock(name: str, password: str = "wrong", client: Client | None = None) -> tuple[int, str]:
    answer = (client or Client()).post("/accounts/login/", {"username": name, "password": password})
    return answer.status_code, answer.content.decode()


def acts(user: User) -> list[str]:
    return list(Event.objects.filter(obj=user.actor).order_by("seq").values_list("act", flat=True))[2:]


def test_a_login_and_its_sealed_address(people: dict[str, User]) -> None:
    knock("clerk", PASSWORD)
    assert acts(people["clerk"]) == ["account.login"]
    event = Event.objects.get(act="account.login")
    assert "127.0.0.1" not in event.leaf
    assert Opening.objects.get(seq=event.seq).value == "127.0.0.1"


def test_leaving(people: dict[str, User], client_of: Callable[[str], Client]) -> None:
    client_of("clerk").post("/accounts/logout/")
    assert acts(people["clerk"]) == ["account.logout"]


def test_five_failures_lock_the_account_and_the_page_says_how_long_and_who_helps(people: dict[str, User]) -> None:
    for _ in range(4):
        assert knock("clerk")[0] == 200
    status, page = knock("clerk")
    assert status == 429
    assert "连续输错 5 次，账号锁定 15 分钟" in page
    assert f"请在 {timezone.localtime() + timedelta(minutes=15):%Y-%m-%d }" in page
    assert "安全管理员解锁" in page
    assert acts(people["clerk"]) == ["account.failed"] * 5 + ["account.locked"]


def test_the_right_password_does_not_open_a_locked_account_nor_prolong_the_lockout(people: dict[str, User]) -> None:
    for _ in range(5):
        knock("clerk")
    until = locked_until("clerk")
    assert knock("clerk", PASSWORD)[0] == 429
    assert locked_until("clerk") == until
    assert acts(people["clerk"])[-1] == "account.locked"  # knocking on a locked door is no news


def test_the_security_administrator_unlocks(people: dict[str, User], client_of: Callable[[str], Client]) -> None:
    for _ in range(5):
        knock("clerk")
    client = client_of("security")
    assert "经办人 的账号已锁定" in client.get("/").content.decode()
    assert "已锁定" in client.get("/accounts/users/").content.decode()
    assert client.post(f"/accounts/users/{people['clerk'].pk}/unlock/").status_code == 302
    assert knock("clerk", PASSWORD)[0] == 302
    assert "account.unlocked" in acts(people["clerk"])


def test_nobody_unlocks_himself_or_an_open_account(people: dict[str, User]) -> None:
    with pytest.raises(Refusal, match="own_account"):
        logins.unlock(people["security"], people["security"])
    with pytest.raises(Refusal, match="not_locked"):
        logins.unlock(people["security"], people["clerk"])


def test_a_name_that_does_not_exist_is_sealed_and_cannot_fill_the_journal(people: dict[str, User]) -> None:
    for number in range(logins.UNKNOWN_AN_HOUR + 5):
        knock(f"ghost{number}")
    assert Event.objects.filter(act="account.unknown").count() == logins.UNKNOWN_AN_HOUR
    assert not Event.objects.filter(leaf__contains="ghost").exists()


def test_a_session_that_ended_is_an_event_and_says_so(
    people: dict[str, User], client_of: Callable[[str], Client]
) -> None:
    client = client_of("clerk")
    assert client.get("/").status_code == 200
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    answer = client.get("/approvals/", follow=True)
    assert "会话已结束" in answer.content.decode()
    assert acts(people["clerk"]) == ["account.expired"]
    assert Session.objects.filter(expire_date__lt=timezone.now()).count() == 0


def test_a_closed_account_is_out_at_once(people: dict[str, User], client_of: Callable[[str], Client]) -> None:
    clerk, system = client_of("clerk"), client_of("system")
    assert clerk.get("/").status_code == 200
    assert system.post(f"/accounts/users/{people['clerk'].pk}/close/", {"reason": "离职"}).status_code == 302
    assert clerk.get("/").status_code == 302
    assert knock("clerk", PASSWORD)[0] == 200
    assert not Event.objects.filter(leaf__contains="离职").exists()


def test_idle_sessions_end_after_half_an_hour(client_of: Callable[[str], Client]) -> None:
    client = client_of("clerk")
    client.get("/")
    left = Session.objects.order_by("-expire_date")[0].expire_date - timezone.now()
    assert timedelta(minutes=29) < left <= timedelta(minutes=30)
