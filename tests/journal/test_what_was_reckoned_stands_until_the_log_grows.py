"""A number reckoned once is remembered while nothing happens, and reckoned again after any event."""

from pathlib import Path

from sunlot.office.journal.checkpoints import open_log
from sunlot.office.journal.memory import remembered
from sunlot.office.journal.services import deed


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
