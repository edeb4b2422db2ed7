"""Dice or numbered balls (现场摇号): two persons type what fell; a beacon that nobody holds still comes last."""

from collections.abc import Callable

import pytest
from django.test import Client

from lottery.conftest import Story, sources
from sunlot.office.lottery import rounds, seeding
from sunlot.office.lottery.forms.sources import SourceForm
from sunlot.office.lottery.register import folder_of
from sunlot.refusal import Refusal

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


def with_dice(story: Callable[..., Story], source: dict[str, object]) -> Story:
    told = story()
    fields = {"sources": [source, *sources("firms")]}
    told.row = rounds.change(told.people["clerk"], told.row.pk, told.row.version, fields)
    told.announced()
    told.clock.at = "2023-08-22T02:05:00Z"
    return told


@pytest.mark.parametrize(
    ("label", "bits", "typed", "kind"),
    [
        ("dice", 25, "3,1,6,6,2,4,5,1,2", "too_few_thrown"),  # 6^9 < 2^25
        ("dice", 26, "3,1,6,6,2,4,5,1,2,6", "too_few_thrown"),  # 6^10 < 2^26
        ("dice", 25, "3,1,6,6,2,4,5,1,2,7", "dice_impossible"),
        ("dice10", 27, "0,9,8,7,6,5,4,3", "too_few_thrown"),  # 10^8 < 2^27
        ("balls", 20, "07,12,33", "too_few_thrown"),
    ],
)
def test_fewer_throws_than_the_notice_declares_are_refused(
    story: Callable[..., Story], label: str, bits: int, typed: str, kind: str
) -> None:
    told = with_dice(story, {**DICE, "label": label, "bits": bits})
    with pytest.raises(Refusal) as refused:
        seeding.enter(told.people["clerk"], told.name, 0, {"value": typed})
    assert refused.value.kind == kind


@pytest.mark.parametrize(
    ("label", "bits", "typed"),
    [
        ("dice", 25, "3166245126"),
        ("dice10", 26, "0,9,8,7,6,5,4,3"),
        ("dice20-red", 8, "20,1"),
        ("balls", 19, "07,12,33"),
    ],
)
def test_enough_throws_count(story: Callable[..., Story], label: str, bits: int, typed: str) -> None:
    told = with_dice(story, {**DICE, "label": label, "bits": bits})
    assert seeding.enter(told.people["clerk"], told.name, 0, {"value": typed}).state == "second"
