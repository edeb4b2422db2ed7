"""A penalty makes the lot fall on a firm more often, by the policy's level and until its day; annulled, repaired or run out it counts no more."""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from cases.conftest import FIRM, Way
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.cases import executing, violations
from sunlot.office.cases.models import Violation
from sunlot.office.cases.violation_models import ViolationState
from sunlot.office.journal.audit import audit
from sunlot.office.roster import guards
from sunlot.office.roster.models import IntensityCause
from sunlot.office.roster.queries import write_firm_tables
from sunlot.refusal import Refusal

Ways = Callable[..., Way]


def drawn_with(folder: Path, day: date) -> list[dict[str, str]]:
    """Return what the draw of a day would read about intensity."""
    write_firm_tables(folder, day, ())
    with (folder / "intensity.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def punished(way: Ways) -> Way:
    return way().opened().proposed().reviewed().told().later(8).decided().served()


def test_the_next_draw_has_it_and_after_the_annulment_has_it_not(way: Ways, tmp_path: Path) -> None:
    one = punished(way)
    (row,) = drawn_with(tmp_path, one.day)
    assert row == {"firm_id": FIRM, "intensity": "1", "cause": "查实的违法行为或隐患", "until": "2025-08-28"}
    executing.ask_annulment(one.people["clerk"], one.case.pk, "县政复决〔2023〕3号", "复议撤销")
    one.later(10).granted("cases.annul")
    assert drawn_with(tmp_path, one.day) == []
    assert Violation.objects.get().state == ViolationState.WITHDRAWN
    assert IntensityCause.objects.get().withdrawn_on == one.day
    assert audit().findings == []


def test_it_falls_away_when_it_runs_out(way: Ways, tmp_path: Path) -> None:
    punished(way)
    last = Violation.objects.get().until
    assert drawn_with(tmp_path, last) and not drawn_with(tmp_path, last + timedelta(1))


def test_repair_waits_for_its_time_and_takes_the_cause_back(way: Ways, tmp_path: Path) -> None:
    one = way().opened().proposed(fine=80000).reviewed().told().later(8).discussed().decided("leading").served()
    entry = Violation.objects.get()
    assert (entry.kind, entry.level, entry.until) == ("severe", 3, date(2026, 8, 28))
    with pytest.raises(Refusal, match="满 12 个月"):
        violations.ask_lift(one.people["clerk"], entry.pk, True, "信用中国修复 1 号", "已整改")
    one.later(370)
    violations.ask_lift(one.people["clerk"], entry.pk, True, "信用中国修复 1 号", "已整改")
    one.granted("cases.lift")
    entry.refresh_from_db()
    assert (entry.state, entry.ended_on) == (ViolationState.REPAIRED, one.day)
    assert drawn_with(tmp_path, one.day) == []


def test_a_major_hazard_is_entered_once_the_chief_confirms_it(way: Ways, tmp_path: Path) -> None:
    one = way()
    with pytest.raises(Refusal, match="只有重大事故隐患"):
        violations.ask_finding(one.people["clerk"], FIRM, "检查 12", "通道堵塞", "第41条", one.day, "列入", "general")
    violations.ask_finding(one.people["clerk"], FIRM, "检查 12", "通道堵塞", "安全生产法第41条", one.day, "列入")
    assert not Violation.objects.exists()
    one.granted("cases.violation")
    (row,) = drawn_with(tmp_path, one.day)
    assert (row["intensity"], row["cause"]) == ("2", "查实的违法行为或隐患")


def test_while_a_round_is_open_the_cause_waits_for_a_second_person(
    way: Ways, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, people: dict[str, User]
) -> None:
    monkeypatch.setattr(guards, "OPEN_ROUND", [lambda: "第一轮"])
    one = punished(way)
    entry = Violation.objects.get()
    asked = Approval.objects.get(kind="roster.change", state="pending")
    assert violations.asked_of([entry], {})[entry.pk] == asked
    assert drawn_with(tmp_path, one.day) == []
    approvals.grant(people["chief"], asked.pk)
    assert len(drawn_with(tmp_path, one.day)) == 1
    assert violations.is_settled(entry, violations.causes_of([entry])[entry.pk], one.day)


def test_what_the_roster_turned_down_can_be_brought_into_line_later(
    way: Ways, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, people: dict[str, User]
) -> None:
    monkeypatch.setattr(guards, "OPEN_ROUND", [lambda: "第一轮"])
    one = punished(way)
    approvals.refuse(people["chief"], Approval.objects.get(kind="roster.change").pk, "等本轮结束")
    monkeypatch.setattr(guards, "OPEN_ROUND", [])
    entry = Violation.objects.get()
    assert not violations.is_settled(entry, None, one.day)
    assert violations.settle(people["clerk"], entry.pk) is None
    assert len(drawn_with(tmp_path, one.day)) == 1
    with pytest.raises(Refusal, match="已与违法行为信息一致"):
        violations.settle(people["clerk"], entry.pk)
