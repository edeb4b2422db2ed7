"""Reloading, or going back to, an address that only takes what is sent to it leads to the page it belongs to."""

from collections.abc import Callable

import pytest
from django.test import Client

PAGES = {
    "/lottery/rounds/7/announce/": "/lottery/rounds/7/",
    "/lottery/draws/379921-2026-0001/seed/0/": "/lottery/draws/379921-2026-0001/seed/",
    "/lottery/draws/379921-2026-0001/seed/0/withdraw/": "/lottery/draws/379921-2026-0001/seed/0/",
    "/plan/3/take-back/": "/plan/3/",
    "/journal/checkpoints/sign/": "/journal/checkpoints/",
}


@pytest.mark.parametrize("address", [address for address in PAGES if not address.startswith("/journal")])
def test_a_reload_leads_to_the_page_above(address: str, client_of: Callable[[str], Client]) -> None:
    answer = client_of("clerk").get(address, headers={"accept": "text/html,*/*"})
    assert answer.status_code == 302
    assert answer["Location"] == PAGES[address]


def test_whoever_is_led_there_is_told(client_of: Callable[[str], Client]) -> None:
    clerk = client_of("auditor")
    answer = clerk.get("/journal/checkpoints/sign/", headers={"accept": "text/html"}, follow=True)
    assert answer.redirect_chain == [("/journal/checkpoints/", 302)]
    assert "刷新或后退不会再次提交" in answer.content.decode()


def test_a_closed_page_stays_closed_and_a_program_is_told_the_method(client_of: Callable[[str], Client]) -> None:
    address = "/plan/3/take-back/"
    assert client_of("inspector").get(address, headers={"accept": "text/html"}).status_code == 403
    assert client_of("clerk").get(address, headers={"accept": "application/json"}).status_code == 405
    assert Client().get(address, headers={"accept": "text/html"}).status_code == 302
