"""While the machine's clock is behind the log, whatever would write is refused with a sentence, also where only a page is asked for; reading goes on,
the first page says so, and a clock put right ends it.
"""

from collections.abc import Callable

import pytest
from django.test import Client

from office.conftest import PASSWORD
from rosters import enter, firm
from sunlot.office.accounts.models import User
from sunlot.office.accounts.services import open_account
from sunlot.office.journal.audit import audit
from sunlot.office.journal.clock import held
from sunlot.office.journal.models import Event
from sunlot.office.roster.models import Snapshot
from sunlot.refusal import Refusal


def test_a_step_is_refused_and_a_page_is_not(people: dict[str, User], client_of: Callable[[str], Client]) -> None:
    enter(firm(1))
    clerk, before = client_of("clerk"), Event.objects.count()
    with held("2020-01-01T00:00:00Z"):
        refused = clerk.post("/roster/snapshots/take/")
        assert clerk.get("/roster/").status_code == 200
    assert refused.status_code == 409
    assert "请先校正时钟" in refused.content.decode()
    assert (Event.objects.count(), Snapshot.objects.count()) == (before, 0)
    assert clerk.post("/roster/snapshots/take/").status_code == 302
    assert audit().findings == []


def test_what_would_be_written_by_reading_is_refused_too(
    people: dict[str, User], client_of: Callable[[str], Client]
) -> None:
    enter(firm(1))
    clerk, before = client_of("clerk"), Event.objects.count()
    with held("2020-01-01T00:00:00Z"):
        taken, closed = clerk.get("/roster/?as=xlsx"), clerk.get("/accounts/users/")
    assert taken.status_code == closed.status_code == 409
    assert "请先校正时钟" in taken.content.decode()
    assert "请告诉系统管理员" in closed.content.decode()
    assert Event.objects.count() == before
    assert audit().findings == []
    assert clerk.get("/roster/?as=xlsx").status_code == 200


def test_everybody_reads_on_the_first_page_why_nothing_can_be_done(client_of: Callable[[str], Client]) -> None:
    clients = [client_of(name) for name in ("clerk", "chief", "inspector", "system")]
    with held("2020-01-01T00:00:00Z"):
        for client in clients:
            page = client.get("/").content.decode()
            assert "这台电脑的时钟早于日志" in page
            assert "2020-01-01 08:00" in page
    assert "这台电脑的时钟早于日志" not in clients[0].get("/").content.decode()


def test_a_program_without_a_browser_is_refused_too(people: dict[str, User]) -> None:
    before = Event.objects.count()
    with held("2020-01-01T00:00:00Z"), pytest.raises(Refusal, match="请先校正时钟"):
        open_account("u/console", "late", "迟到", "clerk", PASSWORD)
    assert (Event.objects.count(), User.objects.filter(username="late").count()) == (before, 0)
