"""A visit that no draw led to needs a reason, a second person and room under the firm's cap; its team changes only by another approval."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from lottery.conftest import Clock, code
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.catalog.models import ItemList
from sunlot.office.journal.services import deed
from sunlot.office.roster.services import record_visit
from sunlot.office.visits import steps
from sunlot.office.visits.approval_kinds import arrange_and_ask, ask_team
from sunlot.office.visits.making import Arrangement
from sunlot.office.visits.models import Visit
from sunlot.office.visits.states import State
from sunlot.refusal import Refusal
from visits.conftest import Phone

FIRM = code(1)
WANTED = Arrangement(
    firm=FIRM,
    origin="key",
    kind="key",
    reason="列入重点单位名单",
    source="2023年计划重点单位名单",
    window_from=date(2025, 9, 18),
    window_to=date(2025, 10, 31),
    team=("R000", "R001"),
)


@pytest.fixture
def people_(county: dict[str, User], item_list: ItemList, clock: Clock) -> dict[str, User]:
    clock.at = "2025-09-20T04:00:00Z"
    return county


def pending() -> Approval:
    return Approval.objects.filter(kind="visits.approve").latest("pk")


def refused(people: dict[str, User], wanted: Arrangement) -> str:
    with pytest.raises(Refusal) as refusal:
        arrange_and_ask(people["clerk"], wanted)
    assert not Visit.objects.exists()
    return refusal.value.kind


def test_it_is_held_only_once_a_second_person_approved(people_: dict[str, User]) -> None:
    visit = arrange_and_ask(people_["clerk"], WANTED)
    assert visit.state == State.ARRANGED
    with pytest.raises(Refusal):
        steps.notify(people_["clerk"], [visit.pk], "电话")
    approvals.grant(people_["chief"], pending().pk)
    assert steps.notify(people_["clerk"], [visit.pk], "电话通知王某") == 1
    assert Visit.objects.get().state == State.NOTIFIED


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"reason": " "}, "reason_missing"),
        ({"source": ""}, "reason_missing"),
        ({"firm": "91379921000000000X"}, "no_such_firm"),
        ({"origin": "draw"}, "no_such_kind"),
        ({"items": ("ZY-01",)}, "not_on_the_list"),
        ({"items": ("AQ-99",)}, "not_on_the_list"),
        ({"team": ("R000",)}, "too_few_officers"),
        ({"team": ("R000", "R000")}, "too_few_officers"),
        ({"team": ("R000", "R999")}, "no_such_inspector"),
        ({"window_to": date(2025, 9, 1)}, "ends_before_it_begins"),
    ],
)
def test_what_may_not_be_is_refused(people_: dict[str, User], change: dict[str, object], kind: str) -> None:
    assert refused(people_, replace(WANTED, **change)) == kind  # type: ignore[arg-type]


def test_over_the_cap_it_is_not_even_asked_for(people_: dict[str, User]) -> None:
    for month in range(1, 9):
        with deed(by="u/1") as doing:
            record_visit(doing, FIRM, date(2025, month, 5), "routine")
    assert refused(people_, WANTED) == "over_the_cap"
    assert arrange_and_ask(people_["clerk"], replace(WANTED, origin="complaint", kind="complaint"))


def test_the_cap_is_asked_again_when_it_is_granted(people_: dict[str, User]) -> None:
    arrange_and_ask(people_["clerk"], WANTED)
    for month in range(1, 9):
        with deed(by="u/1") as doing:
            record_visit(doing, FIRM, date(2025, month, 5), "routine")
    with pytest.raises(Refusal) as refusal:
        approvals.grant(people_["chief"], pending().pk)
    assert refusal.value.kind == "over_the_cap"


def test_an_urgent_one_begins_before_its_approval(people_: dict[str, User], phone_of: Callable[[str], Phone]) -> None:
    visit = arrange_and_ask(people_["clerk"], replace(WANTED, origin="complaint", kind="complaint", urgent=True))
    phone = phone_of("R000")
    phone.enter("place", "一车间")
    assert phone.send(visit.uid)["accepted"]
    assert Visit.objects.get().state == State.UNDERWAY
    approvals.grant(people_["chief"], pending().pk)
    visit.refresh_from_db()
    assert visit.approved_at and visit.state == State.UNDERWAY


def test_a_secret_one_gets_no_notice_and_its_request_no_name(people_: dict[str, User]) -> None:
    visit = arrange_and_ask(people_["clerk"], replace(WANTED, secret=True))
    assert visit.firm_name not in pending().title
    approvals.grant(people_["chief"], pending().pk)
    assert Visit.objects.get().state == State.SECRET
    with pytest.raises(Refusal):
        steps.notify(people_["clerk"], [visit.pk], "电话")


def test_its_team_changes_only_by_another_approval(people_: dict[str, User]) -> None:
    visit = arrange_and_ask(people_["clerk"], WANTED)
    approvals.grant(people_["chief"], pending().pk)
    for reason, evidence in (("想换人", "病假条"), ("illness", " ")):
        with pytest.raises(Refusal, match="证明材料"):
            ask_team(people_["clerk"], visit.pk, ["R002", "R001"], reason, evidence)
    asked = ask_team(people_["clerk"], visit.pk, ["R002", "R001"], "illness", "病假条")
    going = set(visit.team.filter(out=False).values_list("inspector_id", flat=True))
    assert going == {"R000", "R001"}
    approvals.grant(people_["chief"], asked.pk)
    assert set(visit.team.filter(out=False).values_list("inspector_id", flat=True)) == {"R001", "R002"}


def test_a_drawn_team_is_never_chosen(ready: Callable[..., Visit], people: dict[str, User]) -> None:
    visit = ready()
    with pytest.raises(Refusal) as refusal:
        ask_team(people["clerk"], visit.pk, ["R000", "R001"], "illness", "病假条")
    assert refusal.value.kind == "reserves_only"
    with pytest.raises(Refusal) as refusal:
        steps.cancel(people["clerk"], visit.pk, "不想去")
    assert refusal.value.kind == "drawn"
