"""What is refused, and that a refusal leaves everything as it was."""

from collections.abc import Callable

import pytest

from lottery.conftest import Story, code, evidence, sources
from sunlot.office.approvals import services as approvals
from sunlot.office.journal.services import deed
from sunlot.office.lottery import announcing, asking, drawing, rounds, seeding
from sunlot.office.lottery.models import Draw, Round
from sunlot.office.lottery.register import folder_of, register
from sunlot.office.roster.models import Firm
from sunlot.refusal import Refusal


def refused(kind: str, act: Callable[[], object]) -> str:
    """Return the sentence with which an act is refused."""
    with pytest.raises(Refusal) as caught:
        act()
    assert caught.value.kind == kind, caught.value
    return caught.value.sentence


def test_who_asks_cannot_approve(story: Callable[..., Story]) -> None:
    told = story()
    approval = asking.ask(told.people["chief"], told.row.pk, told.row.version, "按计划")
    refused("own_request", lambda: approvals.grant(told.people["chief"], approval.pk))


def test_nothing_is_announced_without_approval(story: Callable[..., Story]) -> None:
    told = story()
    refused("not_approved", lambda: announcing.announce(told.people["clerk"], told.row.pk))
    assert not register().exists()


def test_a_change_after_approval_needs_a_new_one(story: Callable[..., Story]) -> None:
    told = story().approved()
    told.row.refresh_from_db()
    rounds.change(told.people["clerk"], told.row.pk, told.row.version, {"budget": 7})
    refused("not_approved", lambda: announcing.announce(told.people["clerk"], told.row.pk))


def test_a_round_that_waits_for_a_decision_cannot_be_changed(story: Callable[..., Story]) -> None:
    told = story()
    asking.ask(told.people["clerk"], told.row.pk, told.row.version, "按计划")
    told.row.refresh_from_db()
    refused(
        "waits_for_decision",
        lambda: rounds.change(told.people["clerk"], told.row.pk, told.row.version, {"budget": 7}),
    )


def test_an_approval_of_what_has_changed_meanwhile_is_refused(story: Callable[..., Story]) -> None:
    told = story()
    approval = asking.ask(told.people["clerk"], told.row.pk, told.row.version, "按计划")
    Round.objects.filter(pk=told.row.pk).update(version=99)
    refused("round_changed", lambda: approvals.grant(told.people["chief"], approval.pk))


def test_a_roster_that_moved_after_approval_is_not_announced(story: Callable[..., Story]) -> None:
    told = story().approved()
    with deed(by="u/9") as doing:
        firm = Firm.objects.get(pk=code(1))
        firm.status = "注销"
        doing.save(firm)
        doing.record("bureau.described", "bureau", {"name": "x", "code": "379921"})
    told.clock.at = "2023-08-22T01:00:00Z"
    refused("roster_moved", lambda: announcing.announce(told.people["clerk"], told.row.pk))
    assert Draw.objects.count() == 0


def test_a_clock_behind_the_log_is_refused(story: Callable[..., Story]) -> None:
    told = story().approved()
    told.clock.at = "2023-08-01T00:00:00Z"
    sentence = refused("clock_backwards", lambda: announcing.announce(told.people["clerk"], told.row.pk))
    assert "校正时钟" in sentence
    assert Round.objects.get().state == "approved"


def test_a_source_that_is_already_known_cannot_be_announced(story: Callable[..., Story]) -> None:
    told = story().approved()
    told.clock.at = "2023-08-23T20:00:00Z"
    refused("source_too_early", lambda: announcing.announce(told.people["clerk"], told.row.pk))
    assert Round.objects.get().state == "approved"
    assert not list(register().glob("379921-*"))


def test_one_person_alone_cannot_make_a_source_count(story: Callable[..., Story]) -> None:
    told = story().announced()
    told.clock.at = "2023-08-24T01:00:00Z"
    place = next(n for n, source in enumerate(sources("firms")) if source["kind"] == "ssq")
    seeding.enter(told.people["clerk"], told.name, place, evidence("firms")["ssq"])
    refused(
        "entered_already",
        lambda: seeding.enter(told.people["clerk"], told.name, place, evidence("firms")["ssq"]),
    )
    refused("source_missing", lambda: seeding.seal(told.people["clerk"], told.name))


def test_entries_that_differ_do_not_count_until_one_is_withdrawn(story: Callable[..., Story]) -> None:
    told = story().announced()
    told.clock.at = "2023-08-24T01:00:00Z"
    place = next(n for n, source in enumerate(sources("firms")) if source["kind"] == "ssq")
    right = evidence("firms")["ssq"]
    seeding.enter(told.people["clerk"], told.name, place, right | {"numbers": "1 9 14 19 29 30 + 16"})
    assert seeding.enter(told.people["chief"], told.name, place, right).state == "differs"
    seeding.withdraw(told.people["clerk"], told.name, place)
    assert seeding.enter(told.people["clerk"], told.name, place, right).state == "ready"


def test_a_forged_beacon_is_refused_when_it_is_typed(story: Callable[..., Story]) -> None:
    told = story().announced()
    told.clock.at = "2023-08-24T01:00:00Z"
    place = next(n for n, source in enumerate(sources("firms")) if source["kind"] == "drand")
    with pytest.raises(Refusal):
        seeding.enter(told.people["clerk"], told.name, place, {"signature": "ab" * 48})
    assert seeding.places(folder_of(told.name))[place].state == "waiting"


def test_there_is_one_result(story: Callable[..., Story]) -> None:
    told = story().drawn()
    refused("step_exists", lambda: drawing.run(told.people["clerk"], told.name))


def test_who_names_the_teams_sources_cannot_publish_them(story: Callable[..., Story]) -> None:
    told = story().drawn()
    told.row.refresh_from_db()
    told.clock.at = "2023-09-12T01:00:00Z"
    rounds.name_team_sources(told.people["clerk"], told.row.pk, told.row.version, sources("teams"))
    refused("own_sources", lambda: announcing.announce_teams(told.people["clerk"], told.name))


def test_a_void_needs_a_second_person_and_stays_visible(story: Callable[..., Story]) -> None:
    told = story().drawn()
    approval = drawing.ask_void(told.people["clerk"], told.name, "名录有误")
    refused("own_request", lambda: approvals.grant(told.people["clerk"], approval.pk))
    approvals.grant(told.people["leading"], approval.pk)
    record = folder_of(told.name).need("void", "").read_json("void.json")
    assert record["reason"] == "名录有误"
    assert record["approvers"] == sorted([told.people["clerk"].name, told.people["leading"].name])
    assert Draw.objects.get().state == "voided"
