"""The whole way of a round through the services: what is fixed at each step, and that the evidence verifies."""

from collections.abc import Callable

from lottery.conftest import Story
from sunlot.draw.verify import exit_code, verify
from sunlot.office.journal.audit import audit
from sunlot.office.lottery import queries
from sunlot.office.lottery.models import Draw, Round
from sunlot.office.lottery.register import folder_of


def test_the_way_ends_with_teams_that_anyone_can_recompute(story: Callable[..., Story]) -> None:
    told = story().done()
    draw = folder_of(told.name)
    assert told.name == "379921-2023-0001"
    assert [step.what for step in draw.steps] == [
        "notice",
        "seed",
        "outcome",
        "teams-notice",
        "teams-seed",
        "teams-outcome",
    ]
    assert len(queries.drawn_list(draw)) == 6
    assert all(len(entry["members"]) == 2 and entry["leader"] for entry in queries.drawn_list(draw))
    assert Draw.objects.get().steps == 6
    assert exit_code(verify(draw.folder, check_code=draw.check_code)) == 0
    assert not audit([]).findings


def test_the_round_is_open_from_asking_until_its_result(story: Callable[..., Story]) -> None:
    told = story()
    assert queries.open_round() == ""
    told.announced()
    assert queries.open_round() == told.row.title
    told.sealed()
    assert queries.open_round() == told.row.title
    from sunlot.office.lottery import drawing

    drawing.run(told.people["clerk"], told.name)
    assert queries.open_round() == ""


def test_a_rehearsal_says_so_in_its_notice(story: Callable[..., Story]) -> None:
    told = story(rehearsal=True).announced()
    assert folder_of(told.name).firms_notice["rehearsal"] is True
    assert Round.objects.get().rehearsal
