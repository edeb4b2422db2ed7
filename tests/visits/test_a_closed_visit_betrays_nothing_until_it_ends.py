"""A visit that the firm is not told of, or that a complaint led to, is seen by its part alone: who arranged it, who decides, its officers on its day.

Everybody else finds no word of it on any page, in no list, count, Excel file, search, to-do, request, cap or sentence of the log, until it has ended.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from lottery.conftest import Clock, code
from sunlot.office.access import pages
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.catalog.models import ItemList
from sunlot.office.journal.models import Event
from sunlot.office.roster.models import Firm
from sunlot.office.visits.approval_kinds import arrange_and_ask, ask_team
from sunlot.office.visits.key_firms import reach_of
from sunlot.office.visits.making import Arrangement
from sunlot.office.visits.models import Visit
from sunlot.office.visits.states import State
from visits.conftest import Phone

NAME, REASON, SOURCE = "独此一家烟花厂", "有人反映夜间偷产", "密件第七号"
DAY = date(2025, 9, 20)
WANTED = Arrangement(
    firm=code(1),
    origin="campaign",
    kind="campaign",
    reason=REASON,
    source=SOURCE,
    window_from=DAY,
    window_to=date(2025, 10, 31),
    team=("R000", "R001"),
    secret=True,
)
COMPLAINT = replace(WANTED, origin="complaint", kind="complaint", secret=False)
Clients = Callable[[str], Client]


@pytest.fixture
def arranged(county: dict[str, User], item_list: ItemList, clock: Clock) -> Callable[[Arrangement], Visit]:
    """A function that returns a visit which the clerk has arranged; its firm has another name by now, so that the old one stands nowhere else."""
    clock.at = "2025-09-20T04:00:00Z"

    def make(wanted: Arrangement) -> Visit:
        Firm.objects.filter(pk=wanted.firm).update(name=NAME)
        visit = arrange_and_ask(county["clerk"], wanted)
        Firm.objects.filter(pk=wanted.firm).update(name="改名后的厂")
        return visit

    return make


def approve(people: dict[str, User]) -> Approval:
    return approvals.grant(people["chief"], Approval.objects.filter(kind="visits.approve").latest("pk").pk)


def addresses(visits: list[Visit], role: str) -> Iterator[str]:
    """Yield the pages that open to a role: all that need no number, and those about these visits, their firms and requests."""
    for name, page in pages().items():
        if page.open_to(role):
            try:
                yield reverse(name)
            except NoReverseMatch:
                continue
    yield "/visits/?as=xlsx"
    for visit in visits:
        yield from (f"/visits/?q={visit.firm_id}", f"/visits/{visit.pk}/")
        yield from (reverse("roster:one", args=[visit.firm_id]), reverse("records:history", args=[visit.obj]))
    yield from (reverse("approvals:one", args=[number]) for number in Approval.objects.values_list("pk", flat=True))


def said(client: Client, url: str) -> str:
    """Return all that a page or workbook says."""
    answer = client.get(url)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"".join(book.read(name) for name in book.namelist())
    return body.decode(errors="replace") if answer.status_code == 200 else ""


@pytest.mark.parametrize("who", ["clerk2", "supervisor", "auditor"])
def test_whoever_has_no_part_finds_no_word_of_it(
    arranged: Callable[[Arrangement], Visit], client_of: Clients, people: dict[str, User], who: str
) -> None:
    made = []
    for wanted in (WANTED, replace(COMPLAINT, firm=code(2))):
        made.append(arranged(wanted))
        approve(people)
    ask_team(people["clerk"], made[0].pk, ["R002", "R001"], "illness", "病假条")
    client, role = client_of(who), people[who].role
    for url in addresses(made, role):
        text = said(client, url)
        assert not [word for word in (NAME, REASON, SOURCE, made[0].token) if word in text], url
    assert client.get(f"/visits/{made[0].pk}/").status_code == 404


def test_neither_its_approval_nor_its_log_names_it(
    arranged: Callable[[Arrangement], Visit], people: dict[str, User], client_of: Clients
) -> None:
    arranged(COMPLAINT)
    asked = approve(people)
    assert NAME not in asked.title
    assert not [leaf for leaf in Event.objects.values_list("leaf", flat=True) if NAME in leaf or REASON in leaf]
    assert client_of("supervisor").get(reverse("approvals:one", args=[asked.pk])).status_code == 404


def test_those_who_have_a_part_see_it_and_their_look_is_an_event(
    arranged: Callable[[Arrangement], Visit],
    people: dict[str, User],
    client_of: Clients,
    phone_of: Callable[[str], Phone],
) -> None:
    visit = arranged(WANTED)
    for who in ("clerk", "chief", "leading"):
        assert NAME in said(client_of(who), "/visits/") and NAME in said(client_of(who), f"/visits/{visit.pk}/")
    assert Event.objects.filter(act="visit.closed-viewed", obj=visit.obj).count() == 3
    officer, other = phone_of("R000"), phone_of("R003")
    assert NAME not in said(officer.client, "/visits/own/")  # not approved yet
    approve(people)
    assert NAME in said(officer.client, "/visits/own/") and officer.today()["visits"]
    assert NAME not in said(other.client, "/visits/own/") and not other.today()["visits"]
    assert Event.objects.filter(act="visit.viewed").count() >= 2


def test_its_officers_learn_of_it_on_its_day(
    arranged: Callable[[Arrangement], Visit], people: dict[str, User], phone_of: Callable[[str], Phone], clock: Clock
) -> None:
    arranged(replace(WANTED, window_from=DAY + timedelta(days=3)))
    approve(people)
    officer = phone_of("R000")
    assert officer.today()["visits"] == [] and NAME not in said(officer.client, "/visits/own/")
    clock.at = "2025-09-22T16:00:00Z"  # midnight in China
    assert len(officer.today()["visits"]) == 1


def test_caps_and_key_list_count_it_only_for_those_who_may_know(
    arranged: Callable[[Arrangement], Visit], people: dict[str, User]
) -> None:
    arranged(WANTED)
    approve(people)
    coming = {
        who: reach_of([WANTED.firm], DAY, people[who])[WANTED.firm].coming for who in ("clerk", "clerk2", "chief")
    }
    assert coming == {"clerk": 1, "clerk2": 0, "chief": 1}


@pytest.mark.parametrize("ends", [{"finished_at": timezone.now(), "state": State.DONE}, {"state": State.CANCELLED}])
def test_once_it_has_ended_everybody_may_read_it(
    arranged: Callable[[Arrangement], Visit], people: dict[str, User], client_of: Clients, ends: dict[str, object]
) -> None:
    visit = arranged(WANTED)
    approve(people)
    Visit.objects.filter(pk=visit.pk).update(**ends)
    supervisor = client_of("supervisor")
    assert NAME in said(supervisor, "/visits/") and NAME in said(supervisor, f"/visits/{visit.pk}/")
    assert REASON in said(supervisor, reverse("approvals:one", args=[Approval.objects.latest("pk").pk]))
