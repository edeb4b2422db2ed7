"""The folder and the database are two places: whatever dies between them is settled, and nothing happens twice."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lottery.conftest import Story
from sunlot.draw import deeds
from sunlot.office.approvals import services as approvals
from sunlot.office.journal.audit import audit
from sunlot.office.journal.models import Event
from sunlot.office.lottery import announcing, drawing, services
from sunlot.office.lottery.models import Draw, Round
from sunlot.office.lottery.register import folder_of, register
from sunlot.office.lottery.settling import settle


class Killed(Exception):
    """The machine died here."""


def die(*_: object, **__: object) -> None:
    raise Killed


def test_before_the_folder_the_round_is_still_approved(
    story: Callable[..., Story], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = story().approved()
    told.clock.at = "2023-08-22T01:00:00Z"
    with monkeypatch.context() as broken, pytest.raises(Killed):
        broken.setattr(deeds, "announce_firms", die)
        broken.setattr(announcing, "_settle", lambda by: None)
        announcing.announce(told.people["clerk"], told.row.pk)
    assert Round.objects.get().state == "announcing"
    settle("u/1")
    assert Round.objects.get().state == "approved"
    assert announcing.announce(told.people["clerk"], told.row.pk).pk == "379921-2023-0001"


def test_after_the_folder_the_notice_is_out_and_is_entered_once(
    story: Callable[..., Story], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = story().approved()
    told.clock.at = "2023-08-22T01:00:00Z"
    with monkeypatch.context() as broken, pytest.raises(Draw.DoesNotExist):
        broken.setattr(announcing, "_settle", lambda by: None)
        announcing.announce(told.people["clerk"], told.row.pk)
    settle("u/1")
    settle("u/1")
    row = Round.objects.get()
    assert (row.state, row.draw_id) == ("announced", "379921-2023-0001")
    assert Event.objects.filter(act="draw.notice").count() == 1
    assert not audit([]).findings


def test_a_result_the_log_did_not_hear_of_is_entered_later(
    story: Callable[..., Story], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = story().announced().sealed()
    with monkeypatch.context() as broken, pytest.raises(Killed):
        broken.setattr(services, "catch_up", die)
        drawing.run(told.people["clerk"], told.name)
    assert Draw.objects.get().steps == 2
    settle("u/1")
    assert (Draw.objects.get().steps, Draw.objects.get().state) == (3, "drawn")


def test_a_void_that_was_decided_is_written_later(story: Callable[..., Story], monkeypatch: pytest.MonkeyPatch) -> None:
    told = story().drawn()
    approval = drawing.ask_void(told.people["clerk"], told.name, "名录有误")
    with monkeypatch.context() as broken, pytest.raises(Killed):
        broken.setattr(drawing, "write_void", die)
        approvals.grant(told.people["chief"], approval.pk)
    assert folder_of(told.name).void is None
    settle("u/1")
    assert folder_of(told.name).void is not None


def test_a_full_disk_is_told_and_leaves_the_round_approved(
    story: Callable[..., Story], monkeypatch: pytest.MonkeyPatch
) -> None:
    from sunlot.draw import steps
    from sunlot.refusal import Refusal

    def full(*_: object, **__: object) -> Path:
        raise OSError(28, "No space left on device")

    told = story().approved()
    told.clock.at = "2023-08-22T01:00:00Z"
    with monkeypatch.context() as broken, pytest.raises(Refusal) as caught:
        broken.setattr(steps, "write_folder", full)
        announcing.announce(told.people["clerk"], told.row.pk)
    assert "请检查磁盘空间" in caught.value.sentence
    assert Round.objects.get().state == "approved"
    assert not list(register().glob("379921-*"))
