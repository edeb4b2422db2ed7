"""Two officers' phones, a bad line and a server from a backup: nothing is lost, nothing doubled, everybody ends with the same state."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sunlot.office.visits.merge import Entry, merge, sheet
from sunlot.office.visits.models import Change, Visit
from sunlot.office.visits.sync import entries
from visits.conftest import Phone, officers

FIELDS = ("place", "answers/AQ-01/1", "findings/f/text")
devices = st.sampled_from(["phone-a", "phone-b", "phone-c"])


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """Entries as devices make them: each sees some of those before it, and its counter is above all it saw."""
    made: list[Entry] = []
    seen: dict[str, set[str]] = {}
    for number in range(draw(st.integers(1, 12))):
        device = draw(devices)
        own = seen.setdefault(device, set())
        own |= set(draw(st.lists(st.sampled_from([one.id for one in made]), max_size=4))) if made else set()
        known = [one for one in made if one.id in own]
        field = draw(st.sampled_from(FIELDS))
        held = merge(known).get(field)
        over = tuple(one.id for one in held.heads) if held else ()
        counter = 1 + max((one.counter for one in known), default=0)
        entry = Entry(f"{number:03d}", field, draw(st.integers(0, 3)), over, device, counter)
        own.add(entry.id)
        made.append(entry)
    return made


@given(histories(), st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(history: list[Entry], chance: random.Random) -> None:
    sent = history + chance.choices(history, k=len(history))
    chance.shuffle(sent)
    assert merge(sent) == merge(history)


@given(histories(), st.integers(0, 12))
def test_what_was_merged_in_parts_is_what_all_of_it_gives(history: list[Entry], cut: int) -> None:
    first, second = history[:cut], history[cut:]
    assert merge([*second, *first, *second]) == merge(history)


@given(histories())
def test_nothing_typed_without_seeing_the_winner_is_hidden(history: list[Entry]) -> None:
    for field, held in merge(history).items():
        mine = [one for one in history if one.field == field]
        gone = {one.id for one in mine} - {one.id for one in held.heads}
        for one in gone:
            victim = next(other for other in mine if other.id == one)
            assert any(
                other.rank > victim.rank and (victim.id in other.over or victim.device == other.device)
                for other in mine
            )


@given(histories())
def test_choosing_over_all_heads_ends_the_parallel(history: list[Entry]) -> None:
    field, held = next(iter(merge(history).items()))
    most = max(one.counter for one in history)
    chosen = Entry("zzz", field, 9, tuple(one.id for one in held.heads), "phone-z", most + 1)
    after = merge([*history, chosen])[field]
    assert (after.value, after.parallel) == (9, [])


def test_an_older_change_never_supersedes_a_newer_one() -> None:
    newer = Entry("b", "place", "新", (), "phone-a", 5)
    older = Entry("a", "place", "旧", ("b",), "phone-b", 1)
    assert merge([older, newer])["place"].value == "新"


@pytest.fixture
def pair(ready: Callable[..., Visit], phone_of: Callable[[str], Phone]) -> tuple[Visit, list[Phone]]:
    """A visit that may be held, and its officers' phones."""
    visit = ready()
    return visit, [phone_of(person) for person in officers(visit)]


steps = st.lists(
    st.tuples(
        st.integers(0, 1), st.sampled_from(["type", "send", "lost", "half", "restore", "fetch"]), st.integers(0, 99)
    ),
    min_size=5,
    max_size=25,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=steps)
def test_phones_and_server_end_alike_whatever_the_line_does(
    pair: tuple[Visit, list[Phone]], plan: list[tuple[int, str, int]]
) -> None:
    """`lost`: the server took it, the answer got lost; `half`: half of it came; `restore`: the server is set back to a backup."""
    visit, phones = pair
    Change.objects.all().delete()
    for phone in phones:
        phone.log.clear()
        phone.counter = 0
    backup: list[Change] = []
    for who, what, number in plan:
        phone = phones[who]
        if what == "type":
            heads = [one.id for one in held.heads] if (held := merge(_known(phone)).get("place")) else []
            phone.enter("place", f"第 {number} 车间", over=heads)
        elif what in ("send", "lost"):
            assert not phone.send(visit.uid, _own(phone))["refused"]
        elif what == "half":
            phone.send(visit.uid, _own(phone)[: len(phone.log) // 2])
        elif what == "restore":
            Change.objects.exclude(pk__in=[one.pk for one in backup]).delete()
        else:
            _fetch(phone, visit)
            backup = list(Change.objects.filter(visit=visit))
    for _round in range(2):
        for phone in phones:
            phone.send(visit.uid, _own(phone))
            _fetch(phone, visit)
    everything = {one["id"] for phone in phones for one in _own(phone)}
    assert {row.pk for row in Change.objects.filter(visit=visit)} == everything
    assert Change.objects.count() == len(everything)
    for phone in phones:
        assert sheet(_known(phone)) == sheet(entries(visit))


def _own(phone: Phone) -> list[dict[str, Any]]:
    return [one for one in phone.log if one["device"] == phone.device]


def _known(phone: Phone) -> list[Entry]:
    keys = ("id", "field", "value", "over", "device", "counter")
    return [Entry(**{key: tuple(one[key]) if key == "over" else one[key] for key in keys}) for one in phone.log]


def _fetch(phone: Phone, visit: Visit) -> None:
    there = phone.client.get(f"/visits/api/{visit.uid}/changes/").json()["changes"]
    known = {one["id"] for one in phone.log}
    phone.log += [one for one in there if one["id"] not in known]
    phone.counter = max([phone.counter, *(one["counter"] for one in there)])
