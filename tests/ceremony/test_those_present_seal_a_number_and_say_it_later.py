"""Commit, then reveal: nobody can wait for the numbers of the others, nobody can stop the draw."""

from collections.abc import Callable

import pytest

from lottery.conftest import Clock, Story
from sunlot.draw.sources import commit_reveal
from sunlot.draw.verify import exit_code, verify
from sunlot.office.ceremony import services
from sunlot.office.ceremony.models import Ceremony
from sunlot.office.journal.models import Event
from sunlot.office.lottery import drawing, rounds, seeding
from sunlot.office.lottery.models import Envelope
from sunlot.office.lottery.register import folder_of
from sunlot.refusal import Refusal

PATH = "M10 10L200 120L400 60L580 200"


@pytest.fixture
def open_story(story: Callable[..., Story]) -> tuple[Story, Ceremony]:
    """A round with half an hour for revealing, and its ceremony."""
    told = story(title="公开抽取")
    told.row = rounds.change(told.people["clerk"], told.row.pk, told.row.version, {"reveal_minutes": 30})
    return told, services.open_ceremony(told.people["clerk"], told.row.pk)


def sealed(ceremony: Ceremony, name: str, value: str) -> tuple[Envelope, str]:
    """Come in and seal a number as the phone does."""
    row, key = services.join(ceremony, name)
    commit = commit_reveal(row.draw_number, row.stage, row.participant, value)
    return services.seal(ceremony, row.participant, key, commit), key


def refused(kind: str, act: Callable[[], object]) -> None:
    with pytest.raises(Refusal) as caught:
        act()
    assert caught.value.kind == kind


def test_numbers_said_in_time_are_part_of_the_seed_and_others_are_absent(open_story: tuple[Story, Ceremony]) -> None:
    told, ceremony = open_story
    sealed(ceremony, "甲", "aaa111")
    sealed(ceremony, "乙", "bbb222")
    told.announced()
    services.reveal(ceremony, "p001", "aaa111")
    told.clock.at = "2023-08-24T01:00:00Z"
    places = seeding.places(folder_of(told.name))
    assert [place.state for place in places[:2]] == ["ready", "absent"]
    from lottery.conftest import evidence

    for number, place in enumerate(places):
        kind = place.source["kind"]
        for person in {"ssq": ("clerk", "chief"), "drand": ("clerk",)}.get(kind, ()):
            seeding.enter(told.people[person], told.name, number, evidence("firms")[kind])
    seeding.seal(told.people["clerk"], told.name)
    drawing.run(told.people["clerk"], told.name)
    draw = folder_of(told.name)
    texts = [source["text"] for source in draw.need("seed", "").read_json("seed.json")["sources"]]
    assert texts[:2] == ["reveal=p001/aaa111", "reveal=p002/absent"]
    assert exit_code(verify(draw.folder, check_code=draw.check_code)) in (0, 3)


def test_a_number_cannot_be_changed_nor_said_too_early_or_too_late(open_story: tuple[Story, Ceremony]) -> None:
    told, ceremony = open_story
    _, key = sealed(ceremony, "甲", "aaa111")
    other = commit_reveal("379921-2023-0001", "firms", "p001", "zzz")
    refused("sealed_already", lambda: services.seal(ceremony, "p001", key, other))
    refused("too_early_to_reveal", lambda: services.reveal(ceremony, "p001", "aaa111"))
    told.announced()
    refused("reveal_differs", lambda: services.reveal(ceremony, "p001", "aaa112"))
    refused("too_late_to_seal", lambda: sealed(ceremony, "丙", "ccc"))
    told.clock.at = "2023-08-22T01:30:00Z"
    refused("too_late_to_reveal", lambda: services.reveal(ceremony, "p001", "aaa111"))


def test_only_the_phone_that_came_in_seals_and_signs(open_story: tuple[Story, Ceremony]) -> None:
    _, ceremony = open_story
    row, _ = services.join(ceremony, "甲")
    refused("not_you", lambda: services.seal(ceremony, row.participant, "guess", "a" * 64))
    refused("not_you", lambda: services.sign(ceremony, row.participant, "guess", PATH))


def test_a_signature_needs_a_result_and_is_given_once(story: Callable[..., Story], clock: Clock) -> None:
    told = story()
    ceremony = services.open_ceremony(told.people["clerk"], told.row.pk)
    row, key = services.join(ceremony, "纪检监察员")
    refused("nothing_to_sign", lambda: services.sign(ceremony, row.participant, key, PATH))
    told.drawn()
    services.sign(ceremony, row.participant, key, PATH)
    refused("signed_already", lambda: services.sign(ceremony, row.participant, key, PATH))
    refused("signature_malformed", lambda: services.sign(ceremony, row.participant, key, "<script>"))
    assert Event.objects.filter(act="envelope.signed").count() == 1


def test_envelopes_for_a_number_that_is_gone_are_cleared_and_sealed_again(open_story: tuple[Story, Ceremony]) -> None:
    told, ceremony = open_story
    sealed(ceremony, "甲", "aaa111")
    Envelope.objects.update(draw_number="379921-2023-0009")
    told.approved()
    told.clock.at = "2023-08-22T01:00:00Z"
    from sunlot.office.lottery import announcing

    refused("envelope_foreign", lambda: announcing.announce(told.people["clerk"], told.row.pk))
    assert services.clear(told.people["clerk"], ceremony) == 1
    row = Envelope.objects.get()
    assert (row.commit, row.draw_number) == ("", "379921-2023-0001")


def test_nobody_comes_in_when_the_door_is_shut(open_story: tuple[Story, Ceremony]) -> None:
    told, ceremony = open_story
    services.set_joining(told.people["clerk"], ceremony, False)
    refused("joining_closed", lambda: services.join(ceremony, "甲"))
