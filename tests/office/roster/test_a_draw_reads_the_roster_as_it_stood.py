"""Snapshots fix what the draw reads; the tables written for a draw say the same whatever happens to the roster afterwards."""

from datetime import date
from pathlib import Path

import pytest

import helpers
from helpers import ANNOUNCED, plan, tables
from rosters import DAY, code, enter, firm
from sunlot.draw import deeds
from sunlot.draw.canonical import describe_table, read_table
from sunlot.draw.tables import frame_rows, read_clean
from sunlot.office.accounts.models import User
from sunlot.office.journal.audit import audit
from sunlot.office.journal.services import deed
from sunlot.office.roster import queries, snapshots
from sunlot.office.roster.models import DRAWABLE, Firm, IntensityCause
from sunlot.office.roster.services import enter_visit, record_visit, take_snapshot
from sunlot.policy.reader import read_pack
from sunlot.refusal import Refusal

COUNTED = ("random", "key", "routine")


def cause(number: int, level: int, until: date) -> None:
    row = IntensityCause(
        firm_id=code(number), level=level, cause="违法行为", since=DAY, until=until, source="（青）应急罚〔2026〕1号"
    )
    with deed(by="u/console") as doing:
        doing.save(row)
        doing.record("roster.cause", f"firm/{code(number)}", {})


def test_the_root_is_that_of_the_table_and_the_file_is_kept(people: dict[str, User], office: Path) -> None:
    enter(*(firm(number) for number in range(1, 6)))
    snapshot = take_snapshot(people["clerk"], DAY)
    data = (office / "snapshots" / f"{snapshot.sha256}.csv").read_bytes()
    assert [row["id"] for row in read_table(data, DRAWABLE)] == sorted(code(number) for number in range(1, 6))
    assert (snapshot.size, snapshot.root) == (5, describe_table("firms.csv", DRAWABLE, data)["root"])
    assert audit().findings == []


def test_an_empty_roster_has_no_snapshot(people: dict[str, User]) -> None:
    with pytest.raises(Refusal, match="empty_roster"):
        take_snapshot(people["clerk"], DAY)


def test_the_tables_of_a_snapshot_stay_when_the_roster_changes(people: dict[str, User], tmp_path: Path) -> None:
    enter(firm(1), firm(2))
    snapshot = take_snapshot(people["clerk"], DAY)
    enter(firm(3))
    queries.write_firm_tables(tmp_path / "then", DAY, COUNTED, snapshot)
    queries.write_firm_tables(tmp_path / "now", DAY, COUNTED)
    assert len(read_clean(tmp_path / "then", "firms.csv")) == 2
    assert len(read_clean(tmp_path / "now", "firms.csv")) == 3


def test_an_altered_snapshot_is_refused(people: dict[str, User], office: Path, tmp_path: Path) -> None:
    enter(firm(1), firm(2))
    snapshot = take_snapshot(people["clerk"], DAY)
    path = office / "snapshots" / f"{snapshot.sha256}.csv"
    path.write_bytes(path.read_bytes().replace("机械".encode(), "烟花".encode(), 1))
    with pytest.raises(Refusal, match="snapshot_altered"):
        queries.write_firm_tables(tmp_path, DAY, COUNTED, snapshot)


def test_the_draw_gets_visits_and_the_strongest_cause_in_force(people: dict[str, User], tmp_path: Path) -> None:
    enter(firm(1), firm(2, key_unit="是"), firm(3, listed=False, merged_into_id=code(2)))
    with deed(by="u/console") as doing:
        record_visit(doing, code(1), date(2026, 2, 1), "random", "379921-2026-0001")
        record_visit(doing, code(1), date(2026, 4, 1), "key", "")
        record_visit(doing, code(3), date(2026, 1, 5), "routine", "")
        record_visit(doing, code(2), date(2026, 2, 6), "complaint", "")
    cause(1, 1, date(2026, 12, 31))
    cause(1, 3, date(2026, 6, 30))
    cause(2, 2, DAY)
    queries.write_firm_tables(tmp_path, DAY, COUNTED)
    rows = {row["id"]: row for row in frame_rows(tmp_path, "2026", ["城关街道"], {})}
    assert set(rows) == {code(1), code(2)}
    assert rows[code(1)] | {"visits": "1", "last_visit": "2026-02-01", "drawn": "379921-2026-0001"} == rows[code(1)]
    assert (rows[code(1)]["intensity"], rows[code(1)]["intensity_until"]) == ("3", "2026-06-30")
    assert (rows[code(2)]["visits"], rows[code(2)]["intensity"]) == ("1", "2"), (
        "a complaint takes nobody out of the lot"
    )
    assert rows[code(2)]["last_visit"] == "2026-02-06"
    queries.write_firm_tables(tmp_path, date(2026, 3, 3), COUNTED)
    assert {row["id"]: row["intensity"] for row in frame_rows(tmp_path, "2026", [], {})}[code(2)] == "0"


def test_a_visit_is_typed_in_once_and_only_for_a_firm_that_is_there(people: dict[str, User]) -> None:
    enter(firm(1))
    for identity, kind, refusal in (
        (code(1), "random", ""),
        (code(1), "random", "visit_known"),
        (code(9), "random", "no_such_firm"),
        (code(1), "stroll", "no_such_visit_kind"),
    ):
        try:
            enter_visit(people["clerk"], identity, DAY, kind, "市应急管理局")
            assert not refusal
        except Refusal as found:
            assert found.kind == refusal
    assert queries.visits_of([code(1)]).count() == 1


def test_the_difference_of_two_snapshots_names_who_came_went_and_changed(people: dict[str, User]) -> None:
    enter(firm(1), firm(2), firm(3))
    earlier = take_snapshot(people["clerk"], DAY)
    gone, moved = Firm.objects.get(pk=code(1)), Firm.objects.get(pk=code(2))
    gone.listed, moved.territory, moved.phone = False, "白石镇", "13911112222"
    enter(gone, moved, firm(4))
    later = take_snapshot(people["clerk"], date(2026, 6, 1))
    found = {changed.id: changed for changed in snapshots.differences(earlier, later)}
    assert set(found) == {code(1), code(2), code(4)}
    assert not found[code(1)].after
    assert not found[code(4)].before
    assert found[code(2)].changes == [("territory", "城关街道", "白石镇")]


def test_a_draw_is_announced_from_the_tables(people: dict[str, User], tmp_path: Path) -> None:
    enter(
        *(firm(number, key_unit="是" if number % 9 == 0 else "否") for number in range(60)),
        firm(60, status="停业核查"),
        firm(61, hazard_class="", territory=""),
    )
    snapshot = take_snapshot(people["clerk"], DAY)
    folder = tables(tmp_path)  # inspectors, leaves, recusals
    queries.write_firm_tables(folder, date(2023, 8, 22), snapshot)
    draw = deeds.announce_firms(
        tmp_path / "draws", plan(), read_pack("county-2026"), folder, ANNOUNCED, helpers.fixed_secret
    )
    notice = draw.firms_notice
    assert notice["frame"]["rows"] == 62
    assert {entry["reason"]: entry["count"] for entry in notice["excluded"]}["status"] == 1
    assert sum(cell["count"] for cell in notice["cells"]) == 61
