"""While the machine's clock is behind the log, whatever would write is refused with a sentence; reading goes on, and a clock put right ends it."""

from collections.abc import Callable

from django.test import Client

from rosters import enter, firm
from sunlot.office.accounts.models import User
from sunlot.office.journal.audit import audit
from sunlot.office.journal.clock import held
from sunlot.office.journal.models import Event
from sunlot.office.roster.models import Snapshot


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
