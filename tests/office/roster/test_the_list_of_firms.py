"""The list of firms filters, leaves as Excel and asks the database a fixed number of questions."""

import io
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from rosters import code, enter, firm
from sunlot.office.journal.models import Event


def test_every_filter_narrows_the_list(client_of: Callable[[str], Client]) -> None:
    enter(
        firm(1, territory="白石镇"),
        firm(2, hazard_class="烟花爆竹"),
        firm(3, risk_level="重大"),
        firm(4, status="停产"),
        firm(5, key_unit="是"),
        firm(6, listed=False),
    )
    client = client_of("clerk")
    for query, expected in (
        ("territory=白石镇", {1}),
        ("hazard_class=烟花爆竹", {2}),
        ("risk_level=重大", {3}),
        ("status=停产", {4}),
        ("key_unit=是", {5}),
        (f"q={code(2)}", {2}),
        ("q=第3机械", {3}),
        ("", {1, 2, 3, 4, 5}),
    ):
        page = client.get(f"/roster/?{query}").content.decode()
        assert {number for number in range(1, 7) if f"/roster/firms/{code(number)}/" in page} == expected, query


def test_the_number_of_queries_does_not_grow_with_the_list(client_of: Callable[[str], Client]) -> None:
    client = client_of("chief")
    client.get("/roster/")  # renews the session
    counts = []
    for numbers in (range(1, 3), range(3, 120)):
        enter(*(firm(number, territory=f"镇{number % 7}") for number in numbers))
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/roster/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8


def test_excel_holds_every_field_and_the_export_is_an_event(client_of: Callable[[str], Client]) -> None:
    enter(firm(1, phone="13812345678"))
    answer = client_of("clerk").get("/roster/?as=xlsx")
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert dict(zip(rows[0], rows[1], strict=True))["联系电话"] == "13812345678"
    assert Event.objects.filter(act="data.exported").count() == 1
