"""The merge alone: any set of entries gives one state, whatever order they come in, and hides nothing typed without seeing the winner."""

import random

from hypothesis import given
from hypothesis import strategies as st

from sunlot.office.visits.merge import Entry, merge

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
