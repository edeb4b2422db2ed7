"""The list of rounds asks the database as often for thirty drafts, some waiting for a decision, as for one."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lottery.conftest import Story
from sunlot.office.lottery import asking
from sunlot.office.lottery.models import Round


def asked(client: Client) -> tuple[int, str]:
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/lottery/").content.decode()
    return len(queries), page


def test_more_drafts_cost_no_more_queries(story: Callable[..., Story], client_of: Callable[[str], Client]) -> None:
    told, client = story(), client_of("auditor")
    asked(client)  # what only the first answer asks for
    few, page = asked(client)
    assert "待批准" not in page
    asking.ask(told.people["clerk"], told.row.pk, told.row.version, "按计划")
    fields = {"year": 2023, "date": told.row.date, "window_from": told.row.window_from, "window_to": told.row.window_to}
    Round.objects.bulk_create(Round(title=f"草稿{n}", number=n + 2, **fields) for n in range(30))
    many, page = asked(client)
    assert many == few
    assert page.count("待批准") == 1 and page.count("草稿") >= 30
