"""The pages of the accounts: list, Excel, one with its history, changing, handing out passwords."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from office.conftest import PASSWORD
from sunlot.office.accounts import keeping
from sunlot.office.accounts.models import User
from sunlot.office.accounts.services import open_account
from sunlot.office.journal.models import Event
from sunlot.office.shell.forms import StaleEdit


def test_the_list_can_be_searched_and_taken_out_as_excel(client_of: Callable[[str], Client]) -> None:
    client = client_of("auditor")
    page = client.get("/accounts/users/?role=chief").content.decode()
    assert page.count("科室负责人") > 2
    assert "领导小组2" not in page
    sheet = load_workbook(BytesIO(client.get("/accounts/users/?as=xlsx").content)).active
    assert sheet is not None
    assert sheet.max_row == 12 + 2
    assert Event.objects.filter(act="data.exported").count() == 1
    assert "用户与岗位" in client.get("/accounts/users/?as=print").content.decode()


def test_the_list_asks_the_database_as_often_for_many_as_for_few(client_of: Callable[[str], Client]) -> None:
    client = client_of("system")
    client.get("/accounts/users/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/accounts/users/")
    User.objects.bulk_create(User(username=f"m{n}", name=f"人{n}", role="inspector") for n in range(300))
    with CaptureQueriesContext(connection) as many:
        client.get("/accounts/users/")
    assert len(many) == len(few)


def test_an_account_shows_what_happened_to_it(people: dict[str, User], client_of: Callable[[str], Client]) -> None:
    page = client_of("system").get(f"/accounts/users/{people['clerk'].pk}/").content.decode()
    assert "开设账号 clerk" in page
    assert "经办人 修改了自己的密码" in page


def test_department_and_number_are_changed_at_once(people: dict[str, User], client_of: Callable[[str], Client]) -> None:
    values = {"name": "经办人", "department": "执法科", "person": "P9", "version": "0"}
    address = f"/accounts/users/{people['clerk'].pk}/edit/"
    assert client_of("system").post(address, values).status_code == 302
    people["clerk"].refresh_from_db()
    assert (people["clerk"].department, people["clerk"].person) == ("执法科", "P9")


def test_two_editors_do_not_overwrite_each_other(people: dict[str, User], client_of: Callable[[str], Client]) -> None:
    clerk = people["clerk"]
    keeping.change(people["system"], clerk.pk, 0, {"name": "经办人", "department": "甲科", "person": ""})
    with pytest.raises(StaleEdit):
        keeping.change(people["system"], clerk.pk, 0, {"name": "经办人", "department": "乙科", "person": ""})
    values = {"name": "经办人", "department": "乙科", "person": "", "version": "0"}
    page = client_of("system").post(f"/accounts/users/{clerk.pk}/edit/", values)
    assert page.status_code == 422
    assert 'value="乙科"' in page.content.decode()


def test_a_new_first_password_is_shown_once_and_ends_the_old_session(
    people: dict[str, User], client_of: Callable[[str], Client]
) -> None:
    clerk, security = client_of("clerk"), client_of("security")
    page = security.post(f"/accounts/users/{people['clerk'].pk}/password/").content.decode()
    people["clerk"].refresh_from_db()
    password = page.split("<code>")[2].split("</code>")[0]
    assert people["clerk"].check_password(password)
    assert people["clerk"].must_change_password
    assert clerk.get("/").status_code == 302
    assert not Event.objects.filter(leaf__contains=password).exists()


def test_nobody_resets_his_own_password_here(people: dict[str, User], client_of: Callable[[str], Client]) -> None:
    answer = client_of("security").post(f"/accounts/users/{people['security'].pk}/password/")
    assert answer.status_code == 409
    people["security"].refresh_from_db()
    assert people["security"].check_password(PASSWORD)


def test_the_first_password_must_be_another_one(people: dict[str, User]) -> None:
    user = open_account("u/console", "fresh", "新人", "clerk", "第一个-password-1")
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/")["Location"] == "/accounts/password/"
    same = {"new_password1": "第一个-password-1", "new_password2": "第一个-password-1"}
    assert "新密码不能与初始密码相同" in client.post("/accounts/password/", same).content.decode()
    assert client.post("/accounts/password/", dict.fromkeys(same, "第二个-password-2")).status_code == 302
    assert client.get("/").status_code == 200


def test_a_later_change_asks_for_the_old_password(client_of: Callable[[str], Client]) -> None:
    client = client_of("clerk")
    new = {"new_password1": "第二个-password-2", "new_password2": "第二个-password-2"}
    assert client.post("/accounts/password/", new).status_code == 422
    assert client.post("/accounts/password/", new | {"old_password": PASSWORD}).status_code == 302
    assert client.get("/").status_code == 200


def test_passwords_are_kept_with_argon2() -> None:
    from django.contrib.auth.hashers import make_password
    from django.test import override_settings

    from sunlot.office import settings

    with override_settings(PASSWORD_HASHERS=settings.PASSWORD_HASHERS):
        assert make_password("x").startswith("argon2$argon2id$")
