"""What grants power is asked by the 系统管理员 and granted by the 安全管理员; the rest is done at once."""

from collections.abc import Callable

import pytest
from django.test import Client

from sunlot.office.accounts import keeping
from sunlot.office.accounts.models import User
from sunlot.office.accounts.services import open_account
from sunlot.office.administration import services
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.journal.audit import audit
from sunlot.office.journal.models import Event
from sunlot.refusal import Refusal


def fields(role: str, username: str = "newcomer") -> dict[str, str]:
    return {"username": username, "name": "新来的", "role": role, "department": "办公室", "person": ""}


def asked(people: dict[str, User], role: str) -> Approval:
    made = services.open_account(people["system"], fields(role), "机构调整")
    assert isinstance(made, Approval)
    return made


@pytest.mark.parametrize("role", ["chief", "leading", "system", "security", "auditor"])
def test_an_account_with_power_is_opened_by_two(people: dict[str, User], role: str) -> None:
    request = asked(people, role)
    assert not User.objects.filter(username="newcomer").exists()
    approvals.grant(people["security"], request.pk)
    user = User.objects.get(username="newcomer")
    assert (user.role, user.has_usable_password()) == (role, False)
    assert audit().findings == []


@pytest.mark.parametrize("role", ["clerk", "supervisor", "inspector", "partner"])
def test_another_account_is_opened_at_once_with_a_password(people: dict[str, User], role: str) -> None:
    made = services.open_account(people["system"], fields(role), "")
    assert isinstance(made, tuple)
    assert made[0].check_password(made[1])
    assert made[0].must_change_password


def test_a_name_in_the_request_stays_out_of_the_log(people: dict[str, User]) -> None:
    approvals.grant(people["security"], asked(people, "chief").pk)
    assert not any("新来的" in leaf for leaf in Event.objects.values_list("leaf", flat=True))


def test_who_asks_does_not_grant(people: dict[str, User]) -> None:
    with pytest.raises(Refusal, match="own_request"):
        approvals.grant(people["system"], asked(people, "chief").pk)


def test_a_second_account_of_the_same_person_does_not_grant_either(people: dict[str, User]) -> None:
    twin = open_account("u/console", "twin", "某人", "security", "一个-long-password", department="甲科")
    asker = open_account("u/console", "asker", "另一人", "clerk", "一个-long-password", department="甲科")
    request = services.ask_role(asker, people["clerk"], "chief", "提拔")
    User.objects.filter(pk=asker.pk).update(name="某人")
    with pytest.raises(Refusal, match="own_request"):
        approvals.grant(twin, request.pk)


def test_a_role_is_changed_by_two(people: dict[str, User]) -> None:
    request = services.ask_role(people["system"], people["clerk"], "chief", "提拔")
    approvals.grant(people["security"], request.pk)
    people["clerk"].refresh_from_db()
    assert people["clerk"].role == "chief"
    assert Event.objects.filter(obj=people["clerk"].actor, act="account.role").count() == 1


def test_nobody_asks_for_his_own_role(people: dict[str, User]) -> None:
    with pytest.raises(Refusal, match="own_account"):
        services.ask_role(people["system"], people["system"], "chief", "提拔")


def test_nobody_grants_his_own_role(people: dict[str, User]) -> None:
    open_account("u/console", "next", "接任者", "security", "一个-long-password")
    request = services.ask_role(people["system"], people["security"], "chief", "提拔")
    with pytest.raises(Refusal, match="own_account"):
        approvals.grant(people["security"], request.pk)


def test_the_last_of_the_three_keeps_his_role(people: dict[str, User]) -> None:
    request = services.ask_role(people["system"], people["auditor"], "clerk", "调岗")
    with pytest.raises(Refusal, match="last_of_three"):
        approvals.grant(people["security"], request.pk)


def test_a_role_changed_meanwhile_is_not_overwritten(people: dict[str, User]) -> None:
    request = services.ask_role(people["system"], people["clerk"], "chief", "提拔")
    User.objects.filter(pk=people["clerk"].pk).update(role="inspector")
    with pytest.raises(Refusal, match="role_changed"):
        approvals.grant(people["security"], request.pk)


def test_a_closed_account_with_power_is_reopened_by_two(people: dict[str, User]) -> None:
    chief = keeping.close(people["system"], people["chief"].pk, "外出学习")
    request = services.reopen(people["system"], chief, "学习结束")
    assert request is not None
    approvals.grant(people["security"], request.pk)
    chief.refresh_from_db()
    assert (chief.is_active, chief.has_usable_password()) == (True, False)


def test_the_whole_way_in_the_browser(client_of: Callable[[str], Client]) -> None:
    system, security = client_of("system"), client_of("security")
    answer = system.post("/accounts/users/open/", fields("chief") | {"reason": "机构调整"})
    assert answer.status_code == 302
    assert security.get(answer["Location"]).content.decode().count("新来的") >= 1
    security.post(answer["Location"] + "decide/", {"act": "grant"})
    user = User.objects.get(username="newcomer")
    assert "为 新来的 发放初始密码" in security.get("/").content.decode()
    page = security.post(f"/accounts/users/{user.pk}/password/").content.decode()
    password = page.split("<code>")[2].split("</code>")[0]
    door = Client().post("/accounts/login/", {"username": "newcomer", "password": password})
    assert door.status_code == 302


def test_power_without_a_reason_is_asked_for_one(client_of: Callable[[str], Client]) -> None:
    page = client_of("system").post("/accounts/users/open/", fields("chief"))
    assert page.status_code == 422
    assert "这个岗位须经批准，请写明理由。" in page.content.decode()
    assert 'value="newcomer"' in page.content.decode()
