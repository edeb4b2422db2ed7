"""Every drawn firm gets one visit with the team that was drawn for it; what is substituted later is followed, never chosen."""

from collections.abc import Callable

import pytest

from lottery.conftest import Story
from sunlot.office.catalog.models import ItemList
from sunlot.office.journal.models import Event
from sunlot.office.lottery.queries import drawn_list
from sunlot.office.lottery.register import folder_of
from sunlot.office.visits.making import make_visits
from sunlot.office.visits.models import Visit
from sunlot.office.visits.queries import is_behind
from sunlot.office.visits.states import State
from sunlot.refusal import Refusal
from visits.conftest import replaceable, visits_of


def team_of(visit: Visit) -> set[str]:
    return set(visit.team.filter(out=False).values_list("inspector_id", flat=True))


def test_one_visit_a_drawn_firm_with_its_team(drawn: Callable[..., Story]) -> None:
    story = drawn()
    made = {visit.firm_id: team_of(visit) for visit in visits_of(story)}
    assert made == {entry["id"]: set(dict(entry["members"])) for entry in drawn_list(folder_of(story.name))}
    assert {visit.state for visit in visits_of(story)} == {State.ARRANGED}
    assert {visit.items for visit in visits_of(story)} == {"AQ-01、AQ-02"}
    for visit in visits_of(story):
        leaders = visit.team.filter(part="leader")
        assert leaders.count() == 1


def test_making_them_again_makes_nothing(drawn: Callable[..., Story]) -> None:
    story = drawn()
    before = Visit.objects.count()
    assert make_visits(story.people["clerk"], story.name) == 0
    assert Visit.objects.count() == before


def test_a_substituted_inspector_is_followed(drawn: Callable[..., Story]) -> None:
    story = drawn()
    visit = visits_of(story)[0]
    out = min(team_of(visit))
    comes = story.substituted(out=out, reason="illness", evidence="病假条", visit=visit.firm_id)
    assert not is_behind(story.row)
    assert comes in team_of(visit) and out not in team_of(visit)
    assert visit.team.get(inspector_id=out).out


def test_a_substituted_firm_gives_its_visit_to_the_reserve(drawn: Callable[..., Story]) -> None:
    story = drawn()
    visit = replaceable(story)
    comes = story.substituted(out=visit.firm_id, reason="closed", evidence="注销登记")
    visit.refresh_from_db()
    assert visit.state == State.CANCELLED
    assert Visit.objects.get(draw=story.name, firm_id=comes).state == State.ARRANGED


def test_before_the_teams_are_drawn_there_are_none(story: Callable[..., Story], item_list: ItemList) -> None:
    early = story().drawn()
    with pytest.raises(Refusal):
        make_visits(early.people["clerk"], early.name)
    assert not Visit.objects.exists()


def test_a_rehearsal_makes_none(story: Callable[..., Story], item_list: ItemList) -> None:
    rehearsed = story(rehearsal=True).done()
    with pytest.raises(Refusal) as refused:
        make_visits(rehearsed.people["clerk"], rehearsed.name)
    assert refused.value.kind == "rehearsal"


def test_without_a_published_list_nothing_may_be_inspected(story: Callable[..., Story]) -> None:
    done = story().done()
    with pytest.raises(Refusal) as refused:
        make_visits(done.people["clerk"], done.name)
    assert refused.value.kind == "no_list"


def test_the_log_does_not_say_where_they_go(drawn: Callable[..., Story]) -> None:
    story = drawn(secret=True)
    firms = [visit.firm_id for visit in visits_of(story)]
    leaves = Event.objects.filter(act__startswith="visit.").values_list("leaf", flat=True)
    assert leaves and not any(firm in leaf for leaf in leaves for firm in firms)
