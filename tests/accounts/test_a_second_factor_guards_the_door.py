"""动态口令: turned on with a code, asked for at login, once each; recovery codes; compulsory for roles; reset by the security administrator."""

import re
import time
from base64 import b32decode
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from office.conftest import PASSWORD
from sunlot.office.accounts import second_factor
from sunlot.office.accounts.models import User
from sunlot.office.journal.audit import audit
from sunlot.office.journal.models import Event
from sunlot.refusal import Refusal

CODE, OWN = "/accounts/login/code/", "/accounts/second-factor/"


def code_of(user: User, later: int = 0) -> str:
    """What the phone shows, `later` steps of thirty seconds from now."""
    device = TOTPDevice.objects.get(user=user)
    return f"{totp(device.bin_key, t0=-30 * later):06d}"


def turned_on(user: User) -> list[str]:
    second_factor.begin(user)
    return second_factor.confirm(user, code_of(user))


def knock(name: str, then: str = "") -> Client:
    client = Client()
    client.post("/accounts/login/", {"username": name, "password": PASSWORD, "next": then})
    return client


def test_it_is_turned_on_with_the_qr_code_or_by_hand(
    people: dict[str, User], client_of: Callable[[str], Client]
) -> None:
    client, clerk = client_of("clerk"), people["clerk"]
    page = client.get(OWN).content.decode()
    assert 'src="data:image/svg+xml' in page
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert secret
    assert b32decode(secret[1].replace(" ", "")) == TOTPDevice.objects.get(user=clerk).bin_key
    assert "口令不对" in client.post(OWN, {"act": "on", "code": "000000"}).content.decode()
    time.sleep(1.1)  # django-otp makes a wrong guess wait
    answer = client.post(OWN, {"act": "on", "code": code_of(clerk)}).content.decode()
    assert len(set(re.findall(r"<li><code>([a-z2-7]{8})</code>", answer))) == 10
    clerk.refresh_from_db()
    assert clerk.second_factor
    assert audit().findings == []


def test_the_password_alone_opens_nothing(people: dict[str, User]) -> None:
    turned_on(people["clerk"])
    client = knock("clerk")
    assert client.get("/").status_code == 302
    assert "动态口令或恢复码" in client.get(CODE).content.decode()


def test_the_code_opens_the_door_and_leads_where_one_wanted_to_go(people: dict[str, User]) -> None:
    turned_on(people["clerk"])
    client = knock("clerk", then="/approvals/")
    answer = client.post(CODE, {"code": code_of(people["clerk"], later=1)})
    assert answer["Location"] == "/approvals/"
    assert client.get("/approvals/").status_code == 200
    assert '"second_factor":"totp"' in Event.objects.get(act="account.login").leaf


def test_it_does_not_lead_to_another_site(people: dict[str, User]) -> None:
    turned_on(people["clerk"])
    client = knock("clerk", then="https://evil.example/")
    assert client.post(CODE, {"code": code_of(people["clerk"], later=1)})["Location"] == "/"


def test_a_code_opens_once(people: dict[str, User]) -> None:
    turned_on(people["clerk"])
    code = code_of(people["clerk"], later=1)
    assert knock("clerk").post(CODE, {"code": code}).status_code == 302
    answer = knock("clerk").post(CODE, {"code": code})
    assert answer.status_code == 422
    assert "口令不对" in answer.content.decode()
    assert Event.objects.filter(act="account.failed", leaf__contains='"why":"code"').count() == 1


def test_a_recovery_code_opens_once(people: dict[str, User]) -> None:
    codes = turned_on(people["clerk"])
    client = knock("clerk")
    client.post(CODE, {"code": codes[3].upper()})
    assert "还剩 9 个" in client.get("/").content.decode()
    assert knock("clerk").post(CODE, {"code": codes[3]}).status_code == 422


def test_guessing_gets_slower_and_the_page_says_until_when(people: dict[str, User]) -> None:
    turned_on(people["clerk"])
    TOTPDevice.objects.update(throttling_failure_count=9)
    knock("clerk").post(CODE, {"code": "000000"})
    page = knock("clerk").post(CODE, {"code": code_of(people["clerk"], later=1)})
    assert page.status_code == 422
    assert re.search(r"口令错误次数过多，请在 \d\d:\d\d:\d\d 之后再试", page.content.decode())


def test_who_waits_too_long_begins_again(people: dict[str, User], monkeypatch: pytest.MonkeyPatch) -> None:
    turned_on(people["clerk"])
    monkeypatch.setattr("sunlot.office.accounts.entrance.PATIENCE", -1)
    assert knock("clerk").get(CODE)["Location"] == "/accounts/login/"


def test_a_role_that_must_use_it_sets_it_up_before_anything_else(
    people: dict[str, User], client_of: Callable[[str], Client]
) -> None:
    assert client_of("security").post("/accounts/rules/", {"roles": ["chief"]}).status_code == 302
    client = knock("chief")
    assert client.get("/approvals/")["Location"] == OWN
    assert "启用之后才能继续" in client.get(OWN).content.decode()
    client.post(OWN, {"act": "on", "code": code_of(people["chief"])})
    assert client.get("/approvals/").status_code == 200
    people["chief"].refresh_from_db()
    with pytest.raises(Refusal, match="second_factor_required"):
        second_factor.turn_off(people["chief"], code_of(people["chief"], later=1))
    assert knock("clerk").get("/").status_code == 200


def test_it_is_turned_off_with_a_code_only(people: dict[str, User]) -> None:
    codes = turned_on(people["clerk"])
    with pytest.raises(Refusal, match="code_wrong"):
        second_factor.turn_off(people["clerk"], "nonsense")
    time.sleep(1.1)
    second_factor.turn_off(people["clerk"], codes[0])
    assert knock("clerk").get("/").status_code == 200


def test_new_recovery_codes_void_the_old_ones(people: dict[str, User]) -> None:
    old = turned_on(people["clerk"])
    assert not set(second_factor.renew_codes(people["clerk"], old[0])) & set(old)
    with pytest.raises(Refusal, match="code_wrong"):
        second_factor.verify(people["clerk"], old[1])


def test_the_security_administrator_resets_it_but_not_his_own(
    people: dict[str, User], client_of: Callable[[str], Client]
) -> None:
    turned_on(people["clerk"])
    turned_on(people["security"])
    security = client_of("security")
    assert security.post(f"/accounts/users/{people['clerk'].pk}/second-factor/").status_code == 302
    assert security.post(f"/accounts/users/{people['security'].pk}/second-factor/").status_code == 409
    assert knock("clerk").get("/").status_code == 200
    assert Event.objects.filter(act="account.second-factor-reset").count() == 1


def test_a_factor_removed_behind_the_offices_back_is_named_by_the_audit(people: dict[str, User]) -> None:
    turned_on(people["clerk"])
    User.objects.filter(username="clerk").update(second_factor=False)
    assert [finding.kind for finding in audit().findings] == ["table_differs"]


def test_secrets_stay_out_of_the_log(people: dict[str, User]) -> None:
    codes = turned_on(people["clerk"])
    key = TOTPDevice.objects.get(user=people["clerk"]).key
    leaves = "".join(Event.objects.values_list("leaf", flat=True))
    assert not [secret for secret in [*codes, key] if secret in leaves]
    assert settings.OTP_TOTP_ISSUER
