"""An urgent visit begins before its approval, which has the policy's hours: due, late and refused are said to those responsible, and the visit stays."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from lottery.conftest import Clock, code
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.catalog.models import ItemList
from sunlot.office.visits.approval_kinds import arrange_and_ask, ask_again
from sunlot.office.visits.making import Arrangement
from sunlot.office.visits.models import Visit
from visits.conftest import Phone

Clients = Callable[[str], Client]
WANTED = Arrangement(
    firm=code(1),
    origin="other",
    kind="case",
    reason="附近居民闻到刺鼻气味",
    source="值班记录",
    window_from=date(2025, 9, 18),
    window_to=date(2025, 10, 31),
    team=("R000", "R001"),
    urgent=True,
)


@pytest.fixture
def begun(
    county: dict[str, User], item_list: ItemList, clock: Clock, phone_of: Callable[[str], Phone]
) -> tuple[Visit, dict[str, User]]:
    """An urgent visit that began on 20 September 2025 at noon in China."""
    clock.at = "2025-09-20T04:00:00Z"
    visit = arrange_and_ask(county["clerk"], WANTED)
    phone = phone_of("R000")
    phone.enter("place", "一车间")
    assert phone.send(visit.uid)["accepted"]
    return visit, county


def asked() -> Approval:
    return Approval.objects.filter(kind="visits.approve").latest("pk")


def texts(client_of: Clients, visit: Visit, *roles: str) -> list[str]:
    """Return first page and the visit's page of each role."""
    return [
        client_of(role).get("/").content.decode() + client_of(role).get(f"/visits/{visit.pk}/").content.decode()
        for role in roles
    ]


def test_it_is_due_and_then_late(begun: tuple[Visit, dict[str, User]], client_of: Clients, clock: Clock) -> None:
    visit, _people = begun
    for text in texts(client_of, visit, "chief", "leading"):
        assert "须补办审批，应在 2025-09-21 12:00 前" in text and "审批须在此前补办" in text
    assert "逾期没有补办审批" not in client_of("supervisor").get("/").content.decode()
    clock.at = "2025-09-21T04:00:01Z"
    for text in texts(client_of, visit, "chief", "leading", "supervisor"):
        assert "紧急检查逾期没有补办审批" in text and "逾期没有补办审批，应在此前补办" in text
    assert "已经超过" in client_of("chief").get(f"/approvals/{asked().pk}/").content.decode()


def test_one_that_came_too_late_says_so(begun: tuple[Visit, dict[str, User]], client_of: Clients, clock: Clock) -> None:
    visit, people = begun
    clock.at = "2025-09-21T03:59:00Z"
    approvals.grant(people["chief"], asked().pk)
    assert not [text for text in texts(client_of, visit, "chief", "supervisor") if "补办" in text]
    Visit.objects.filter(pk=visit.pk).update(approved_at="2025-09-21T04:01:00Z")
    (text,) = texts(client_of, visit, "supervisor")
    assert "审批补办超过期限" in text and "2025-09-21 12:00" in text


def test_one_that_is_refused_leaves_the_visit_marked_and_everybody_told(
    begun: tuple[Visit, dict[str, User]], client_of: Clients
) -> None:
    visit, people = begun
    approvals.refuse(people["chief"], asked().pk, "情况并不紧急")
    for text in texts(client_of, visit, "chief", "leading", "clerk"):
        assert "补办审批被退回：情况并不紧急" in text and "事后审批没有获得批准：情况并不紧急" in text
    assert "紧急检查的补办审批被退回" in client_of("supervisor").get("/").content.decode()
    assert "事后审批没有获得批准" in Client().get(f"/visits/code/{visit.token}/").content.decode()
    visit.refresh_from_db()
    assert visit.state == "underway"
    ask_again(people["clerk"], visit.pk, "补充值班录音")
    assert "被退回" not in client_of("supervisor").get("/").content.decode()


def test_before_it_begins_nothing_is_late(
    county: dict[str, User], item_list: ItemList, clock: Clock, client_of: Clients
) -> None:
    clock.at = "2025-09-20T04:00:00Z"
    visit = arrange_and_ask(county["clerk"], replace(WANTED, source="另一份记录"))
    clock.at = "2025-09-25T04:00:00Z"
    (text,) = texts(client_of, visit, "chief")
    assert "审批须事后补办" in text and "逾期没有补办" not in text
