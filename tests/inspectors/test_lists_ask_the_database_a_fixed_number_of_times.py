"""Lists stay quick: the number of queries does not grow with the people."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from inspectors.conftest import facts
from sunlot.office.accounts.models import User
from sunlot.office.inspectors import leaves
from sunlot.office.inspectors.changes import submit
from sunlot.office.inspectors.models import Inspector
from sunlot.office.inspectors.queries import write_staff_tables

ADDRESSES = (
    "/inspectors/",
    "/inspectors/?problem=expired",
    "/inspectors/?as=print",
    "/inspectors/drawable/?reason=yes",
    "/inspectors/leaves/?month=2026-12",
    "/inspectors/health/",
    "/",
)


def asked(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def fill(people: dict[str, User], first: int) -> None:
    for number in range(first, first + 20):
        submit(people["clerk"], "add", f"K{number}", facts(f"人员{number}", number=f"证{number}"))
        person = Inspector.objects.get(pk=f"K{number}")
        leaves.enter(people["clerk"], person, "培训", date(2026, 12, 1), date(2026, 12, 3))


@pytest.mark.parametrize("address", ADDRESSES)
def test_twice_the_people_cost_no_more_queries(
    address: str, people: dict[str, User], roster: dict[str, Inspector], client_of: Callable[[str], Client]
) -> None:
    client = client_of("clerk")
    fill(people, 1)
    few = asked(client, address)
    fill(people, 100)
    assert asked(client, address) == few <= (75 if address == "/" else 30)  # the first page asks every app


def test_the_tables_of_the_draw_take_a_handful(
    people: dict[str, User], roster: dict[str, Inspector], tmp_path: Path
) -> None:
    fill(people, 1)
    with CaptureQueriesContext(connection) as queries:
        write_staff_tables(tmp_path, date(2026, 11, 25))
    assert len(queries) <= 4
