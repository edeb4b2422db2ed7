"""The list: by kind, number, firm, day; Excel and print; the same number of queries however long; blank forms of every kind."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from lottery.conftest import Clock
from papers.conftest import Clients, text_of
from sunlot.documents.statutory import forms
from sunlot.office.papers.models import Paper


def test_by_what_one_knows(record: Callable[..., Paper], client_of: Clients) -> None:
    first, second = record(), record(fields={"firm": "青禾第9厂"})
    reader = client_of("supervisor")

    def shown(**query: str) -> list[bool]:
        page = reader.get("/papers/", query).content.decode()
        return [paper.number in page for paper in (first, second)]

    assert shown() == [True, True]
    assert shown(q="第9厂") == [False, True]
    assert shown(q=first.number) == [True, False]
    assert shown(kind="inspection_notice") == [False, False]
    assert shown(kind="onsite_record", state="issued") == [True, True]
    assert reader.get("/papers/?as=xlsx").content.startswith(b"PK")
    assert first.number in reader.get("/papers/?as=print").content.decode()


def test_a_long_list_asks_no_more(record: Callable[..., Paper], client_of: Clients) -> None:
    reader = client_of("auditor")
    record()
    counts = []
    for _ in range(2):
        for address in ("/papers/", "/papers/register/"):
            reader.get(address)
            with CaptureQueriesContext(connection) as asked:
                reader.get(address)
            counts.append(len(asked))
        for _ in range(8):
            record()
    assert counts[:2] == counts[2:]


def test_every_kind_has_an_empty_form(people: object, client_of: Clients, clock: Clock, county: object) -> None:
    clock.at = "2026-01-10T01:00:00Z"
    clerk = client_of("clerk")
    page = clerk.get("/papers/blank/").content.decode()
    for kind, editions in forms().items():
        assert editions[-1].title in page
        answer = clerk.get(f"/papers/blank/{kind}/")
        assert editions[-1].title[:6] in text_of(answer.content), kind
        assert clerk.get(f"/papers/blank/{kind}/?as=word").content.startswith(b"PK")
    assert clerk.get("/papers/blank/none/").status_code == 404
    assert not Paper.objects.exists()
