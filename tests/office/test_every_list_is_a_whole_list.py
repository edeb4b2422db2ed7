"""Every list that a menu leads to: a fixed number of queries, Excel with every row, a print view."""

import io
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from filled import fill, lists_of
from sunlot.office.accounts.models import User
from sunlot.office.imports.models import Batch
from sunlot.office.journal.models import Event
from sunlot.office.shell import listing

WATCHED = ("clerk", "chief", "auditor", "system", "security", "inspector")  # between them they open every list


@pytest.fixture
def pages(people: dict[str, User], client_of: Callable[[str], Client]) -> list[tuple[str, Client, str]]:
    """Every page to look at, with a client of a role that opens it, in an office where every list has five rows."""
    fill(people, 0, 5)
    found: dict[str, tuple[str, Client, str]] = {}
    for role in WATCHED:
        client = client_of(role)
        for name, address in lists_of(role).items():
            found.setdefault(name, (name, client, address))
    assert len(found) > 35
    assert Batch.objects.count() == 5
    return list(found.values())


NO_LISTS = {  # pages of the menu that show one thing, or a short table that is read and not searched
    "workbench:home": "what is due, each line a link to its list",
    "lottery:tasks": "an inspector's own visits, round by round; those of an unannounced one leave no file",
    "catalog:public": "what anybody reads, with files of its own; the office's list is catalog:list",
    "complaints:statistics": "sums, with Excel; the browser prints the page",
    "plan:calculator": "a reckoning",
    "plan:printed": "a reckoning",
}
NO_PANEL = ("roster:health", "inspectors:health")  # a line a check


def asked(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200, (address, answer.content.decode())
    return len(queries)


def test_a_list_asks_the_database_as_often_for_fifty_rows_as_for_five(
    pages: list[tuple[str, Client, str]], people: dict[str, User]
) -> None:
    few = {name: asked(client, address) for name, client, address in pages}
    fill(people, 5, 45)
    many = {name: asked(client, address) for name, client, address in pages}
    assert {name: (few[name], count) for name, count in many.items() if count != few[name]} == {}
    assert max(many.values()) <= 75, many  # the first page asks every app


def test_excel_holds_every_row_and_the_print_view_opens(
    pages: list[tuple[str, Client, str]], people: dict[str, User]
) -> None:
    fill(people, 5, 60)
    lists = 0
    for name, client, address in pages:
        counted = re.search(r'class="pager".*?共 (\d+) 条', client.get(address).content.decode(), re.DOTALL)
        if counted is None or "导出 Excel" not in client.get(address).content.decode():
            continue
        lists += 1
        count = int(counted[1])
        sheet = load_workbook(io.BytesIO(client.get(address, {"as": "xlsx"}).content)).worksheets[0]
        head_and_note = 2
        assert sheet.max_row - head_and_note == count, name
        printed = client.get(address, {"as": "print"})
        assert printed.status_code == 200, name
        assert printed.content.decode().count("<tr") - 1 >= count, name
        told = re.search(r"共 (\d+) 条", printed.content.decode())
        assert told and int(told[1]) >= count, name  # the log has grown by the export
    assert lists >= 25


def test_a_print_view_says_where_it_ends_and_is_in_the_log(
    people: dict[str, User], client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(people, 5, 60)
    monkeypatch.setattr(listing, "PRINTED", 20)
    printed = client_of("clerk").get("/roster/", {"as": "print"}).content.decode()
    assert "本页只打印前 20 条；全部请导出 Excel" in printed and printed.count("<tr") == 21
    assert "（打印）" in Event.objects.filter(act="data.exported").latest("seq").leaf


def test_every_list_can_be_searched_exported_and_printed(pages: list[tuple[str, Client, str]]) -> None:
    lacking = {}
    for name, client, address in pages:
        page = client.get(address).content.decode()
        if name in NO_LISTS or 'class="rows"' not in page or page.count('<th scope="col"') < 2:
            continue
        wanted = {"as=xlsx", "as=print", *(() if name in NO_PANEL else ('class="panel"',))}
        if missing := {each for each in wanted if each not in page}:
            lacking[name] = missing
    assert lacking == {}
