"""A number reckoned once is remembered while nothing happens that could change it, and reckoned again after that."""

from pathlib import Path

from rosters import code, enter, firm
from sunlot.office.inspectors.models import Leave
from sunlot.office.journal.checkpoints import open_log
from sunlot.office.journal.memory import LOOKED_THROUGH, remembered
from sunlot.office.journal.services import deed
from sunlot.office.roster.models import Firm


def test_an_event_makes_it_reckon_again(office: Path) -> None:
    open_log(office, "yj.qinghe.example")
    asked: list[int] = []

    def reckon() -> int:
        asked.append(len(asked))
        return len(asked)

    assert [remembered("test", reckon), remembered("test", reckon)] == [1, 1]
    with deed(by="u/1") as doing:
        doing.record("data.exported", "export", {"list": "检查对象名录", "rows": 3})
    assert [remembered("test", reckon), remembered("another", reckon)] == [2, 3]


def test_only_an_event_that_changes_what_it_reads_makes_it_reckon_again(office: Path) -> None:
    open_log(office, "yj.qinghe.example")
    enter(firm(1))

    def reckon() -> int:
        return Firm.objects.count() + Leave.objects.count()

    def found(*tables: str) -> int:
        return remembered(f"test/{tables}", reckon, tables)

    assert (found("roster.firm"), found("inspectors.leave"), found("roster.firm", "inspectors.leave")) == (1, 1, 1)
    enter(firm(2))
    assert (found("roster.firm"), found("inspectors.leave"), found("roster.firm", "inspectors.leave")) == (2, 1, 2)
    with deed(by="u/1") as doing:
        doing.record("data.exported", "export", {"list": "检查对象名录", "rows": 3})
    enter(firm(3))  # the event before, which changed nothing, has been looked through already
    assert (found("roster.firm"), found("inspectors.leave")) == (3, 1)
    with deed(by="u/1") as doing:
        doing.delete(Firm.objects.get(pk=code(3)))
        doing.record("roster.changed", "firm/3", {"fields": "单位名称"})
    assert (found("roster.firm"), found("inspectors.leave")) == (2, 1)


def test_after_many_events_it_is_reckoned_again_rather_than_reading_them(office: Path) -> None:
    open_log(office, "yj.qinghe.example")
    asked: list[int] = []
    for _ in range(2):
        remembered("many", lambda: asked.append(1), ("roster.firm",))
        with deed(by="u/1") as doing:
            for _ in range(LOOKED_THROUGH + 1):
                doing.record("data.exported", "export", {"list": "检查对象名录", "rows": 3})
    assert len(asked) == 2
