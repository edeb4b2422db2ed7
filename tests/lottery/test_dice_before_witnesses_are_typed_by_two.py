"""Dice or numbered balls (现场摇号): two persons type what fell; a beacon that nobody holds still comes last."""

from collections.abc import Callable

from django.test import Client

from lottery.conftest import Story, sources
from sunlot.office.lottery import rounds, seeding
from sunlot.office.lottery.forms.sources import SourceForm
from sunlot.office.lottery.register import folder_of

DICE = {"kind": "hand", "label": "dice", "bits": 25, "known_at": "2023-08-22T02:00:00Z"}


def test_dice_count_when_two_agree(story: Callable[..., Story]) -> None:
    told = story()
    fields = {"sources": [DICE, *sources("firms")]}
    told.row = rounds.change(told.people["clerk"], told.row.pk, told.row.version, fields)
    told.announced()
    told.clock.at = "2023-08-22T02:05:00Z"
    place = seeding.enter(told.people["clerk"], told.name, 0, {"value": "3,1,6,6,2,4,5,1,2,6"})
    assert place.state == "second"
    assert seeding.enter(told.people["chief"], told.name, 0, {"value": "3,1,6,6,2,4,5,1,2,5"}).state == "differs"
    seeding.withdraw(told.people["chief"], told.name, 0)
    place = seeding.enter(told.people["chief"], told.name, 0, {"value": "3,1,6,6,2,4,5,1,2,6"})
    assert place.state == "ready"
    assert seeding.places(folder_of(told.name))[1].state == "early"


def test_punctuation_of_a_chinese_keyboard_counts_as_commas(
    story: Callable[..., Story], client_of: Callable[[str], Client]
) -> None:
    told = story()
    told.row = rounds.change(
        told.people["clerk"], told.row.pk, told.row.version, {"sources": [DICE, *sources("firms")]}
    )
    told.announced()
    told.clock.at = "2023-08-22T02:05:00Z"
    client_of("clerk").post(f"/lottery/draws/{told.name}/seed/0/", {"value": "３，1、6，6，2，4，5，1，2，6"})
    (entry,) = seeding.places(folder_of(told.name))[0].entries
    assert entry.value["value"] == "3,1,6,6,2,4,5,1,2,6"


def test_dice_need_no_name() -> None:
    form = SourceForm({"kind": "hand", "at": "2023-08-22T10:00", "bits": "25"})
    assert form.is_valid()
    assert form.source() == DICE
