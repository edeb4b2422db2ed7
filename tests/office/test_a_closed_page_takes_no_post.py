"""The matrix role × page for both methods: what a role may not open it may not post to, and an empty post breaks no page."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from sqlite_only import office  # noqa: F401  (which page is open to whom is not the database's business)
from sunlot.office.access import pages
from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import Role

SAMPLES = {"int": 1, "str": "x", "slug": "x", "path": "x/1", "uuid": "00000000-0000-0000-0000-000000000001"}


def address_of(name: str) -> str:
    """Return an address of the page of that name, with something in place of what it names."""
    app, _, short = name.partition(":")
    resolver = get_resolver().namespace_dict[app][1]
    _, _, _, converters = resolver.reverse_dict.getlist(short)[0]
    kinds = {key: type(converter).__name__.removesuffix("Converter").lower() for key, converter in converters.items()}
    samples = {"string": "x", "integer": 1} | SAMPLES
    kwargs = {key: samples.get(kind) or "2026-01-01" for key, kind in kinds.items()}
    return reverse(name, kwargs=kwargs)


@pytest.fixture
def knock(people: dict[str, User]) -> Callable[[str, str, str], int]:
    """A function that sends a request as somebody and returns the answer's status."""

    def send(role: str, method: str, name: str) -> int:
        client = Client(raise_request_exception=False)
        client.force_login(people[role], backend="django.contrib.auth.backends.ModelBackend")
        return getattr(client, method)(address_of(name)).status_code  # type: ignore[no-any-return]

    return send


@pytest.mark.parametrize("role", Role.values)
def test_a_page_refuses_the_roles_it_is_closed_to(role: str, knock: Callable[[str, str, str], int]) -> None:
    closed = [
        (name, method)
        for name, page in pages().items()
        for method in ("get", "post")
        if not page.answers(role, method.upper())
    ]
    assert closed
    answers = {(name, method): knock(role, method, name) for name, method in closed}
    assert {key: status for key, status in answers.items() if status != 403} == {}


@pytest.mark.parametrize("role", Role.values)
def test_an_empty_post_to_an_open_page_is_answered(role: str, knock: Callable[[str, str, str], int]) -> None:
    answers = {name: knock(role, "post", name) for name, page in pages().items() if page.answers(role, "POST")}
    assert {name: status for name, status in answers.items() if status == 403 or status >= 500} == {}
