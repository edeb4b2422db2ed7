"""The matrix role × page: every address is declared, and opens to exactly the roles that its declaration names."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from sunlot.office.access import MENU, pages
from sunlot.office.accounts.roles import Role
from sunlot.office.shell.middleware import FREE


def addresses(resolver: Any = None, prefix: str = "") -> Iterator[str]:
    """Yield the name of every address of the office."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from addresses(entry, inner)
        elif isinstance(entry, URLPattern):
            yield prefix + (entry.name or "?")


def test_every_address_is_declared_and_every_declaration_has_an_address() -> None:
    assert set(addresses()) - FREE == set(pages())


def test_every_page_in_the_menu_names_a_group_of_it() -> None:
    assert {page.menu for page in pages().values() if page.menu} <= set(MENU)


def test_breadcrumbs_lead_to_pages_that_exist() -> None:
    assert {page.under for page in pages().values() if page.under} <= set(pages())


@pytest.mark.parametrize("role", Role.values)
def test_a_page_in_the_menu_answers_its_roles_and_refuses_the_others(
    role: str, client_of: Callable[[str], Client]
) -> None:
    from django.urls import reverse

    client = client_of(role)
    for name, page in pages().items():
        if page.menu:
            answer = client.get(reverse(name))
            assert answer.status_code == (200 if page.open_to(role) else 403), name


def test_nobody_gets_in_without_logging_in(people: dict[str, Any]) -> None:
    answer = Client().get("/approvals/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=")


def test_an_attempt_at_a_closed_page_is_an_event(client_of: Callable[[str], Client]) -> None:
    from sunlot.office.journal.models import Event

    assert client_of("inspector").get("/accounts/users/").status_code == 403
    assert Event.objects.filter(act="access.denied").count() == 1
