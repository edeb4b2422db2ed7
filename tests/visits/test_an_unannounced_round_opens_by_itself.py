"""With the last visit of an unannounced round its lists are open; until then they are not, and one in vain keeps them for a second person."""

from collections.abc import Callable

import pytest

from lottery.conftest import Clock, Story
from sunlot.office.journal.models import Event
from sunlot.office.journal.services import deed
from sunlot.office.visits.models import Visit
from sunlot.office.visits.opening import open_when_over
from sunlot.office.visits.states import State
from visits.conftest import visits_of


def end(visit: Visit, state: State) -> None:
    with deed(by="u/1") as doing:
        visit.state = state
        doing.save(visit)
        doing.record("visit.finished", visit.obj, {"outcome": "未发现问题"})
        open_when_over(doing, visit)


@pytest.mark.parametrize("last", [State.DONE, State.REFUSED])
def test_with_its_last_visit(drawn: Callable[..., Story], clock: Clock, last: State) -> None:
    story = drawn(secret=True)
    *earlier, final = visits_of(story)
    assert earlier
    for visit in earlier:
        end(visit, State.DONE)
        story.row.refresh_from_db()
        assert story.row.executed_at is None
    end(final, last)
    story.row.refresh_from_db()
    assert story.row.executed_at is not None
    assert Event.objects.filter(act="round.opened").count() == 1


def test_one_in_vain_keeps_it_closed(drawn: Callable[..., Story]) -> None:
    story = drawn(secret=True)
    first, *others = visits_of(story)
    end(first, State.FAILED)
    for visit in others:
        end(visit, State.DONE)
    story.row.refresh_from_db()
    assert story.row.executed_at is None


def test_an_open_round_has_nothing_to_open(drawn: Callable[..., Story]) -> None:
    story = drawn()
    for visit in visits_of(story):
        end(visit, State.DONE)
    story.row.refresh_from_db()
    assert story.row.executed_at is None and not Event.objects.filter(act="round.opened").exists()
