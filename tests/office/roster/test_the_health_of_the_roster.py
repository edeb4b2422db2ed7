"""Each check of the roster's health finds the firm that it is for, and no other."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rosters import code, enter, firm
from sunlot.office.accounts.models import User
from sunlot.office.journal.services import deed
from sunlot.office.roster.health import CHECKS
from sunlot.office.roster.models import IntensityCause
from sunlot.office.roster.services import record_visit

TODAY = date(2026, 6, 1)
OLD = TODAY - timedelta(days=400)


def ailing() -> None:
    enter(
        firm(1, confirmed_on=OLD),
        firm(2, phone=""),
        firm(3, hazard_class=""),
        firm(4, id="REG15-370830228012345"),
        firm(5, status="停业核查"),
        firm(6),
        firm(7),
        firm(8, key_unit="是"),
        firm(9, key_unit="是"),
        firm(10, confirmed_on=OLD),
        firm(11, phone="", status="注销"),
        firm(12, listed=False, phone=""),
        firm(13, territory="城关街道办事处"),
        firm(14, key_unit="是"),
        firm(15, listed=False, merged_into_id=code(14)),
    )
    with deed(by="u/console") as doing:
        record_visit(doing, code(6), date(2026, 5, 1), "routine", observed="停产")
        record_visit(doing, code(9), date(2026, 1, 20), "key")
        record_visit(doing, code(15), date(2026, 1, 20), "key")
        record_visit(doing, code(10), date(2026, 1, 20), "routine")
        for number, until in ((7, date(2026, 5, 1)), (9, date(2026, 7, 1))):
            doing.save(
                IntensityCause(firm_id=code(number), level=1, cause="违法行为", since=OLD, until=until, source="罚1号")
            )
        doing.record("roster.cause", "roster", {})


def test_each_check_finds_its_own(people: dict[str, User]) -> None:
    ailing()
    found = {name: set(check.find(TODAY).values_list("pk", flat=True)) for name, check in CHECKS.items()}
    assert found == {
        "stale": {code(1)},
        "unreachable": {code(2)},
        "unclassed": {code(3)},
        "alias": {code(13)},
        "codes": {"REG15-370830228012345"},
        "doubt": {code(5)},
        "observed": {code(6)},
        "expired": {code(7)},
        "unvisited": {code(8)},
    }


def test_the_page_counts_and_leads_to_the_firms(client_of: Callable[[str], Client]) -> None:
    ailing()
    client = client_of("supervisor")
    assert "/roster/health/unreachable/" in client.get("/roster/health/").content.decode()
    page = client.get("/roster/health/unreachable/").content.decode()
    assert code(2) in page
    assert code(1) not in page
    assert client.get("/roster/health/nothing/").status_code == 404


def test_a_clerk_is_told_of_firms_in_doubt(client_of: Callable[[str], Client]) -> None:
    ailing()
    page = client_of("clerk").get("/").content.decode()
    assert "停业待核查" in page and "现场所见不符" in page


def test_the_pages_ask_a_fixed_number_of_queries(client_of: Callable[[str], Client]) -> None:
    client, counts = client_of("clerk"), []
    pages = ("/roster/health/", "/roster/health/unreachable/", "/roster/duplicates/", "/roster/causes/", "/")
    for page in pages:
        client.get(page)
    for numbers in (range(100, 102), range(102, 180)):
        enter(*(firm(number, phone="") for number in numbers))
        counts.append([])
        for page in pages:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page).status_code == 200
            counts[-1].append(len(asked))
    assert counts[0] == counts[1]
