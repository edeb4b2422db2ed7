"""A list of key firms comes in from Excel: shown first, row by row what cannot be listed and why, applied as shown, taken back."""

import io
import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from openpyxl import Workbook

from plans import YEAR
from rosters import code, enter, firm
from sunlot.intake import read_roster
from sunlot.office.accounts.models import User
from sunlot.office.imports import applying, services
from sunlot.office.imports.models import Batch
from sunlot.office.journal.audit import audit
from sunlot.office.plan import key_list, known
from sunlot.office.plan.models import KeyListEntry, Plan
from sunlot.office.plan.services import draft
from sunlot.refusal import Refusal

HEAD = ("序号", "单位名称", "统一社会信用代码", "列入情形", "列入理由", "检查轮次")
(HIGH_CODE, HIGH), _, _, (FATAL_CODE, FATAL), *_ = (
    known.policy_for(YEAR, date(2026, 11, 25)).labels("plan.key_classes").items()
)


def workbook(lines: Sequence[Sequence[str]], head: Sequence[str] = HEAD) -> bytes:
    book, kept = Workbook(), io.BytesIO()
    sheet: Any = book.active
    sheet.append(["青禾县2027年度重点单位名单"])
    sheet.append(list(head))
    for number, cells in enumerate(lines, 1):
        sheet.append([number, *cells])
    book.save(kept)
    return kept.getvalue()


def upload(user: User, *lines: Sequence[str]) -> Batch:
    (batch,) = services.take_in(user, [("重点单位.xlsx", workbook(lines))])
    assert batch.kind == "key_list"
    return batch


def fates(batch: Batch) -> dict[str, str]:
    return {row.title: f"{row.fate} {json.loads(row.changes)[-1][2]}" for row in batch.planned.order_by("pk")}


def listed(plan: Plan) -> dict[str, tuple[str, str, str]]:
    rows = plan.key_list.select_related("round")
    return {row.firm: (row.key_class, row.reason, row.round.code if row.round else "") for row in rows}


def test_what_is_shown_is_listed_and_can_be_taken_back(plan: Plan, clerk: User) -> None:
    enter(firm(1), firm(2), firm(3))
    key = plan.rounds.get(kind="key")
    key_list.add_firms(clerk, plan.pk, [(code(3), "")], HIGH_CODE, "原有", None)
    batch = upload(
        clerk,
        ("青禾县第1机械有限公司", code(1), HIGH, "危化品", key.code),
        ("", code(2), FATAL_CODE, "", ""),
        ("青禾县第3机械有限公司", code(3), FATAL[:6], "2025年事故", str(key)),
    )
    assert plan.key_list.count() == 1
    assert fates(batch) == {
        "青禾县第1机械有限公司": f"added {key}",
        "青禾县第2机械有限公司": f"added {FATAL}",
        "青禾县第3机械有限公司": f"changed {key}",
    }
    applying.apply(clerk, batch.pk, batch.version)
    assert listed(plan) == {
        code(1): (HIGH_CODE, "危化品", key.code),
        code(2): (FATAL_CODE, "", ""),
        code(3): (FATAL_CODE, "2025年事故", key.code),
    }
    assert audit().findings == []
    key_list.take_off(clerk, plan.pk, [plan.key_list.get(firm=code(2)).pk])
    undone = applying.undo(clerk, batch.pk)
    assert isinstance(undone, Batch)
    assert json.loads(undone.counts)["left"] == 1  # taken off by hand meanwhile
    assert listed(plan) == {code(3): (HIGH_CODE, "原有", "")}
    assert audit().findings == []


def test_every_row_that_cannot_be_listed_says_why(plan: Plan, clerk: User) -> None:
    enter(firm(1), firm(2), firm(3), firm(4, name="同名厂"), firm(5, name="同名厂"), firm(6), firm(7))
    batch = upload(
        clerk,
        ("别处的厂", code(99), HIGH, "", ""),
        ("青禾县第1机械有限公司", code(1), "大户", "", ""),
        ("青禾县第2机械有限公司", code(2), "", "", ""),
        ("青禾县第3机械有限公司", code(3), HIGH, "", "2027-99"),
        ("青禾县第6机械有限公司", code(6), HIGH, "理" * 201, ""),
        ("青禾县第7机械有限公司", code(7), HIGH, "", ""),
    )
    found = fates(batch)
    assert f"名录中没有 {code(99)} 别处的厂" in found["别处的厂"]
    assert f"“大户”不在政策规则的分类中，未列入；可填：{HIGH}；" in found["青禾县第1机械有限公司"]
    assert "没有写列入情形" in found["青禾县第2机械有限公司"]
    assert "“2027-99”不是本计划的重点检查轮次，未列入；可填：2027-" in found["青禾县第3机械有限公司"]
    assert "最多 200 字" in found["青禾县第6机械有限公司"]
    assert found["青禾县第7机械有限公司"] == f"added {HIGH}"
    applying.apply(clerk, batch.pk, batch.version)
    assert set(listed(plan)) == {code(7)}


def test_a_list_without_codes_finds_firms_by_their_name_where_just_one_bears_it(plan: Plan, clerk: User) -> None:
    enter(firm(1), firm(4, name="同名厂"), firm(5, name="同名厂"))
    lines = [("青禾县第1机械有限公司", HIGH), ("同名厂", HIGH), ("没有的厂", HIGH)]
    (batch,) = services.take_in(clerk, [("名单.xlsx", workbook(lines, ("序号", "单位名称", "列入情形")))], "key_list")
    found = fates(batch)
    assert found["青禾县第1机械有限公司"].startswith("added")
    assert "名录中有 2 户同名：同名厂" in found["同名厂"]
    assert "名录中没有这个名称：没有的厂" in found["没有的厂"]
    applying.apply(clerk, batch.pk, batch.version)
    assert set(listed(plan)) == {code(1)}


def test_a_firm_that_stands_there_twice_is_put_aside(tmp_path: Path) -> None:
    same = ("青禾县第1机械有限公司", code(1), HIGH, "", "")
    path = tmp_path / "名单.xlsx"
    path.write_bytes(workbook([same, same, ("甲厂", code(2), HIGH, "", ""), ("甲厂", code(2), FATAL, "", "")]))
    intake = read_roster([path])
    assert (intake.kind, len(intake.rows), intake.fates["merged"], intake.fates["quarantined"]) == ("key_list", 1, 1, 2)
    assert intake.rows_read == sum(intake.fates.values())
    (problem,) = {finding.problem for finding in intake.findings if finding.kind == "dup_key_firm"}
    assert "第 5 行、" in problem and "第 6 行" in problem


def test_a_firm_named_by_code_and_again_by_name_is_listed_once(plan: Plan, clerk: User) -> None:
    enter(firm(1))
    lines = [("青禾县第1机械有限公司", HIGH)]
    files = [
        ("甲.xlsx", workbook([("青禾县第1机械有限公司", code(1), HIGH, "", "")])),
        ("乙.xlsx", workbook(lines, ("序号", "单位名称", "列入情形"))),
    ]
    (batch,) = services.take_in(clerk, files, "key_list")
    assert sorted(batch.planned.values_list("fate", flat=True)) == ["added", "passed_over"]
    applying.apply(clerk, batch.pk, batch.version)
    assert set(listed(plan)) == {code(1)}


def test_the_list_as_exported_changes_nothing_when_it_comes_back(
    plan: Plan, clerk: User, client_of: Callable[[str], Client]
) -> None:
    old = "REG15-370830228012345"
    enter(firm(1), firm(2, id=old))
    key = plan.rounds.get(kind="key")
    key_list.add_firms(clerk, plan.pk, [(code(1), ""), (old, "")], HIGH_CODE, "台账", key.pk)
    exported = client_of("clerk").get(f"/plan/{plan.pk}/keys/", {"as": "xlsx"}).content
    (batch,) = services.take_in(clerk, [("重点单位名单.xlsx", exported)])
    found = json.loads(batch.counts)
    assert (batch.kind, found["unchanged"], batch.planned.count()) == ("key_list", 2, 0)


def test_the_year_says_which_draft_where_there_are_several(plan: Plan, clerk: User) -> None:
    enter(firm(1), firm(2), firm(3), firm(4))
    other = draft(clerk, YEAR + 1, "青禾县应急管理局", 8)
    lines = [
        ("青禾县第1机械有限公司", code(1), HIGH, f"{YEAR}年度"),
        ("青禾县第2机械有限公司", code(2), HIGH, str(YEAR + 1)),
        ("青禾县第3机械有限公司", code(3), HIGH, ""),
        ("青禾县第4机械有限公司", code(4), HIGH, "2031"),
    ]
    head = ("序号", "单位名称", "统一社会信用代码", "列入情形", "计划年度")
    (batch,) = services.take_in(clerk, [("名单.xlsx", workbook(lines, head))])
    found = fates(batch)
    assert "没有写计划年度，未列入；正在起草或修订的计划：2027、2028" in found["青禾县第3机械有限公司"]
    assert "2031 年没有正在起草或修订的计划" in found["青禾县第4机械有限公司"]
    applying.apply(clerk, batch.pk, batch.version)
    assert (set(listed(plan)), set(listed(other))) == ({code(1)}, {code(2)})


def test_nothing_goes_into_a_plan_that_was_submitted_meanwhile(
    plan: Plan, clerk: User, approve: Callable[[Plan], Plan]
) -> None:
    enter(firm(1), firm(2))
    early = upload(clerk, ("", code(2), HIGH, "", str(plan.rounds.get(kind="key"))))
    applying.apply(clerk, early.pk, early.version)
    batch = upload(clerk, ("", code(1), HIGH, "", ""))
    approve(plan)
    with pytest.raises(Refusal, match="roster_moved"):
        applying.apply(clerk, batch.pk, batch.version)
    applying.undo(clerk, early.pk)
    assert KeyListEntry.objects.get(plan=plan).firm == code(2)


def test_the_list_leads_to_the_import_with_its_kind_chosen(
    plan: Plan, client_of: Callable[[str], Client], people: dict[str, User]
) -> None:
    enter(firm(1))
    client = client_of("clerk")
    assert "/imports/new/?kind=key_list" in client.get(f"/plan/{plan.pk}/keys/").content.decode()
    assert '<option value="key_list" selected>' in client.get("/imports/new/?kind=key_list").content.decode()
    file = io.BytesIO(workbook([("青禾县第1机械有限公司", code(1), HIGH, "", "")]))
    file.name = "重点单位.xlsx"
    answer = client.post("/imports/new/", {"uploads": file, "kind": ""}, follow=True)
    assert "重点单位名单导入" in answer.content.decode()
    number = Batch.objects.get().pk
    assert "青禾县第1机械有限公司" in client.get(f"/imports/{number}/changes/").content.decode()
