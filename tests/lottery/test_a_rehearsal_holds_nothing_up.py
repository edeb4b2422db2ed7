"""演练: it says so wherever it is asked for or waits, has numbers of its own, and stands in the way of no real round and no roster change."""

from collections.abc import Callable

from django.test import Client

from lottery.conftest import PLAN, Story, sources
from sunlot.draw.verify import DIFFERS, verify
from sunlot.evidence.disc_set import label_of
from sunlot.office.approvals.models import Approval
from sunlot.office.journal.audit import BESIDES
from sunlot.office.lottery import announcing, drawing, queries, rounds
from sunlot.office.lottery.register import register


def beside(told: Story, **more: object) -> Story:
    """Return another round in the same office, told by the same people."""
    row = rounds.start(told.people["clerk"], PLAN | more)
    rounds.change(told.people["clerk"], row.pk, row.version, {"sources": sources("firms")})
    return Story(told.people, told.clock, row)


def test_it_has_a_series_of_its_own_and_an_unfinished_one_blocks_no_real_notice(story: Callable[..., Story]) -> None:
    rehearsed = story(rehearsal=True, title="试一试")
    real = beside(rehearsed)
    rehearsed.approved()
    assert queries.open_round() == ""
    real.approved()
    assert queries.open_round() == PLAN["title"]
    clock = rehearsed.clock
    clock.at = "2023-08-22T01:00:00Z"
    announcing.announce(rehearsed.people["clerk"], rehearsed.row.pk)
    announcing.announce(real.people["clerk"], real.row.pk)
    assert (rehearsed.name, real.name) == ("379921Y-2023-0001", "379921-2023-0001")
    assert not [finding for look in BESIDES for finding in look()]
    assert label_of(real.name, 1) == "37992120230001" + "01"
    assert label_of(rehearsed.name, 1) != label_of("379921Y-2023-0002", 1) != label_of(real.name, 1)


def test_its_draw_verifies_to_the_end(story: Callable[..., Story]) -> None:
    told = story(rehearsal=True).done()
    assert told.name == "379921Y-2023-0001"
    lines = verify(register() / told.name)
    assert not [line for line in lines if line.kind == DIFFERS]
    assert any("检查组" in line.text for line in lines)


def test_its_requests_and_things_to_do_say_so(story: Callable[..., Story], client_of: Callable[[str], Client]) -> None:
    told = story(rehearsal=True)
    assert f"【演练】{PLAN['title']}" in client_of("clerk").get("/").content.decode()
    told.announced()
    assert Approval.objects.get().title == f"发布抽取公告：【演练】{PLAN['title']}"
    assert f"【演练】{PLAN['title']}" in client_of("clerk").get("/").content.decode()
    drawing.ask_void(told.people["clerk"], told.name, "演练完毕")
    assert "【演练】作废抽取 379921Y-2023-0001" in client_of("supervisor").get("/").content.decode()
