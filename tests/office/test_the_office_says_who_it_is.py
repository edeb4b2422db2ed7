"""The bureau's code and name: said once, on every page and in every draw's number."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from sunlot.commands.serve import serve
from sunlot.office.bureau import queries, services
from sunlot.office.journal.services import deed
from sunlot.refusal import Refusal

QINGHE = {"code": "379921", "name": "青禾县应急管理局", "short": "青", "territories": "城关街道\n南岗镇"}


def test_the_system_administrator_says_it_and_every_page_is_headed_with_it(client_of: Callable[[str], Client]) -> None:
    answer = client_of("system").post("/bureau/edit/", {**QINGHE, "version": "1"}, follow=True)
    assert answer.status_code == 200
    assert "青禾县应急管理局" in client_of("clerk").get("/").content.decode()
    assert queries.territories(queries.the_bureau()) == ["城关街道", "南岗镇"]


def test_a_code_of_five_digits_is_refused_and_what_was_typed_stays(client_of: Callable[[str], Client]) -> None:
    answer = client_of("system").post("/bureau/edit/", {**QINGHE, "code": "37992", "version": "1"})
    assert answer.status_code == 422
    assert "应为六位数字" in answer.content.decode()
    assert "青禾县应急管理局" in answer.content.decode()


def test_two_people_at_once_do_not_overwrite_each_other(client_of: Callable[[str], Client]) -> None:
    services.describe("u/1", QINGHE)
    old = {**QINGHE, "telephone": "0000-1", "version": "1"}
    assert client_of("system").post("/bureau/edit/", old).status_code == 302
    answer = client_of("system").post("/bureau/edit/", {**old, "telephone": "0000-2"})
    assert "已被他人修改" in answer.content.decode()
    assert queries.the_bureau().telephone == "0000-1"


def test_the_code_stays_once_a_draw_carries_it(people: dict[str, Any]) -> None:
    services.describe("u/1", QINGHE)
    with deed(by="u/1") as doing:
        doing.record("draw.notice", "draw/379921-2026-0001", {"draw": "379921-2026-0001", "step": 1})
    with pytest.raises(Refusal) as refused:
        services.describe("u/1", {**QINGHE, "code": "370830"})
    assert refused.value.kind == "code_in_use"


def test_nothing_works_without_it_and_the_person_is_told_where_to_go(people: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as refused:
        queries.the_bureau()
    assert "系统管理 → 本机关" in refused.value.sentence


def test_qr_codes_carry_the_address_that_the_office_keeps(people: dict[str, Any]) -> None:
    request = RequestFactory().get("/", headers={"host": "localhost:8000"})
    assert queries.absolute(request, "/visits/code/x/") == "http://localhost:8000/visits/code/x/"
    services.describe("u/1", {**QINGHE, "site": "http://192.168.1.10:8000/"})
    assert queries.absolute(request, "/visits/code/x/") == "http://192.168.1.10:8000/visits/code/x/"
    assert queries.listens_at() == ("192.168.1.10", 8000)


@pytest.mark.parametrize("typed", ["192.168.1.10:8000", "ftp://192.168.1.10", "http://a/b/c", "http://"])
def test_what_is_no_address_is_refused_with_one_that_is(typed: str, client_of: Callable[[str], Client]) -> None:
    answer = client_of("system").post("/bureau/edit/", {**QINGHE, "site": typed, "version": "1"})
    assert answer.status_code == 422
    assert "http://192.168.1.10:8000" in answer.content.decode()


@pytest.mark.parametrize(
    ("kept", "listens"),
    [
        ("http://127.0.0.9:8123", ("127.0.0.9", 8123)),  # this machine has it
        ("http://192.0.2.1:8123", ("127.0.0.1", 8123)),  # of nobody: TEST-NET-1, RFC 5737
        ("https://sunlot.example", ("127.0.0.1", 8000)),  # a name leads here through others
        ("", ("127.0.0.1", 8000)),
    ],
)
def test_it_is_served_at_its_own_address_where_this_machine_has_it(
    kept: str, listens: tuple[str, int], office: Path, people: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    import granian

    services.describe("u/1", {**QINGHE, "site": kept})
    found: dict[str, Any] = {}

    class Server:
        def __init__(self, target: str, **given: Any) -> None:
            found.update(given)

        def serve(self) -> None: ...

    monkeypatch.setattr(granian, "Granian", Server)
    monkeypatch.setenv("SUNLOT_HOSTS", "localhost")
    monkeypatch.setenv("SUNLOT_DATABASE", settings.DATABASE_URL)
    serve(office)
    assert (found["address"], found["port"]) == listens
    serve(office, "127.0.0.2", 9000)
    assert (found["address"], found["port"]) == ("127.0.0.2", 9000)
