"""Upload, dry run, apply, undo: what is applied is what was shown, whole or not at all, and can be taken back."""

import json
from pathlib import Path
from typing import Any

import pytest

from rosters import DAY, code, enter, firm, line, workbook
from sunlot.office.accounts.models import User
from sunlot.office.imports import applying, services
from sunlot.office.imports.kinds import ADDED, CHANGED, MISSING
from sunlot.office.imports.models import Batch
from sunlot.office.journal.audit import audit
from sunlot.office.journal.services import deed
from sunlot.office.roster.models import Firm
from sunlot.office.roster.services import record_visit
from sunlot.refusal import Refusal


def upload(user: User, path: Path) -> Batch:
    (batch,) = services.take_in(user, [(path.name, path.read_bytes())])
    return batch


def counts(batch: Batch) -> dict[str, int]:
    found: dict[str, int] = json.loads(batch.counts)
    return found


def apply(user: User, batch: Batch, **more: Any) -> Batch:
    done = applying.apply(user, batch.pk, batch.version, **more)
    assert isinstance(done, Batch)
    return done


def test_a_dry_run_changes_nothing_and_counts_every_row(people: dict[str, User], tmp_path: Path) -> None:
    enter(firm(1), firm(2), firm(3), firm(9, territory="白石镇"))
    wrong = line(5, 统一社会信用代码=code(5)[:-1] + ("0" if code(5)[-1] != "0" else "1"))
    lines = [line(1), line(2, 风险等级="重大"), line(4), line(4), wrong]
    batch = upload(people["clerk"], workbook(tmp_path / "名录.xlsx", lines))
    found = counts(batch)
    assert (found["clean"], found["merged"], found["quarantined"], found["skipped"]) == (3, 1, 1, 2)
    assert found["rows"] == 7
    assert (found[ADDED], found[CHANGED], found[MISSING], found["unchanged"]) == (1, 2, 1, 0)
    assert list(batch.planned.filter(fate=MISSING).values_list("key", flat=True)) == [code(3)]
    changed = json.loads(batch.planned.get(key=code(2)).changes)
    assert ["风险等级", "一般", "重大"] in changed
    assert batch.remarks.filter(kind="code_bad_check_digit", row=7, handling="quarantined").count() == 1
    assert Firm.objects.count() == 4
    assert Firm.objects.get(pk=code(2)).risk_level == "一般"


def test_applying_does_what_was_shown_and_undo_puts_it_back(people: dict[str, User], tmp_path: Path) -> None:
    enter(firm(1), firm(2), firm(3))
    before = list(Firm.objects.order_by("pk").values("pk", "name", "risk_level", "phone", "status", "address"))
    lines = [line(1, 风险等级="重大", 联系电话="13911112222"), line(4), line(2)]
    batch = apply(people["clerk"], upload(people["clerk"], workbook(tmp_path / "a.xlsx", lines)), mark=True)
    assert Firm.objects.get(pk=code(1)).risk_level == "重大"
    assert Firm.objects.get(pk=code(3)).status == "停业核查"
    assert Firm.objects.get(pk=code(4)).listed
    assert audit().findings == []
    applying.undo(people["clerk"], batch.pk)
    after = list(
        Firm.objects.filter(listed=True).order_by("pk").values("pk", "name", "risk_level", "phone", "status", "address")
    )
    assert after == before
    assert Firm.objects.get(pk=code(1)).version == 3
    assert audit().findings == []
    with pytest.raises(Refusal, match="not_applied"):
        applying.undo(people["clerk"], batch.pk)


def test_undo_leaves_what_was_changed_since_and_names_it(people: dict[str, User], tmp_path: Path) -> None:
    enter(firm(1), firm(2))
    lines = [line(1, 风险等级="重大"), line(2, 风险等级="重大"), line(5), line(6)]
    batch = apply(people["clerk"], upload(people["clerk"], workbook(tmp_path / "a.xlsx", lines)))
    later = Firm.objects.get(pk=code(1))
    later.territory, later.version = "白石镇", later.version + 1
    enter(later)
    with deed(by="u/console") as doing:
        record_visit(doing, code(5), DAY, "random")
    undone = applying.undo(people["clerk"], batch.pk)
    assert isinstance(undone, Batch)
    assert (counts(undone)["restored"], counts(undone)["left"]) == (2, 2)
    assert set(undone.written.filter(undone="").values_list("key", flat=True)) == {code(1), code(5)}
    assert Firm.objects.get(pk=code(1)).risk_level == "重大"
    assert Firm.objects.get(pk=code(2)).risk_level == "一般"
    assert Firm.objects.get(pk=code(5)).listed
    assert not Firm.objects.get(pk=code(6)).listed


def test_what_moved_after_the_preview_is_not_overwritten(people: dict[str, User], tmp_path: Path) -> None:
    enter(firm(1))
    batch = upload(people["clerk"], workbook(tmp_path / "a.xlsx", [line(1, 风险等级="重大"), line(2)]))
    moved = Firm.objects.get(pk=code(1))
    moved.risk_level, moved.version = "低", 2
    enter(moved)
    with pytest.raises(Refusal, match="roster_moved"):
        apply(people["clerk"], batch)
    assert not Firm.objects.filter(pk=code(2)).exists()
    again = services.check_again(people["clerk"], batch.pk)
    assert ["风险等级", "低", "重大"] in json.loads(again.planned.get(key=code(1)).changes)
    apply(people["clerk"], again)
    assert Firm.objects.get(pk=code(1)).risk_level == "重大"


def test_two_imports_of_the_same_firms_do_not_mix(people: dict[str, User], tmp_path: Path) -> None:
    first = upload(people["clerk"], workbook(tmp_path / "a.xlsx", [line(1), line(2, 风险等级="低")]))
    second = upload(people["clerk2"], workbook(tmp_path / "b.xlsx", [line(2, 风险等级="重大"), line(3)]))
    apply(people["clerk"], first)
    with pytest.raises(Refusal, match="roster_moved"):
        apply(people["clerk2"], second)
    assert Firm.objects.count() == 2


def test_an_empty_cell_empties_nothing(people: dict[str, User], tmp_path: Path) -> None:
    enter(firm(1, phone="13811112222"))
    batch = upload(people["clerk"], workbook(tmp_path / "a.xlsx", [line(1, 联系电话="", 风险等级="低"), line(2)]))
    apply(people["clerk"], batch)
    kept = Firm.objects.get(pk=code(1))
    assert (kept.phone, kept.risk_level) == ("13811112222", "低")


def test_a_firm_whose_code_is_misspelt_in_the_file_is_not_missing(people: dict[str, User], tmp_path: Path) -> None:
    enter(firm(1), firm(2))
    batch = upload(people["clerk"], workbook(tmp_path / "a.xlsx", [line(1), line(2, 统一社会信用代码=code(2)[:17])]))
    assert counts(batch)[MISSING] == 0


def test_a_row_that_cannot_be_kept_is_passed_over_with_its_reason(people: dict[str, User], tmp_path: Path) -> None:
    batch = upload(people["clerk"], workbook(tmp_path / "a.xlsx", [line(1, 所属镇街="镇" * 61), line(2)]))
    (passed,) = batch.planned.filter(fate="passed_over")
    assert json.loads(passed.changes)[0][2] == "超过 60 字，未导入"
    apply(people["clerk"], batch)
    assert set(Firm.objects.values_list("pk", flat=True)) == {code(2)}


def test_somebody_of_another_role_takes_nothing_in(people: dict[str, User], tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="not_your_import"):
        upload(people["supervisor"], workbook(tmp_path / "a.xlsx", [line(1)]))


def test_an_altered_file_is_not_applied(people: dict[str, User], tmp_path: Path, office: Path) -> None:
    batch = upload(people["clerk"], workbook(tmp_path / "a.xlsx", [line(1)]))
    (kept,) = (office / "imports").glob("*/a.xlsx")
    kept.write_bytes(workbook(tmp_path / "b.xlsx", [line(2)]).read_bytes())
    with pytest.raises(Refusal, match="file_altered"):
        apply(people["clerk"], batch)
    assert not Firm.objects.exists()
