"""What protects every page whoever wrote it: headers, no copies in caches, cookies that scripts and other sites cannot use, forged posts, links to elsewhere."""

import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from test_a_closed_page_takes_no_post import address_of

from sqlite_only import office  # noqa: F401  (which page is open to whom is not the database's business)
from sunlot.office.access import pages
from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import Role

ELSEWHERE = ["https://evil.example/", "//evil.example/", "///evil.example", r"\\evil.example", "javascript:alert(1)"]


def guards(answer: object) -> dict[str, str]:
    names = ("X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy")
    return {name: answer[name] for name in (*names, "Cache-Control")}  # type: ignore[index]


@pytest.mark.parametrize("role", ["", *Role.values])
def test_every_page_has_its_guards(role: str, client_of: Callable[[str], Client]) -> None:
    client = client_of(role) if role else Client()
    for name, page in pages().items():
        if not page.menu and name != "accounts:login":
            continue
        answer = client.get(reverse(name))
        assert guards(answer) == {
            "X-Frame-Options": "DENY",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cache-Control": answer["Cache-Control"],
        }, name
        asks = (
            "no-cache" if name.startswith("disclosure:") else "no-store"
        )  # what is public may be kept, yet is asked for anew
        assert asks in answer["Cache-Control"], name
        policy = answer["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert {"default-src 'self'", "frame-ancestors 'none'", "form-action 'self'", "object-src 'none'"} <= set(
            policy.split("; ")
        )


def test_a_refusal_and_a_page_that_is_missing_are_not_kept_either(client_of: Callable[[str], Client]) -> None:
    client = client_of("clerk")
    for address in ("/no/such/page/", "/accounts/users/"):
        assert client.get(address)["Cache-Control"] == "no-store"


def test_cookies_are_out_of_reach(people: dict[str, User]) -> None:
    client = Client()
    client.get("/accounts/login/")
    client.post("/accounts/login/", {"username": "clerk", "password": "阳光-sunlot-2026"})
    session, token = client.cookies["sessionid"], client.cookies["csrftoken"]
    assert (session["httponly"], session["samesite"], token["samesite"]) == (True, "Lax", "Lax")


def test_over_https_cookies_never_travel_in_the_clear() -> None:
    ask = (
        "from sunlot.office import settings as s;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0)"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", ask],
            env=os.environ | {"SUNLOT_HTTPS": https},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        for https in ("1", "")
    ]
    assert said == [["True"] * 3, ["False"] * 3]


def test_a_forged_post_is_refused_on_every_page(people: dict[str, User]) -> None:
    for name, page in pages().items():
        role = next((role for role in Role.values if page.answers(role, "POST")), "")
        if not role:
            continue  # closed to everybody with an account
        client = Client(enforce_csrf_checks=True)
        client.force_login(people[role], backend="django.contrib.auth.backends.ModelBackend")
        answer = client.post(address_of(name))
        assert (answer.status_code, "页面已过期" in answer.content.decode()) == (403, True), name
    assert Client(enforce_csrf_checks=True).post("/language/", {"language": "en"}).status_code == 403


@pytest.mark.parametrize("there", ELSEWHERE)
def test_a_login_leads_to_no_other_site(people: dict[str, User], there: str) -> None:
    form = {"username": "clerk", "password": "阳光-sunlot-2026", "next": there}
    assert Client().post(f"/accounts/login/?next={there}", form)["Location"] == "/"
    client = Client()
    client.force_login(people["clerk"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/accounts/login/", {"next": there})["Location"] == "/"
    assert client.post("/language/", {"language": "en", "next": there})["Location"] == "/"


def test_a_refusal_leads_back_to_no_other_site(people: dict[str, User], client_of: Callable[[str], Client]) -> None:
    address = f"/accounts/users/{people['clerk'].pk}/unlock/"
    page = client_of("security").post(address, headers={"referer": "https://evil.example/"})
    assert page.status_code == 409
    assert "evil.example" not in page.content.decode()
