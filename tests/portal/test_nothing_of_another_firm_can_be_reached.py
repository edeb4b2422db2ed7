"""Every address of the firm's pages is walked without a code, with a wrong one, and with another firm's."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from sunlot.office.accounts.models import User
from sunlot.office.portal import codes
from sunlot.office.portal.pages import PAGES
from sunlot.office.roster.models import Firm
from sunlot.office.shell.pages import ANYBODY
from sunlot.office.visits.models import Visit

DOORS = {"portal:enter", "portal:leave"}


def own_pages() -> list[str]:
    return [name for name, page in PAGES.items() if page.roles == ANYBODY and name not in DOORS]


def addresses(number: int = 1) -> list[str]:
    """Return every address behind the door; a number in it is the given one."""
    resolver = get_resolver()
    found = []
    for name in own_pages():
        (possibility,) = resolver.reverse_dict.getlist(name) or resolver.namespace_dict["portal"][
            1
        ].reverse_dict.getlist(name.removeprefix("portal:"))
        parameters = possibility[0][0][1]
        found.append(reverse(name, kwargs=dict.fromkeys(parameters, number)))
    return found


@pytest.mark.parametrize("code", ["", "AAAAA-BBBBB-CCCCC-DDDDD", "1", "code/1", "' OR 1=1 --", "０" * 40])
def test_a_wrong_code_opens_no_address(ready: Callable[..., Visit], people: dict[str, User], code: str) -> None:
    visit = ready()
    codes.give(people["clerk"], visit.firm_id, "邮寄")
    client = Client()
    assert client.post("/firm/", {"code": code}).status_code == 422
    for address in addresses():
        for method in (client.get, client.post):
            answer = method(address)
            assert answer.status_code in (302, 405) and visit.firm.name not in answer.content.decode(), address
            assert answer.status_code == 405 or answer.headers["location"].startswith("/firm/"), address


def test_a_session_that_was_tampered_with_opens_nothing(ready: Callable[..., Visit]) -> None:
    ready()
    client = Client()
    for via in ("code/999", "visit/999", "code/x", "visit/", "/", "firm/1"):
        session = client.session
        session["firm_via"] = via
        session.save()
        assert client.get("/firm/own/").status_code == 302, via


def test_no_page_of_a_firm_names_another(ready: Callable[..., Visit], people: dict[str, User]) -> None:
    visit = ready()
    _, code = codes.give(people["clerk"], visit.firm_id, "邮寄")
    client = Client()
    client.post("/firm/", {"code": code})
    others = {*Firm.objects.exclude(pk=visit.firm_id).values_list("pk", flat=True)}
    for number in (visit.pk, *Visit.objects.exclude(pk=visit.pk).values_list("pk", flat=True)):
        for address in addresses(number):
            answer = client.get(address)
            text = answer.content.decode()
            assert answer.status_code in (200, 404, 405), address
            assert not [other for other in others if other in text], address
