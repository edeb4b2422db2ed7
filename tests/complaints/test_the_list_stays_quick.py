"""The list of reports and the list of things to do ask the database as often for fifty reports as for five."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from complaints.conftest import TEXT
from sunlot.office.accounts.models import User
from sunlot.office.complaints import intake, todo
from sunlot.office.complaints.intake import Arrival
from sunlot.office.complaints.models import Report


def more(many: int) -> None:
    start = Report.objects.count()
    for number in range(start, start + many):
        intake.receive(Arrival("hazard", f"{TEXT}第{number}件", firm=f"青禾第{number % 40}厂"))


@pytest.mark.parametrize("address", ["/complaints/", "/complaints/statistics/", "/complaints/?as=print"])
def test_as_many_queries_for_fifty_as_for_five(
    address: str, county: dict[str, User], client_of: Callable[[str], Client]
) -> None:
    client, counts = client_of("clerk"), []
    for many in (5, 45):
        more(many)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 25


def test_what_there_is_to_do_too(county: dict[str, User]) -> None:
    counts = []
    for many in (5, 45):
        more(many)
        Report.objects.update(handler=county["clerk"])
        with CaptureQueriesContext(connection) as queries:
            list(todo.todos(county["clerk"], date(2023, 8, 20)))
        counts.append(len(queries))
    assert counts[0] == counts[1]
